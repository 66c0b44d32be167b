"""The settings of a worker and a beat whose clock a test has moved: tasks go through the real broker."""

from tests.correspondence.chaos.settings import *  # noqa: F403

CELERY_TASK_ALWAYS_EAGER = False
