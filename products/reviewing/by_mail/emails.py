"""What a reviewer hears who answered by mail: what was noted, and where the rest is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain, community_sender
from correspondence.kinds import Kind, kinds
from products.models import Review
from products.reviewing import link

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _review(mail: OutgoingMail) -> Review | None:
    """The review, while it stands as the mail says it does."""
    beside = ("reviewer", "round__edition__product")
    rows = Review.objects.filter(pk=mail.about["review"], reviewer=mail.person)
    found: Review | None = rows.select_related(*beside).first()
    if found is None or mail.about["said"] == "no":
        return found
    return found if link.is_alive(found) else None


def _context(mail: OutgoingMail) -> dict[str, Any]:
    review = _review(mail)
    assert review is not None  # noqa: S101  asked just before
    is_alive = link.is_alive(review)
    return {
        "title": review.round.edition.title,
        "said": mail.about["said"],
        "is_anonymous": review.round.is_anonymous,
        "url": link.url_of(link.link_for(review)) if is_alive else settings.SITE_URL,
        "answer_to": at_our_domain(link.answer_address(review).local_part) if is_alive else "",
    }


def _answered_there(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """The next answer goes to the same review; after a no there is none to go to."""
    if not context["answer_to"]:
        return {}
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


kinds.add(
    "review_noted",
    Kind(
        name="review_noted",
        label=gettext_lazy("What became of your answer about a review"),
        description=gettext_lazy("When you answered by mail to a request for a review."),
        context=_context,
        sample=lambda: {
            "title": "Who stays, and why",
            "said": "words",
            "is_anonymous": True,
            "url": f"{settings.SITE_URL}/reviews/example/",
            "answer_to": f"{link.DOOR}+…@{settings.MAIL_DOMAIN}",
        },
        still_wanted=lambda mail: _review(mail) is not None,
        headers=_answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "url"),
        required=("url",),
        answers_own_words=True,
        is_unlisted=True,
    ),
)
