"""What is mailed about the road: to editors that something was handed in, to everybody who took part what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from foundation.models import HistoryEntry
from products import rules
from products.models import Decision, Edition, Review
from products.road import telling

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

SAID = {
    "ask for a revision": gettext_lazy("“%(title)s” is back with its authors for a revision."),
    "send back": gettext_lazy("“%(title)s” is its authors' draft again."),
    "present": gettext_lazy("“%(title)s” has passed its reviews: every ambassador can read it now, and speak to it."),
    "approve": gettext_lazy("“%(title)s” is approved, and will be published."),
    "publish": gettext_lazy("“%(title)s” is published: everybody can read it now."),
    "retire": gettext_lazy("“%(title)s” is retired: readers who come to it find out why."),
    "withdraw": gettext_lazy("The text of “%(title)s” is withdrawn: readers who come to it find out why."),
}


def _decision(mail: OutgoingMail) -> Decision:
    rows = Decision.objects.filter(pk=mail.about["decision"])  # unscoped: whether it is its reader's is asked with it
    found: Decision = rows.select_related("edition__product__space").get()
    return found


def _is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is sent. What was approved and published in one is told once."""
    decision = _decision(mail)
    is_overtaken = decision.step == "approve" and decision.edition.published_at is not None
    return not is_overtaken and telling.is_told(mail.person, decision.edition)


def _decided(mail: OutgoingMail) -> dict[str, Any]:
    decision = _decision(mail)
    said = SAID[decision.step] % {"title": decision.edition.title}
    return {
        "title": decision.edition.title,
        "said": said,
        "note": decision.note,
        "url": settings.SITE_URL + _page(mail, decision.edition),
    }


def _page(mail: OutgoingMail, edition: Edition) -> str:
    """Where its reader follows it: its public page, the makers' page, their own review, or the community review."""
    if edition.is_out:
        return edition.get_absolute_url()
    if rules.writes(mail.person, edition.product):
        return reverse("products:product-progress", args=[edition.product.slug])
    own = Review.objects.of(mail.person).submitted().filter(round__edition=edition)  # type: ignore[arg-type]  # asked before
    last = own.order_by("-pk").first()
    if last is not None:
        return reverse("products:review-detail", args=[last.pk])
    return reverse("products:community-review-detail", args=[edition.product.slug])


def _link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    return str(context["url"])


kinds.add(
    "edition_decided",
    Kind(
        name="edition_decided",
        label=gettext_lazy("What was decided about something you took part in"),
        description=gettext_lazy("When an editor decides about what you wrote, reviewed, or spoke to: with their words."),
        context=_decided,
        sample=lambda: {
            "title": _("Who stays, and why"),
            "said": SAID["ask for a revision"] % {"title": _("Who stays, and why")},
            "note": _("The second half needs the numbers of the first. Say how many clubs you asked."),
            "url": f"{settings.SITE_URL}/desk/products/who-stays/",
        },
        still_wanted=_is_wanted,
        link=_link,
        placeholders=("title", "said", "note", "url"),
        required=("said", "note", "url"),
        answers_own_words=True,
        is_unlisted=True,  # who was told is who took part
    ),
)


def _edition(mail: OutgoingMail) -> Edition:
    found: Edition = Edition.objects.select_related("product__space").get(pk=mail.about["edition"])  # unscoped: asked with it
    return found


def _handed_in(mail: OutgoingMail) -> dict[str, Any]:
    edition = _edition(mail)
    last = HistoryEntry.objects.filter(
        target_type__model="edition", target_id=str(edition.pk), verb="submit"
    )  # unscoped: editors read it
    entry = last.order_by("-pk").first()
    url = reverse("products:product-progress", args=[edition.product.slug])
    note = entry.note if entry else ""
    what = edition.product.get_kind_display()
    return {"title": edition.title, "what": what, "note": note, "url": settings.SITE_URL + url}


kinds.add(
    "edition_submitted",
    Kind(
        name="edition_submitted",
        label=gettext_lazy("Something was handed in"),
        description=gettext_lazy(
            "For editors: when something waits for them. Of what another editor sees through they hear nothing."
        ),
        context=_handed_in,
        sample=lambda: {
            "title": _("Who stays, and why"),
            "what": _("article"),
            "note": _("Ask somebody who runs a club."),
            "url": f"{settings.SITE_URL}/desk/products/who-stays/",
        },
        still_wanted=lambda mail: telling.decides(mail.person, _edition(mail)),
        link=_link,
        placeholders=("title", "what", "note", "url"),
        required=("title", "url"),
        asks=True,
    ),
)
