"""All settings. What differs between installations is read from the environment: docs/settings.md has the table."""

import logging
import os
import sqlite3
import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http.request import split_domain_port
from environs import Env, EnvError, validate

from config import environment
from config.api_description import API_DESCRIPTION
from config.enum_names import ENUM_NAMES
from config.server.public_address import PublicAddress
from config.server.secret_key import load_or_create_key

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# ---- Environment ---------------------------------------------------------------------------------------------------

env = Env()
NOT_NEGATIVE = validate.Range(0, 1_000_000)
try:
    DATA_DIR = BASE_DIR / env.path("DATA_DIR", Path("var"))
    ALLOWED_HOSTS: list[str] = env.list(
        "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], subcast=str.strip, validate=environment.require_host_names
    )
    PUBLIC_URL = env.str("PUBLIC_URL", "", validate=environment.require_public_url)
    PUBLIC_ADDRESS = PublicAddress.parse(PUBLIC_URL) if PUBLIC_URL else None
    HTTPS = env.bool("HTTPS", PUBLIC_URL.lower().startswith("https:"))
    SIGN_IN = env.bool("SIGN_IN", False)
    TOKEN_MAX_DAYS = env.int("TOKEN_MAX_DAYS", 365, validate=validate.Range(1, 3650))
    TOKEN_DAYS = env.int("TOKEN_DAYS", min(90, TOKEN_MAX_DAYS), validate=validate.Range(1, TOKEN_MAX_DAYS))
    RATE_ANONYMOUS = env.int("RATE_ANONYMOUS", 1200, validate=NOT_NEGATIVE)
    RATE_SIGNED_IN = env.int("RATE_SIGNED_IN", 3000, validate=NOT_NEGATIVE)
    SESSION_HOURS = env.int("SESSION_HOURS", 8, validate=validate.Range(1, 336))
    SIGN_IN_ATTEMPTS = env.int("SIGN_IN_ATTEMPTS", 10, validate=NOT_NEGATIVE)
    PROXIES = env.int("PROXIES", int(HTTPS), validate=validate.Range(0, 10))
    DEBUG = env.bool("DEBUG", False)
    MARKING = env.str("MARKING", "UNCLASSIFIED")
    SITE_NAME = env.str("SITE_NAME", "Strategy Knowledge Base")
    COMPILER = env.str("COMPILER", "")
    REPORT_ERROR = env.str("REPORT_ERROR", "", validate=environment.require_contact)
    HOME_STRATEGY = env.str("HOME_STRATEGY", "")
    LOG_LEVEL = env.log_level("LOG_LEVEL", logging.INFO, validate=environment.require_named_level)
    SNAPSHOT_FILES = env.int("SNAPSHOT_FILES", 20, validate=validate.Range(1, 1000))
    SNAPSHOT_MEGABYTES = env.int("SNAPSHOT_MEGABYTES", 1000, validate=validate.Range(1, 1_000_000))
    SECRET_KEY_FALLBACKS: list[str] = env.list(
        "SECRET_KEY_FALLBACKS", [], subcast=str.strip, validate=environment.require_strong_keys
    )
    SECRET_KEY = env.str("SECRET_KEY", "", validate=environment.require_strong_keys)
    database: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "db.sqlite3"}
    if url := env.str("DATABASE_URL", ""):
        database = dict(env.dj_db_url("DATABASE_URL"))
except EnvError as error:
    raise ImproperlyConfigured(str(error)) from None
environment.require_tidy(os.environ, env.dump().keys())
environment.require_known(os.environ, env.dump().keys())
if PUBLIC_ADDRESS:
    # The one name that requests have when they arrive, see ``PublicAddressApplication``.
    ALLOWED_HOSTS.append(split_domain_port(PUBLIC_ADDRESS.host)[0])
    environment.require_scheme(PUBLIC_ADDRESS.scheme, https=HTTPS)
environment.require_fitting(hosts=ALLOWED_HOSTS, https=HTTPS and not PUBLIC_ADDRESS, debug=DEBUG)
environment.make_data_folder(DATA_DIR)
environment.require_usable_database(url, database)
SECRET_KEY = SECRET_KEY or load_or_create_key(DATA_DIR / "secret_key")

# ---- Database ------------------------------------------------------------------------------------------------------

if database["ENGINE"] == "django.db.backends.sqlite3":
    # Older SQLite can corrupt a database in WAL mode when a checkpoint meets a write (mended in 3.51.3).
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
    database["OPTIONS"] = {
        # A transaction that starts as a reader cannot wait for the write lock: it fails at once.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
    }
