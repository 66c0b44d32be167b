"""The site's own settings, with what makes tests quick: cheap password hashes, tasks in the caller's process, mail kept in memory."""

import os

from community.settings import *  # noqa: F403
from tests import migrated

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_DELAY_AT_FIRST = 0  # what is said is mailed at once, unless a test says otherwise
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
STATICFILES_DIRS.insert(0, VAR_DIR / "bundled")  # noqa: F405  the one style sheet that pages get in production
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405  a browser test's server leaves no connection behind
if "MIGRATED" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": migrated.NAME}  # noqa: F405
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "templates")  # noqa: F405  kinds of mail that only tests know
PAGE_CACHE = False  # most tests roll back what they change, so nothing would tell the cache; those with a live server switch it on
PAGE_CACHE_IS_STRICT = True
