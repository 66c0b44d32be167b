"""Where the support team writes the public site."""

from community.pages.admin import campaign, editions, lists, pages  # noqa: F401  each registers its models
