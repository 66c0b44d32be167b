"""What is mailed to the authors of an improvement: that it is done, or why it is not done now. Each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from discussions import rules as talk
from discussions.models import Thread
from welcome.models import Improvement

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def improvement_of(mail: OutgoingMail) -> Improvement | None:
    """Return the improvement while its author may see it. What was said of it stays true of its day, even if it is taken up again."""
    if mail.person is None or not mail.person.is_member:
        return None
    rows = Improvement.objects.visible_to(mail.person).filter(pk=mail.about["improvement"])
    found: Improvement | None = rows.select_related("look__space", "look__thread", "owner").first()
    return found


def _is_wanted(mail: OutgoingMail) -> bool:
    return improvement_of(mail) is not None


def _context(mail: OutgoingMail) -> dict[str, Any]:
    one = improvement_of(mail)
    assert one is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    whole = talk.may_be_mailed_whole(mail.person, one.look.thread or Thread(space=one.look.space))
    return {
        "improvement": one.words if whole else "",
        "note": one.note_to_authors if whole else "",
        "owner": one.owner.shown_name if one.owner else _("The support team"),
        "url": settings.SITE_URL + one.get_absolute_url(),
    }


def _sample() -> dict[str, Any]:
    return {
        "improvement": _("Say on the first page what one can do here in five minutes."),
        "note": _("There is a short list now, right below the greeting."),
        "owner": "Sam Rivers",
        "url": f"{settings.SITE_URL}/welcome/improvements/7/",
    }


COMMON: Any = {
    "context": _context,
    "sample": _sample,
    "still_wanted": _is_wanted,
    "link": lambda mail, context: str(context["url"]),
    "placeholders": ("improvement", "note", "owner", "url"),
    "required": ("url",),
}
kinds.add(
    "improvement_done",
    Kind(
        name="improvement_done",
        label=gettext_lazy("Something that you suggested is done"),
        description=gettext_lazy("Once, when an improvement that you suggested has been made."),
        **COMMON,
    ),
)
kinds.add(
    "improvement_not_now",
    Kind(
        name="improvement_not_now",
        label=gettext_lazy("Something that you suggested has to wait"),
        description=gettext_lazy("Once, when it is not done for now, with the reason."),
        **COMMON,
    ),
)
