"""The site's own settings with the bare view added."""

from community.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
