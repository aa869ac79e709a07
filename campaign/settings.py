"""All settings, read from the environment; `.env.example` tells what each variable is for.

Nothing fails open: DEBUG is off unless set, HTTPS is on unless refused, and without a SECRET_KEY nothing starts.
"""

from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- Running -------------------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text (see .env.example).")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# Where the portal is reached by plain HTTP: on this machine only. Everywhere else it insists on HTTPS.
PLAIN_HTTP = env.bool("PLAIN_HTTP", default=False)

ROOT_URLCONF = "campaign.urls"
WSGI_APPLICATION = "campaign.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "campaign",
    "advocacy",
    "factsheets",
    "comments",
    "publishing",
    "campaign.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "csp",
    # Without "allauth" itself: every template is ours.
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "publishing.middleware.body_limit",
    "django.middleware.common.CommonMiddleware",
    "publishing.middleware.form_page",
    "publishing.middleware.staff_address",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "publishing.middleware.authorship",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

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
                "publishing.context.every_page",
                "campaign.context.about_pages",
            ],
        },
    }
]

# --- The site ------------------------------------------------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", default="Nobody Left Behind")
# Where the portal is found, as files that leave it say: https://portal.example.org, without a slash at the end.
_first_host = (ALLOWED_HOSTS or ["localhost"])[0].lstrip(".")
SITE_ADDRESS = env.str("SITE_ADDRESS", default=f"{'http' if PLAIN_HTTP else 'https'}://{_first_host}").rstrip("/")
# Says on every page that the content is a sample; `make run` sets it, a real campaign does not.
SAMPLE_CONTENT = env.bool("SAMPLE_CONTENT", default=False)
# Where the Exit link leads: a page that anybody may be looking at.
EXIT_URL = env.str("EXIT_URL", default="https://www.wikipedia.org/")
# Who receives reports of security problems (/.well-known/security.txt).
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="mailto:security@example.org")

# --- Languages -----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("ar", "العربية"),
    ("zh-hans", "简体中文"),
]
FORMAT_MODULE_PATH = ["campaign.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Data ----------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL")}
# Kept connections: opening one costs more than most pages.
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 4, "timeout": 10}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
# Printed mail is for one's own machine: a server's output is a log, where no address belongs.
vars().update(env.email_url("EMAIL_URL", default="consolemail://" if PLAIN_HTTP else "smtp://localhost:25"))
# From whom mail comes, and for how long a silent mail server is waited for: somebody waits for the page meanwhile.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@example.org")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)

# --- Files ---------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# Folders in which to look for Noto's Chinese faces, which PDFs in Chinese need (Debian: fonts-noto-cjk).
FONT_PATHS = env.list("FONT_PATHS", default=["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts"])
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "campaign.static_files.StaticFiles"},
}
# Hashed names never change what they hold.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Safety --------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# A proxy in front may say that the reader came by HTTPS; it must overwrite this header, never pass it on. It also
# says from which network (publishing.limits), as the last entry of X-Forwarded-For.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# Form pages alone relax this to same-origin (publishing.middleware): without it browsers send "Origin: null".
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
# Gone when the browser is closed: a shared phone keeps nothing.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Some phones never close it.
SESSION_COOKIE_AGE = 24 * 60 * 60
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "campaign.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
# The public's longest form is a comment of 30,000 characters (publishing.middleware keeps to this one). Staff may
# paste what is too long for any field, so that the form can say so; pictures stream past both.
PUBLIC_BODY_LIMIT = 1024 * 1024
# Members who are signed in send files of 10 MB and what they typed around them.
MEMBER_BODY_LIMIT = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Signing in (campaign.accounts) ----------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members-home"
LOGOUT_REDIRECT_URL = "home"
# The link in the mail to whoever forgot their password.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_ADAPTER = "campaign.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "campaign.accounts.forms.LoginForm",
    "reauthenticate": "campaign.accounts.forms.ReauthenticateForm",
    "change_password": "campaign.accounts.forms.ChangePasswordForm",
    "reset_password": "campaign.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "campaign.accounts.forms.NewPasswordForm",
}
# Members by the address that invited them, staff by a name too.
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_METHODS = {"password"}
# Its own keep network addresses in the cache; ours (publishing.limits) do not.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "campaign.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "campaign.accounts.forms.CodeForm",
    "activate_totp": "campaign.accounts.forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
# A phone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# An address was verified when its owner followed the invitation sent there; staff may have none.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- Logging: what happened, never who or what they wrote -----------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"safe": {"()": "publishing.logs.SafeFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "safe"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Quotes what it finds wrong in a file that an editor attached.
        "pypdf": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
