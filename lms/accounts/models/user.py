"""The one kind of account: learners, caretakers, core members and ministry officers alike."""

import re

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts import thai
from lms.accounts.ids import uuid7

# What goes before a name in a village; not before a lone letter, as in ตาล.
KIN = re.compile("^(ป้า|ลุง|น้า|ตา|ยาย|ปู่|ย่า|พี่|น้อง|แม่|พ่อ|ครู|คุณ|หมอ) ?(?=[ก-ฮเ-ไ].)")

LOOKS_IN_WORDS = {
    "large": _("large letters"),
    "larger": _("largest letters"),
    "more": _("strong colours"),
    "dark": _("dark background"),
    "light": _("light background"),
}


def first_letter(name):
    """The letter for a name's disc: ส of ป้าสมศรี, as most are somebody's ป้า. เ แ โ ใ ไ are spoken after it."""
    own = KIN.sub("", name)
    return next((c for c in own if c.isalnum() and c not in "เแโใไ"), "?").upper()


class UserQuerySet(models.QuerySet):
    def named(self, words):
        """Those whose name holds every word of `words`, anywhere: ทอง and ใบ both find ทองใบ."""
        found = self
        for word in thai.search_text(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def in_name_order(self):
        return self.order_by("sort_key", "pk")

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for user in objs:
            user.fill_derived()
        return super().bulk_create(objs, *args, **kwargs)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username=None, password=None, **fields):
        """A person; without a password nobody can sign in as them by typing one."""
        fields.setdefault("name", username or "")
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The least that works: no national ID, religion or photo, and an e-mail only for staff."""

    class AgeBand(models.TextChoices):
        CHILD = "0-10", _("10 or younger")  # 10 or under and under 20 are the law's own limits (PDPA s.20)
        YOUTH = "11-19", _("11 to 19")
        ADULT = "20-39", _("20 to 39")
        MIDDLE = "40-59", _("40 to 59")
        ELDER = "60+", _("60 or older")

    class Language(models.TextChoices):
        THAI = "th", "ไทย"
        ENGLISH = "en", "English"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("user name"), max_length=150, unique=True, null=True, blank=True)  # noqa: DJ001
    name = models.CharField(_("name to call"), max_length=60)
    family_name = models.CharField(_("family name"), max_length=60, blank=True)
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.THAI)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Only for staff who want notices."))
    letters = models.CharField(max_length=6, blank=True, editable=False)  # how their pages look; see accounts/looks.py
    contrast = models.CharField(max_length=4, blank=True, editable=False)
    theme = models.CharField(max_length=5, blank=True, editable=False)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)
    search_text = models.CharField(max_length=200, editable=False)
    sign_in_round = models.PositiveIntegerField(default=0, editable=False)  # one more ends all their sessions
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name or self.username or str(self.pk)

    def save(self, *args, **kwargs):
        self.fill_derived()
        names = kwargs.get("update_fields")
        if names is not None and {"name", "family_name"} & set(names):
            kwargs["update_fields"] = {*names, "name", "family_name", "sort_key", "search_text"}
        super().save(*args, **kwargs)

    def keep_look(self, look):
        """Remember how their pages look, at whatever machine they sit next."""
        self.letters, self.contrast, self.theme = (look.get(name, "") for name in ("letters", "contrast", "theme"))
        self.save(update_fields=["letters", "contrast", "theme"])

    @property
    def look_in_words(self):
        return ", ".join(str(LOOKS_IN_WORDS[value]) for value in (self.letters, self.contrast, self.theme) if value)

    def _get_session_auth_hash(self, secret=None):
        """What a session must hold to stay theirs: Django's, of the password, and the round."""
        of_password = super()._get_session_auth_hash(secret)
        return f"{of_password}.{self.sign_in_round}" if self.sign_in_round else of_password

    def get_full_name(self):
        return f"{self.name} {self.family_name}".strip()

    def get_short_name(self):
        return self.name

    @property
    def first_letter(self):
        return first_letter(self.name)

    def fill_derived(self):
        """Set what follows from the name. `bulk_create` calls it too, as it does not call `save`."""
        self.username = self.username or None
        self.name, self.family_name = thai.normalise(self.name), thai.normalise(self.family_name)
        self.sort_key = thai.sort_key(self.get_full_name())[:600]
        self.search_text = thai.search_text(self.name, self.family_name)[:200]
