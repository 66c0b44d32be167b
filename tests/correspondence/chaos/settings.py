"""The settings of a worker which the chaos tests start: real SMTP, and the database of the test that started it."""

from community.settings import EMAIL_BACKEND as REAL_BACKEND
from tests.settings import *  # noqa: F403

EMAIL_BACKEND = REAL_BACKEND
EMAIL_TIMEOUT = 5
INSTALLED_APPS = [*INSTALLED_APPS, "tests.correspondence.chaos"]  # noqa: F405
