"""What of the pages visitors see beside their words (which `workflow` tells of): a change turns the cached pages over."""

from community.models import Belief, CallToAction, Campaign, CampaignFigure, CampaignGoal, Page, ShareKit, WayOfTakingPart
from foundation.publication import watch

for model in (Belief, CallToAction, Campaign, CampaignFigure, CampaignGoal, Page, ShareKit, WayOfTakingPart):
    watch(model)
