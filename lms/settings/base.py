"""What every installation shares. No secret lives here; see dev, test, demo and production."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "lms.accounts",
    "lms.centres",
    "cms",
    "courses",
    "lms.network",
    "lms.accounts.apps.StudioUsersConfig",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "lms.storage.ShortHeadMiddleware",
    "lms.watching.middleware.WatchingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.accounts.middleware.PackingMiddleware",
    "lms.accounts.middleware.SecurityHeadersMiddleware",
    "lms.accounts.middleware.OddRequestsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lms.accounts.middleware.IdleSignOutMiddleware",
    "lms.accounts.second_factor.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "courses.authoring.guard.StudioGuard",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["lms.accounts.templatetags.icons"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.accounts.context.page",
                "lms.centres.outbox.outbox",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lms.centres.backends.PeopleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# Thai at the plain address, English under /en/ (see lms/urls.py).
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LANGUAGES_SHOWN = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "studio"]  # ours, and the Thai that Wagtail lacks
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "lms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lms.storage.StaticStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site draws with our files

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 4000},
    },
    "figures": {  # sums over a country's counts: half a megabyte each
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "OPTIONS": {"MAX_ENTRIES": 24},
    },
}

# A session outlives the day only on a device of one's own; shared devices sign out when idle.
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lms.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the studio shows its preview in a frame
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Limits on guessing; the reasons are in docs/data_protection.md.
SALA_CODE_TRIES = 5  # wrong picture codes or PINs before a learner is locked ...
SALA_CODE_WINDOW = 15 * 60  # ... within so many seconds
SALA_CODE_SLOW_TRIES = 20  # or so many without a right one between ...
SALA_CODE_SLOW_WINDOW = 7 * 24 * 3600  # ... in a week: for those who guess slowly
SALA_DEVICE_TRIES = 20  # wrong codes on one device before it waits ...
SALA_DEVICE_WINDOW = 60 * 60  # ... for so many seconds
SALA_DEVICE_NEWCOMERS = 30  # who may register by themselves on one device in that time
SALA_PASSWORD_TRIES = 10  # wrong passwords for a name from one address (ten times as many for either) ...
SALA_PASSWORD_WINDOW = 15 * 60  # ... within so many seconds
SALA_SECOND_FACTOR_TRIES = 5  # wrong codes after the right password ...
SALA_SECOND_FACTOR_WINDOW = 15 * 60  # ... within so many seconds
SALA_SECOND_FACTOR_SLOW_TRIES = 20  # or so many ...
SALA_SECOND_FACTOR_SLOW_WINDOW = 24 * 3600  # ... in a day
SALA_TOKEN_RATE = 600  # calls of one token in a minute, in each process that shares no cache
SALA_REPLICA_LAG = 30  # seconds that a replica of the database may be behind; an older one is left out
SALA_DISK_FREE = 500  # megabytes that must be free, or /readyz says that nobody is to be sent here
SALA_METRICS = ""  # the word by which Prometheus may read /metrics; empty: nobody may, and nothing is counted
SALA_ADDRESS = ""  # what certificates say the site's address is; empty: by which it was opened
SALA_DATA_LICENCE = "cc-by-4.0"  # of the open data; lms/network/open_data/licences.py has the others
SALA_PROXIES = 0  # web servers of ours in front, whose X-Forwarded-For is believed
SALA_FFMPEG = "ffmpeg"  # the program that makes recordings and films small: its name, or where it is
SALA_FILM_MB = 30  # how large a film may be as it comes from a phone
SALA_FIGURES_SECONDS = (
    60  # how old a figure about more than a hundred centres may be; its page tells for when it is true
)
SALA_IDLE_SECONDS = 10 * 60  # without a touch on a shared device
SALA_GROUP_IDLE_SECONDS = 30 * 60  # without a touch in a group session, where people talk: then it closes itself

# How long things are kept, in days (manage.py keep_to_retention). The ministry decides; these are the periods
# proposed to it, with their reasons in docs/data_protection.md.
SALA_RETENTION_SIGN_INS = 365  # who sat at which machine: a year's report can still be explained by it
SALA_RETENTION_LEARNING = 5 * 365  # what was learned, after the last visit of a member, or after they left
SALA_RETENTION_UNUSED = 2 * 365  # an account that nobody uses: then its owner is asked ...
SALA_RETENTION_STAY_ANSWER = 60  # ... and erased when so many days brought no answer
SALA_RETENTION_CERTIFICATES = 10 * 365  # number and hash of a certificate, after its learner was erased
SALA_RETENTION_CONSENTS = 5 * 365  # a receipt, after it was withdrawn: as long as somebody might complain
SALA_RETENTION_GUARDIANS = 365  # a guardian's name, after the learner was found to be 20: until they are 21
SALA_RETENTION_REQUESTS = 3 * 365  # a request about one's data, after its answer
SALA_RETENTION_IMPORTS = 1  # the rows of an imported list: as long as it can be undone
SALA_RETENTION_LESSON_IMPORTS = 90  # what was said of a file that became lessons; the file is gone when it was read
SALA_RETENTION_INVITES = 1  # a phone's invitation, after it was used or ran out
SALA_RETENTION_REJECTED = 90  # what could not be counted: time enough to mend a program that sends it

SALA_RETENTION_ODDITIES = 365  # a question about figures, after its answer: a year's report can be explained by it

# What manage.py look_for_oddities asks a centre about. A question costs a caretaker some minutes and some goodwill, so
# each limit lies where no honest day came near it in trying; where it asks about nothing, it may be made stricter.
SALA_ODD_SHARE = 0.1  # of a lesson's minutes: to leaf through ten minutes of reading takes more than one
SALA_ODD_TIMES = 3  # lessons finished so fast by one person at a centre in a week: once or twice is to have a look
SALA_ODD_PEOPLE = 5  # or so many people at a centre in a day: a family that tries it out is smaller
SALA_ODD_CROWD = 40  # people who finish a lesson within a minute: four times the machines of most centres
SALA_ODD_CROWD_SECONDS = 60  # what that minute is
SALA_ODD_TRAVEL_MINUTES = 30  # between two centres of two districts; people do not learn to the minute of leaving
SALA_ODD_TRAVEL_KMH = 90  # where both centres' coordinates are known: a car on a country road

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # SALA_MAIL_URL names a server; see production
EMAIL_TIMEOUT = 20

WAGTAIL_SITE_NAME = "ศาลา"
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses are read out over the telephone
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
WAGTAILADMIN_LOGIN_URL = "sign_in"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("th", "ไทย"), ("en", "English")]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]  # of uploads; our own drawings are loaded as SVG
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.uploads.ImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.uploads.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False  # lessons are reviewed by whom dated roles say: courses.authoring
WAGTAILADMIN_COMMENTS_ENABLED = False  # Wagtail mails them to whoever once had a role
WAGTAIL_USER_TIME_ZONES = ["Asia/Bangkok"]  # one country, one clock
WAGTAIL_AUTOSAVE_INTERVAL = 2000  # milliseconds after the last key: what one writes is kept, on a slow line too
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 1500  # drawing the phone beside the text costs a request
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "lms.accounts.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "lms.accounts.tokens.ScopePermission",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["lms.accounts.tokens.TokenThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "lms.accounts.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,  # the schema says it all; OPTIONS is refused
    "EXCEPTION_HANDLER": "lms.accounts.problems.problem_response",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sala",
    "DESCRIPTION": "Progress of learners at Thailand's community ICT learning centres.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["lms.api.only_these"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
