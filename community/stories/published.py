"""What of news, slides, quotations and people visitors see: a change turns the cached pages over."""

from community.models import Deck, NewsItem, Quotation, Supporter, TeamMember, Testimonial
from foundation.publication import watch

for model in (Deck, NewsItem, Quotation, Supporter, TeamMember, Testimonial):
    watch(model)
