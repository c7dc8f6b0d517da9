"""The site's settings where a test run must differ from them."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES, MIDDLEWARE, STORAGES

# Files are served from their sources, looked for as they are asked: nothing has been collected.
STATIC_ROOT: str | None = None  # type: ignore[no-redef]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Hashing is slow on purpose, and not what the tests are about.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests look at how an answer is made, also the second time; what is kept has tests of its own.
MIDDLEWARE = [name for name in MIDDLEWARE if name != "config.middleware.response_cache.ResponseCacheMiddleware"]
# All tests ask from one address; what it may ask has tests of its own.
RATE_ANONYMOUS = RATE_SIGNED_IN = SIGN_IN_ATTEMPTS = 0
# Between tests whose transactions are real, PostgreSQL's tables are emptied in a way that no log can follow.
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"]["options"] = "-c strategy.truncate=allowed"
