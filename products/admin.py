"""The support team's pages about products."""

from products.reviewing import admin as reviewing
from products.road import admin as road

__all__ = ["reviewing", "road"]
