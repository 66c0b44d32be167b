"""What visitors see of people: those who show themselves, and where they work."""

from ambassadors.models import (
    AdmissionRules,
    Ambassador,
    Commitment,
    CommitmentsEdition,
    CriteriaEdition,
    Criterion,
    EngagementExample,
    EngagementOffer,
    EngagementOption,
    GrowthStage,
    Milestone,
    Nomination,
    Organization,
    User,
)
from foundation.models import Place, RoleLabel, Sector, Synonym, Topic
from foundation.publication import watch

watch(Ambassador)
watch(Organization)
watch(User, except_fields=("last_login", "password", "time_zone"))  # signing in changes no page
watch(CommitmentsEdition)
watch(Commitment)
watch(EngagementOption)
watch(EngagementExample)
watch(EngagementOffer)
watch(GrowthStage)
watch(CriteriaEdition)
watch(Criterion)
watch(AdmissionRules)
watch(Nomination)  # how many by year
watch(Milestone)
for word in (Place, RoleLabel, Sector, Synonym, Topic):
    watch(word)
