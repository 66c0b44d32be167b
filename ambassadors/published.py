"""What visitors see of people: those who show themselves, and where they work."""

from ambassadors.models import Ambassador, Organization, User
from foundation.publication import watch

watch(Ambassador)
watch(Organization)
watch(User, except_fields=("last_login", "password", "time_zone"))  # signing in changes no page
