"""The support team's pages for news, slides, quotations, testimonials and the people behind the community."""

from community.stories.admin.about import SupporterAdmin, TeamMemberAdmin
from community.stories.admin.decks import DeckAdmin
from community.stories.admin.news import NewsItemAdmin
from community.stories.admin.testimonials import QuotationAdmin, TestimonialAdmin

__all__ = ["DeckAdmin", "NewsItemAdmin", "QuotationAdmin", "SupporterAdmin", "TeamMemberAdmin", "TestimonialAdmin"]
