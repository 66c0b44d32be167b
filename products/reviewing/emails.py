"""What is said by mail about reviews: a request and its reminders, that one is over, and to editors and authors what came of them.

How a person is called to a reader of these mails is one place's business: the words for authors and reviewers come from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain, community_sender
from correspondence.kinds import Kind, kinds
from products import rules
from products.models import Edition, Review, ReviewRound
from products.reviewing import link

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def review_of(mail: OutgoingMail, *states: str) -> Review | None:
    """Return the review that a mail speaks of, while it is its reader's and in one of these states."""
    rows = Review.objects.filter(pk=mail.about["review"], reviewer=mail.person, status__in=states)
    beside = ("round__edition__product", "invited_by")
    found: Review | None = rows.select_related(*beside).first()
    return found if found is not None and mail.person is not None and mail.person.is_member else None


def _is_waited_for(mail: OutgoingMail) -> bool:
    review = review_of(mail, "invited", "accepted")
    return review is not None and review.round.closed_at is None


def _is_over(mail: OutgoingMail) -> bool:
    return review_of(mail, "withdrawn", "lapsed") is not None


def _asked(mail: OutgoingMail) -> dict[str, Any]:
    review = review_of(mail, "invited", "accepted")
    assert review is not None  # noqa: S101  asked just before
    edition = review.round.edition
    return {
        "title": edition.title,
        "what": edition.product.get_kind_display(),
        "due": date_format(review.due_on, "l j F"),
        "note": review.note,
        "wish": review.round.note,
        "is_asked": review.status == Review.Status.INVITED,
        "is_required": review.is_required,
        "is_anonymous": review.round.is_anonymous,
        "hides_authors": review.round.hides_authors,
        "url": link.url_of(link.link_for(review)),
        "answer_to": at_our_domain(link.answer_address(review).local_part),
    }


def page_of(review: Review) -> str:
    """Where the reviewer reads and writes."""
    return settings.SITE_URL + reverse("products:review-detail", args=[review.pk])


