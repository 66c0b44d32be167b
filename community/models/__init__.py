from community.models.about import Supporter, TeamMember
from community.models.belief import Belief, WayOfTakingPart
from community.models.campaign import CallToAction, Campaign, CampaignFigure, CampaignGoal, ShareKit
from community.models.contact import ContactMessage
from community.models.deck import Deck
from community.models.news import NewsAddress, NewsItem
from community.models.page import PAGE_KEYS, Page, PageEdition, PageKey
from community.models.quotation import Almanac, Quotation
from community.models.testimonial import Testimonial

__all__ = [
    "PAGE_KEYS",
    "Almanac",
    "Belief",
    "CallToAction",
    "Campaign",
    "CampaignFigure",
    "CampaignGoal",
    "ContactMessage",
    "Deck",
    "NewsAddress",
    "NewsItem",
    "Page",
    "PageEdition",
    "PageKey",
    "Quotation",
    "ShareKit",
    "Supporter",
    "TeamMember",
    "Testimonial",
    "WayOfTakingPart",
]
