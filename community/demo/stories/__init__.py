"""News, slides, quotations, what people say, and who is behind the demo community; filled by the functions that the site itself calls."""

from community.demo.stories.filling import tell_stories

__all__ = ["tell_stories"]
