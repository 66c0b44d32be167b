from ambassadors.views.people import ambassador_list
from ambassadors.views.person import ambassador_detail, ambassador_vcard
from ambassadors.views.photo import photo_crop, photo_edit, photo_remove
from ambassadors.views.picking import person_list
from ambassadors.views.profile import draft_confirm, draft_discard, profile_edit, question_skip, section_edit

__all__ = [
    "ambassador_detail",
    "ambassador_list",
    "ambassador_vcard",
    "draft_confirm",
    "draft_discard",
    "person_list",
    "photo_crop",
    "photo_edit",
    "photo_remove",
    "profile_edit",
    "question_skip",
    "section_edit",
]
