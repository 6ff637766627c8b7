"""Who people are: the user, the secret code of a learner, wrong tries, tokens of programs."""

from lms.accounts.models.code import SecretCode, WrongTry
from lms.accounts.models.token import ApiToken
from lms.accounts.models.user import User, UserManager, UserQuerySet

__all__ = ["ApiToken", "SecretCode", "User", "UserManager", "UserQuerySet", "WrongTry"]
