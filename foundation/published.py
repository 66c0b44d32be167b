"""What visitors see of the ground floor: the community's name and look, its vocabulary, pictures and what is said of them."""

from foundation.models import Community, Pillar, Place, RoleLabel, Sector, Synonym, Topic, Upload
from foundation.publication import watch

for shown in (Community, Pillar, Place, RoleLabel, Sector, Synonym, Topic, Upload):
    watch(shown)
