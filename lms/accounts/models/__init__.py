"""Who people are: the user, a learner's secret code, the second factor of staff, wrong tries, tokens of programs."""

from lms.accounts.models.code import SecretCode, WrongTry
from lms.accounts.models.second_factor import SecondFactor
from lms.accounts.models.token import ApiToken
from lms.accounts.models.user import User, UserManager, UserQuerySet

__all__ = ["ApiToken", "SecondFactor", "SecretCode", "User", "UserManager", "UserQuerySet", "WrongTry"]
