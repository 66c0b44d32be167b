"""Settings of one installation, all from the environment (README.md lists them). Whatever is wrong is said in one sentence."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from community import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", default=str(BASE_DIR / "var")))
env.service_urls(VAR_DIR / "services.json")

# --- What kind of installation this is
DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
env.refuse(len(SECRET_KEY) < 50 and not DEBUG, "SECRET_KEY is shorter than 50 characters: anybody could guess it.")
env.refuse(len(set(SECRET_KEY)) < 5, "SECRET_KEY repeats a few characters: anybody could guess it.")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS") or (LOOPBACK_HOSTS if DEMO or DEBUG else [])
env.refuse(not ALLOWED_HOSTS, "ALLOWED_HOSTS is empty: name the host that people visit, such as community.example.org.")
OPEN_TO_OTHERS = bool(set(ALLOWED_HOSTS) - set(LOOPBACK_HOSTS))
env.refuse(DEMO and OPEN_TO_OTHERS, "DEMO=1 opens everybody's mail and passwords to the visitor: it only runs on localhost.")
env.refuse(DEBUG and OPEN_TO_OTHERS, "DEBUG=1 shows the inside of the site to the visitor: it only runs on localhost.")
SITE_URL = env.site("SITE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
HTTPS = urlsplit(SITE_URL).scheme == "https"
env.refuse(not HTTPS and not (DEMO or DEBUG), "SITE_URL must start with https:// in production.")
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", default=0 if DEMO or DEBUG else None)

# --- Applications
INSTALLED_APPS = [
    "community",
    "practice",
    "products",
    "welcome",
    "discussions",
    "ambassadors",
    "correspondence",
    "foundation",
    "ambassadors.accounts.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "js_asset",
    "lucide",
]
MIDDLEWARE = [
    "community.middleware.HealthMiddleware",
    "community.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "foundation.middleware.TokenPagesCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "community.trap.TrapMiddleware",
    "foundation.middleware.MembersOnlyMiddleware",
    "foundation.middleware.ReaderTimeZoneMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ambassadors.accounts.middleware.SecondFactorMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "community.errors.KindRefusalMiddleware",
]
ROOT_URLCONF = "community.urls"
WSGI_APPLICATION = "community.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "foundation.context.community",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_TEMPLATE_PACK = "community"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("community",)
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # User.email is unique without regard to case, which Django's check does not see
    "security.W003",  # the check looks for Django's own middleware by name, and ours is a subclass of it
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Services. Every socket has a timeout of about a second: a service that hangs must not hang a page.
DATABASES = {"default": env.database()}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].update(
    {
        "connect_timeout": 2,
        "options": f"-c statement_timeout={env.number('STATEMENT_TIMEOUT', default=15) * 1000} -c lock_timeout=2500 -c idle_in_transaction_session_timeout=60000"
        " -c random_page_cost=1.1"  # on a solid disk; the 4 of a turning one has searches read the whole index table
        " -c pg_trgm.word_similarity_threshold=0.3 -c pg_trgm.similarity_threshold=0.25",  # how far a name or a word may be misspelt and still be found
    }
)
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
REDIS_URL = env.redis()
CACHES = {
    "default": {
        "BACKEND": "foundation.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "concentric",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}
PAGE_CACHE = True  # whether visitors get public pages from the cache
PAGE_CACHE_IS_STRICT = False  # whether a page that must not be kept raises, as in tests, or is written to the log
SESSION_ENGINE = "foundation.sessions"
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,  # of a page's connection to the broker: by itself it would try for four seconds
    "visibility_timeout": 900,
}
CELERY_TASK_PUBLISH_RETRY = False  # the sweep finds the row; a page never waits for a broker
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker outlasts any outage of its broker
CELERY_TIMEZONE = "UTC"

# --- Mail
globals().update(env.email())
EMAIL_TIMEOUT = 20
MAIL_DELAY_AT_FIRST = 0 if DEMO else 2  # minutes; the community's own choice stands in the admin
MAIL_DOMAIN = env.host("MAIL_DOMAIN", default=SITE_HOST)
INBOUND_IMAP_URL = env.imap("INBOUND_IMAP_URL")
MAIL_PROVIDERS, ANYMAIL = env.mail_providers()
# Whose Authentication-Results to believe: our own mail server's. The demo's mailbox writes them as such a server would.
INBOUND_AUTHSERV_ID = env.text("INBOUND_AUTHSERV_ID", default=f"mx.{MAIL_DOMAIN}" if DEMO else "")

# --- Signing in
AUTH_USER_MODEL = "ambassadors.User"
AUTHENTICATION_BACKENDS = ["ambassadors.accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "community:desk"
SECOND_FACTOR_FOR_STAFF = not DEMO
CODES_LAST = 15 * 60
ACCOUNT_ADAPTER = "ambassadors.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "ambassadors.accounts.forms.LoginForm",
    "request_login_code": "ambassadors.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "ambassadors.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "ambassadors.accounts.forms.ConfirmEmailVerificationCodeForm",
    "reset_password": "ambassadors.accounts.forms.ResetPasswordForm",
    "confirm_password_reset_code": "ambassadors.accounts.forms.ConfirmPasswordResetCodeForm",
    "reset_password_from_key": "ambassadors.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "ambassadors.accounts.forms.ReauthenticateForm",
    "add_email": "ambassadors.accounts.forms.AddEmailForm",
    "change_password": "ambassadors.accounts.forms.ChangePasswordForm",
    "set_password": "ambassadors.accounts.forms.SetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up: the login form looks here whether there are passwords
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = CODES_LAST
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODES_LAST
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODES_LAST
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {  # amount/duration/per; "key" is the address or the account, a name of ours ends in "everywhere"
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "reset_password": "20/m/ip,3/m/key,12/h/key",
    "failures_everywhere": "300/m/key",
    "codes_everywhere": "300/m/key",
}
MFA_ADAPTER = "ambassadors.accounts.mfa.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "ambassadors.accounts.mfa.AuthenticateForm",
    "reauthenticate": "ambassadors.accounts.mfa.ReauthenticateForm",
    "activate_totp": "ambassadors.accounts.mfa_forms.ActivateTOTPForm",
    "add_webauthn": "ambassadors.accounts.mfa_forms.AddWebAuthnForm",
    "edit_webauthn": "ambassadors.accounts.mfa_forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False  # when somebody was last here is nobody's business

# --- Language and time: stored in UTC, shown in the reader's zone
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "community.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", default=str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "foundation.storage.PrivateStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "community.staticfiles.BundlingStaticFilesStorage"
    },
}

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "foundation.uploads.BoundedTemporaryFile",
]

# --- What a browser is told
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "foundation.logs.TokenlessFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
