"""Settings that are safe for production. Secrets come from the environment."""

from datetime import timedelta
from pathlib import Path

from config.settings import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = env.text("SECRET_KEY")
DEBUG = False
DEMO = False
DEMO_PASSWORD = ""
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "config",
    "canvassing",
    "volunteers",
    "campaigns",
    "config.apps.CommitteeRoomAdminConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "config.middleware.CallerBehindProxiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.AnswerHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.RequestLogMiddleware",
    "config.middleware.VolunteersLanguageMiddleware",
    "config.middleware.OwnKeyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before the form is read, which looking for its CSRF token does.
    "config.middleware.HostileBodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["config.templatetags.times"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
]

# Forms are written as templates/django/forms/ says.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(env.text("DATABASE_URL"))}
DATABASES["default"].update(
    {
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": env.number("DATABASE_CONN_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
    }
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "committee-room",
    },
    # What a process may keep for some seconds, and needs no other server for.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "campaigns.User"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
AXES_ENABLE_ADMIN = False
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account:sign-in"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "account:sign-in"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# The name of the field in our form: by default it is that of the user's model.
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
OTP_TOTP_ISSUER = "Committee Room"
PROXY_COUNT = env.number("PROXY_COUNT", 0)

SESSION_COOKIE_SECURE = env.flag("COOKIES_SECURE", True)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if env.flag("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Read by our middleware in the form that Django 6 reads it.
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

LANGUAGE_CODE = "en-gb"
# What volunteers see can be in Welsh; the organisers' desk is in English alone.
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
# One catalogue for the volunteers' words of all apps, wherever they stand.
LOCALE_PATHS = [BASE_DIR / "config" / "locale", BASE_DIR / "canvassing" / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static_collected"
STORAGES = {
    # Uploads and results: private, never under a public address.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.text("PRIVATE_FILES", str(BASE_DIR / ".local" / "files")),
            "base_url": None,
        },
    },
    "staticfiles": {"BACKEND": "config.static_files.HashedFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
RECEIPT_MOST_BYTES = env.number("RECEIPT_MOST_MB", 10) * 1024**2

CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Celery would open a connection for every task; `config/celery.py` closes old ones.
CELERY_DB_REUSE_MAX = 1_000_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "committee-room"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page that starts a job waits no longer for a broker that is away: beat sends later.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 3,
    "socket_timeout": 3,
    "visibility_timeout": 600,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "resend waiting job parts": {
        "task": "campaigns.tasks.resend_waiting_parts",
        "schedule": timedelta(seconds=10),
    },
    "check integrity each night": {
        "task": "campaigns.tasks.check_integrity_nightly",
        "schedule": timedelta(hours=24),
    },
    "erase views objected to a week ago": {
        "task": "canvassing.tasks.erase_views_objected_to",
        "schedule": timedelta(hours=6),
    },
    "close rounds whose time is over": {
        "task": "canvassing.tasks.release_rounds",
        "schedule": timedelta(minutes=5),
    },
    "write reminders of shifts": {
        "task": "volunteers.tasks.remind_volunteers",
        "schedule": timedelta(minutes=1),
    },
    "send e-mails to volunteers": {
        "task": "volunteers.tasks.send_mails",
        "schedule": timedelta(seconds=20),
    },
    "remove old e-mails and links": {
        "task": "volunteers.tasks.purge_old_mails",
        "schedule": timedelta(hours=24),
    },
    "write reminders of deadlines": {
        "task": "campaigns.tasks.remind_of_deadlines",
        "schedule": timedelta(minutes=15),
    },
    "send reminders of deadlines": {
        "task": "campaigns.tasks.send_reminders",
        "schedule": timedelta(minutes=1),
    },
    "purge what has expired": {
        "task": "campaigns.tasks.purge_expired",
        "schedule": timedelta(hours=1),
    },
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "campaigns.api.authentication.TokenAuthentication",
        "campaigns.api.authentication.PageAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["campaigns.api.permissions.HasCapability"],
    "DEFAULT_PAGINATION_CLASS": "campaigns.api.pagination.CursorPages",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["campaigns.api.parsing.PlainJson"],
    "DEFAULT_SCHEMA_CLASS": "campaigns.api.schema.Description",
    "DEFAULT_THROTTLE_CLASSES": ["campaigns.api.throttling.TokenThrottle"],
    "EXCEPTION_HANDLER": "campaigns.api.errors.answer",
}
API_RATE_PER_MINUTE = env.number("API_RATE_PER_MINUTE", 600)
SPECTACULAR_SETTINGS = {
    "TITLE": "Committee Room",
    "DESCRIPTION": (
        "Field operations for UK election campaigns. Send your token as "
        "`Authorization: Bearer …`; an organiser issues it under People, and "
        "`/api/v1/me/` says what it may do. "
        "Lists come in pages: follow `next`. Every answer says in `RateLimit-*` how "
        "many calls are left. A POST with an `Idempotency-Key` is done once: for "
        "two days, and for good where it makes an expense, a gift in kind, a donation, "
        "an authority or a campaign of others. The same key with another content is "
        "refused. Errors "
        'are `{"error": {"code", "message", "fields"}}`.'
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "ENUM_NAME_OVERRIDES": {
        "OutcomeKind": "canvassing.models.OutcomeKind",
        "IntentionKind": "canvassing.models.IntentionKind",
        "ExpenseKind": "campaigns.models.ExpenseKind",
        "ExpenseCategory": "campaigns.models.ExpenseCategory",
        "DisputeOutcome": "campaigns.models.DisputeOutcome",
        "ReturnState": "campaigns.models.ReturnState",
        "AccountKind": "campaigns.models.AccountKind",
        "StatementPartKind": "campaigns.rules.statement_matching.Kind",
        "PaperKind": "campaigns.api.made_files.PAPERS",
        "JobStateEnum": "campaigns.models.JobState",
        "SupplierRowState": "campaigns.reports.supplier_invoices.STATES",
        "SupplierRowHead": "campaigns.api.supplier_invoices.HEADS",
        "ShiftKind": "volunteers.models.ShiftKind",
        "ChannelEnum": "canvassing.models.Channel",
        "DoNotContactChannel": "canvassing.rules.opt_outs.CHANNEL_NAMES",
        "VolunteerKind": "volunteers.models.VolunteerKind",
        "WhomToSee": "canvassing.models.WhomToSee",
        "VerdictEnum": "canvassing.api.contacts.VERDICTS",
        "DetailVerdictEnum": "canvassing.api.phones.DETAIL_VERDICTS",
    },
    "SCHEMA_PATH_PREFIX": r"/api/v1/(campaigns/\{campaign_slug\}/)?",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "campaigns.api.schema.with_errors",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING_CONFIG = "config.logs.configure"
LOGGING = {"level": env.text("LOG_LEVEL", "INFO")}

# Where volunteers find us: e-mails hold links to it.
PUBLIC_URL = env.text(
    "PUBLIC_URL",
    f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "http://localhost:8000",
).rstrip("/")
# smtp://user:password@host:587, smtps://…, file:///folder, or console:
EMAIL = env.email(env.text("EMAIL_URL", "smtp://localhost:25"))
EMAIL_BACKEND = EMAIL.backend
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = EMAIL.ssl, EMAIL.start_tls
EMAIL_FILE_PATH = EMAIL.folder
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "committee-room@localhost")
