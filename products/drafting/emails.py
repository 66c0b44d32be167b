"""What is mailed about authors: the question whether somebody writes with us or may be named, and to whoever asked, the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain, community_sender, team_address
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from products import rules
from products.models import AuthorInvitation, Credit

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

AUTHOR = "coauthor"


def _asked(mail: OutgoingMail) -> AuthorInvitation | None:
    """The invitation of its reader, while it waits for an answer."""
    if mail.person is None or not mail.person.is_member:
        return None
    own = AuthorInvitation.objects.visible_to(mail.person).to(mail.person).select_related("product__newest", "by")
    found: AuthorInvitation | None = own.filter(pk=mail.about["invitation"], by__isnull=False).first()
    return found


def _question(mail: OutgoingMail) -> dict[str, Any]:
    asked = _asked(mail)
    assert asked is not None and asked.by is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    return {
        "name": asked.by.shown_name,
        "title": title_of(asked),
        "what": asked.product.get_kind_display(),
        "words": asked.words,
        "is_author": asked.role == Credit.Role.AUTHOR,
        "url": settings.SITE_URL + reverse("products:author-invitation", args=[asked.pk]),
        "team": team_address(),
        "answer_to": at_our_domain(ReplyAddress.objects.of(AUTHOR, mail.person, asked).local_part),
    }


def title_of(asked: AuthorInvitation) -> str:
    """What it is called now."""
    return asked.product.newest.title if asked.product.newest else asked.product.slug


def _answered_there(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the door: some programs answer the one, some the other. It is the community that asks."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


def _sample() -> dict[str, Any]:
    return {
        "name": "Hanna Lindqvist",
        "title": _("Who stays, and why"),
        "what": _("article"),
        "words": _("Your six clubs are the half that I cannot tell."),
        "is_author": True,
        "url": f"{settings.SITE_URL}/desk/products/invited/7/",
        "team": team_address(),
        "answer_to": f"{AUTHOR}+…@{settings.MAIL_DOMAIN}",
    }


kinds.add(
    "author_asked",
    Kind(
        name="author_asked",
        label=gettext_lazy("Somebody would like to write with you"),
        description=gettext_lazy(
            "When you are asked to write something with others, or whether you may be named as one who helped."
        ),
        context=_question,
        sample=_sample,
        still_wanted=lambda mail: _asked(mail) is not None,
        headers=_answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("name", "title", "words", "url"),
        required=("title", "url"),
        asks=True,
    ),
)


def _answered(mail: OutgoingMail) -> AuthorInvitation | None:
    """The invitation that its reader made, once it has its answer, as long as they write the product."""
    rows = AuthorInvitation.objects.filter(pk=mail.about["invitation"], status__in=["accepted", "declined"])
    found: AuthorInvitation | None = rows.select_related("product__newest", "product__space", "person").first()
    return found if found is not None and rules.writes(mail.person, found.product) else None


def _answer(mail: OutgoingMail) -> dict[str, Any]:
    asked = _answered(mail)
    assert asked is not None  # noqa: S101  asked just before
    return {
        "name": asked.person.shown_name,
        "title": title_of(asked),
        "is_yes": asked.status == AuthorInvitation.Status.ACCEPTED,
        "is_author": asked.role == Credit.Role.AUTHOR,
        "url": settings.SITE_URL + reverse("products:author-list", args=[asked.product.slug]),
    }


def _sample_answer() -> dict[str, Any]:
    said = {"name": "Mateo Ruiz", "title": _("Who stays, and why"), "is_yes": True, "is_author": True}
    return said | {"url": f"{settings.SITE_URL}/desk/products/who-stays/authors/"}


kinds.add(
    "author_answered",
    Kind(
        name="author_answered",
        label=gettext_lazy("An answer from somebody whom you asked to write with you"),
        description=gettext_lazy("When somebody says yes or no to writing something with you, or to being named."),
        context=_answer,
        sample=_sample_answer,
        still_wanted=lambda mail: _answered(mail) is not None,
        link=lambda mail, context: str(context["url"]),
        placeholders=("name", "title", "url"),
        required=("title",),
        answers_own_words=True,
    ),
)
