"""The site's own settings with the bare view and the static string added."""

from community.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = ["benchmarks.static_string.StaticStringMiddleware", *MIDDLEWARE]  # noqa: F405