else:
    database["CONN_MAX_AGE"] = 600
    database["CONN_HEALTH_CHECKS"] = True
    database["OPTIONS"] = {
        "connect_timeout": 5,
        "application_name": "strategy-knowledge-base",
        **database.get("OPTIONS", {}),
    }

DATABASES = {"default": database}
DATABASE_ROUTERS = ["strategy.core.snapshots.SnapshotRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- Applications --------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "config.accounts",
    "partners",
    "lines_of_effort",
    "strategy",
    "config.admin_app.KnowledgeBaseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_standardized_errors",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.security_headers.SecurityHeadersMiddleware",
    "config.accounts.middleware.NoCredentialsInAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.static_files.StaticFilesMiddleware",
    "config.middleware.tracking.TrackingParametersMiddleware",
    "config.middleware.as_of.AsOfMiddleware",
    "config.middleware.response_cache.ResponseCacheMiddleware",
    "config.middleware.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.read_only.ReadOnlyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.response_cache.PrivateETagMiddleware",
    "config.middleware.limits.RateLimitMiddleware",
    "config.middleware.limits.BodySizeMiddleware",
    "config.middleware.limits.FileLimitMiddleware",
    "config.middleware.as_of.SnapshotMiddleware",
    "config.accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "strategy.my_office.middleware.MyOfficeMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

PAGE_CONTEXT = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "strategy.context_processors.site",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "config.templating.environment.environment", "context_processors": PAGE_CONTEXT},
    },
    # The admin's, in a folder of their own, by names that no page has.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", *PAGE_CONTEXT]},
    },
]

# A form of the admin holds the rows around a record as well: 150 to a table, of up to nine fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"

# ---- Static files --------------------------------------------------------------------------------------------------

PREFIX = PUBLIC_ADDRESS.prefix if PUBLIC_ADDRESS else ""
# Also for what is worked out before the first request, such as addresses that are kept.
FORCE_SCRIPT_NAME = PREFIX or None
STATIC_URL = f"{PREFIX}/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Source maps are read by developers only and take half of the time that compression costs.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "gif", "webp", "woff", "woff2", "gz", "br", "zip"]

# ---- Safety --------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.error_handlers.forbidden_page"
# Counted from signing in, not from the last request: moving it on would be a write to the database at every request.
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{PREFIX}/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# With a public address the proxy alone knows by what scheme it was asked: it redirects, if anybody does.
SECURE_SSL_REDIRECT = HTTPS and not PUBLIC_ADDRESS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = None if PUBLIC_ADDRESS else ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    # Probes come from inside, past the proxy.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# Whether HSTS also binds subdomains and goes to the browsers' preload lists is for the owner of the domain to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

PASSWORD_HASHERS = [
    "config.accounts.password_hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "config.accounts.password_validation.RepetitionValidator", "OPTIONS": {"min_length": 15}},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"

# ---- API -----------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["config.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "config.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    # Every resource is read-only: what writes is refused as a method, whoever asks. The gate of `SIGN_IN` stands before
    # the views; with this the schema says so.
    "DEFAULT_PERMISSION_CLASSES": [f"rest_framework.permissions.{'IsAuthenticated' if SIGN_IN else 'AllowAny'}"],
    "DEFAULT_THROTTLE_CLASSES": ["config.accounts.throttling.ReaderThrottle"],
    "NUM_PROXIES": PROXIES,
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "strategy.core.openapi.schema.StrictAutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

# Digests of the tokens only; who holds one knows it by how it begins.
KNOX_TOKEN_MODEL = "access.Token"  # noqa: S105
# The package's own table, which nothing would use, is not made.
MIGRATION_MODULES = {"knox": None}
REST_KNOX = {"TOKEN_PREFIX": "skb_"}

DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "config.error_handlers.ApiExceptionHandler"}

SPECTACULAR_SETTINGS = {
    "TITLE": SITE_NAME,
    "DESCRIPTION": API_DESCRIPTION,
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.0",
    # Its examples are taken from the content, which a check before the first start does not have; tests hold it valid.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "SCHEMA_PATH_PREFIX": "/api(/v1)?",
    "SERVERS": [{"url": PREFIX}] if PREFIX else [],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "strategy.core.openapi.hooks.replace_blank_enums",
        "config.as_of_schema.add_as_of",
    ],
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}

# ---- Logging -------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.log_formatter.OneLineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    # Django's own handlers would mail the administrators, or write a record twice.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # It would warn of every HEAD: Django leaves it to the server to drop the body.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
