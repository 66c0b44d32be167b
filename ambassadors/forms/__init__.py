"""Forms about people."""

from ambassadors.forms.fields import PlaceField, time_zones
from ambassadors.forms.people import PersonAddForm, PersonForm, RosterUploadForm
from ambassadors.forms.photo import PhotoCropForm, PhotoForm
from ambassadors.forms.profile import SECTIONS, ProfileEditForm, Section

__all__ = [
    "SECTIONS",
    "PersonAddForm",
    "PersonForm",
    "PhotoCropForm",
    "PhotoForm",
    "PlaceField",
    "ProfileEditForm",
    "RosterUploadForm",
    "Section",
    "time_zones",
]