def _answered_there(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the review: some programs answer the one, some the other."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


def _over(mail: OutgoingMail) -> dict[str, Any]:
    review = review_of(mail, "withdrawn", "lapsed")
    assert review is not None  # noqa: S101  asked just before
    return {
        "title": review.round.edition.title,
        "why": mail.about["why"],
        "words": mail.about.get("words", ""),
        "has_words": review.saved_at is not None,
        "url": page_of(review),
    }


def _as_editor(mail: OutgoingMail) -> Review | None:
    rows = Review.objects.filter(pk=mail.about["review"]).select_related("round__edition__product__space", "reviewer")
    review: Review | None = rows.first()
    return review if review is not None and rules.may_decide(mail.person, review.round.edition) else None


def _needs_another(mail: OutgoingMail) -> bool:
    review = _as_editor(mail)
    return review is not None and review.status in {"declined", "withdrawn"} and review.round.closed_at is None


def _declined(mail: OutgoingMail) -> dict[str, Any]:
    review = _as_editor(mail)
    assert review is not None  # noqa: S101  asked just before
    return {
        "name": str(review.reviewer or _("A former member")),
        "title": review.round.edition.title,
        "has_declined": review.status == Review.Status.DECLINED,
        "words": review.decline_words,
        "instead": review.instead,
        "url": _round_page(review.round),
    }


def _round_page(opened: ReviewRound) -> str:
    return settings.SITE_URL + reverse("products:round-detail", args=[opened.edition.product.slug, opened.edition.number])


def _round_of(mail: OutgoingMail) -> ReviewRound | None:
    rows = ReviewRound.objects.filter(pk=mail.about["round"]).select_related("edition__product__space")
    found: ReviewRound | None = rows.first()
    return found


def _is_to_decide(mail: OutgoingMail) -> bool:
    opened = _round_of(mail)
    in_review = opened is not None and opened.edition.status == Edition.Status.IN_REVIEW
    return in_review and opened is not None and rules.may_decide(mail.person, opened.edition)


def _all_in(mail: OutgoingMail) -> dict[str, Any]:
    opened = _round_of(mail)
    assert opened is not None  # noqa: S101  asked just before
    return {"title": opened.edition.title, "number": opened.reviews.submitted().count(), "url": _round_page(opened)}


def _is_authors(mail: OutgoingMail) -> bool:
    opened = _round_of(mail)
    return opened is not None and opened.closed_at is not None and rules.is_author(mail.person, opened.edition.product)


def _to_read(mail: OutgoingMail) -> dict[str, Any]:
    opened = _round_of(mail)
    assert opened is not None  # noqa: S101  asked just before
    page = reverse("products:comment-list", args=[opened.edition.product.slug, opened.edition.number])
    return {"title": opened.edition.title, "number": opened.reviews.submitted().count(), "url": settings.SITE_URL + page}


def _link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    return str(context.get("url", ""))


# Of these that there is a mail at all says who reviews, or who wrote: whoever of the support team takes part themselves is not to know.
SECRET = {"is_unlisted": True}


def _add(name: str, label: Any, description: Any, context: Callable[..., Any], sample: dict[str, Any], **options: Any) -> None:
    given: dict[str, Any] = {"link": _link, "placeholders": tuple(sample), "required": ("url",)} | options
    kinds.add(name, Kind(name, label, context, lambda: dict(sample), description=description, **given))


SITE = settings.SITE_URL
REQUEST: dict[str, Any] = {
    "title": "Who stays, and why",
    "what": "article",
    "due": "Monday 7 December",
    "note": "You ran a club for ten years: tell us whether this is what you saw.",
    "wish": "Does the second half hold without the numbers of the first?",
    "is_asked": True,
    "is_required": False,
    "is_anonymous": False,
    "hides_authors": False,
    "url": f"{SITE}/reviews/example/",
    "answer_to": f"{link.DOOR}+…@{settings.MAIL_DOMAIN}",
}
_add(
    "review_invited",
    gettext_lazy("Requests to review something"),
    gettext_lazy("When an editor asks for your view of something that is to be published."),
    _asked,
    REQUEST,
    still_wanted=_is_waited_for,
    headers=_answered_there,
    asks=True,
    **SECRET,
)
_add(
    "review_reminder",
    gettext_lazy("Reminders of a review"),
    gettext_lazy("Shortly before your review is wanted, and once more when the day has passed."),
    _asked,
    REQUEST,
    still_wanted=_is_waited_for,
    headers=_answered_there,
    asks=True,
    **SECRET,
)
_add(
    "review_over",
    gettext_lazy("A review is off your hands"),
    gettext_lazy("When a review that you were asked for is not waited for any more."),
    _over,
    {"title": "Who stays, and why", "why": "closed", "words": "", "has_words": True, "url": f"{SITE}/reviews/7/"},
    still_wanted=_is_over,
    **SECRET,
)
_add(
    "review_declined",
    gettext_lazy("Somebody cannot review"),
    gettext_lazy("For editors: when somebody whom you asked declines, or has left."),
    _declined,
    {
        "name": "Maya Okafor",
        "title": "Who stays, and why",
        "has_declined": True,
        "words": "Harvest is on us until Christmas.",
        "instead": "Tomas Lind",
        "url": f"{SITE}/desk/products/who-stays/editions/1/reviews/",
    },
    still_wanted=_needs_another,
)
_add(
    "reviews_in",
    gettext_lazy("The reviews are in"),
    gettext_lazy("For editors: once a round, when as many reviews are in as are needed."),
    _all_in,
    {"title": "Who stays, and why", "number": 2, "url": f"{SITE}/desk/products/who-stays/editions/1/reviews/"},
    still_wanted=_is_to_decide,
)
_add(
    "reviews_to_read",
    gettext_lazy("Reviews of what you wrote"),
    gettext_lazy("When a round of review is closed and you can read what was said."),
    _to_read,
    {"title": "Who stays, and why", "number": 2, "url": f"{SITE}/desk/products/who-stays/editions/1/comments/"},
    still_wanted=_is_authors,
    **SECRET,
)
