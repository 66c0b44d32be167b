"""What changes about people: one function per intention, each in one transaction with its line of history."""

from ambassadors.workflow.listing import list_person
from ambassadors.workflow.photos import photo_crop, photo_keep, photo_remove
from ambassadors.workflow.profile import tell_of_oneself
from ambassadors.workflow.questions import (
    draft_confirm,
    draft_discard,
    question_answer,
    question_ask,
    question_skip,
)
from ambassadors.workflow.standing import (
    MOVES,
    actions_for,
    end_pause_by_clock,
    invite_to_sign_in,
    make_alumni,
    pause,
    reactivate,
    remove,
    resume,
)
from ambassadors.workflow.support import release_from_support, take_into_support

__all__ = [
    "MOVES",
    "actions_for",
    "draft_confirm",
    "draft_discard",
    "end_pause_by_clock",
    "invite_to_sign_in",
    "list_person",
    "make_alumni",
    "pause",
    "photo_crop",
    "photo_keep",
    "photo_remove",
    "question_answer",
    "question_ask",
    "question_skip",
    "reactivate",
    "release_from_support",
    "remove",
    "resume",
    "take_into_support",
    "tell_of_oneself",
]
