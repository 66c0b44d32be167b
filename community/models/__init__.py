from community.models.belief import Belief, WayOfTakingPart
from community.models.page import PAGE_KEYS, Page, PageEdition, PageKey

__all__ = ["PAGE_KEYS", "Belief", "Page", "PageEdition", "PageKey", "WayOfTakingPart"]
