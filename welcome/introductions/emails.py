"""What is mailed about introductions: the question to each of the two, an answer to their answer, and to the host what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Ambassador
from ambassadors.privacy import card_for
from correspondence.addresses import at_our_domain, community_sender, team_address
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from welcome.introductions import said
from welcome.models import Introduction, IntroductionSide

if TYPE_CHECKING:
    from ambassadors.privacy import ProfileCard
    from correspondence.models import OutgoingMail

MEET = "meet"


def _side(mail: OutgoingMail) -> IntroductionSide | None:
    """The side of its reader, while it can be answered and has not been."""
    if mail.person is None:
        return None
    own = IntroductionSide.objects.visible_to(mail.person).open(timezone.now()).unanswered()
    found: IntroductionSide | None = own.with_other().filter(pk=mail.about["side"]).first()
    return found


def _other(side: IntroductionSide, mail: OutgoingMail) -> ProfileCard | None:
    """The other one, as the reader may see them."""
    assert mail.person is not None  # noqa: S101  asked before
    shown = Ambassador.objects.visible_to(mail.person).filter(user=side.other).first()
    return card_for(mail.person, shown) if shown else None


def _is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is sent. What the other said so far makes no difference."""
    side = _side(mail)
    return side is not None and _other(side, mail) is not None


def _url() -> str:
    return settings.SITE_URL + reverse("welcome:introduction-list")


def _question(mail: OutgoingMail) -> dict[str, Any]:
    side = _side(mail)
    assert side is not None and side.introduction.host is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    other = _other(side, mail)
    assert other is not None  # noqa: S101  likewise
    return {
        "host": side.introduction.host.shown_name,
        "other": other.name,
        "roles": " · ".join(other.role_labels),
        "line": other.line,
        "place": other.place,
        "ask_me_about": other.ask_me_about,
        "reason": side.introduction.reason,
        "profile": settings.SITE_URL + other.url,
        "day": _day(side.introduction),
        "url": _url(),
        "team": team_address(),
        "answer_to": at_our_domain(ReplyAddress.objects.of(MEET, mail.person, side).local_part),
    }


def _day(introduction: Introduction) -> str:
    return date_format(timezone.localtime(introduction.lapses_at), "j F")


def _answered_there(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the door: some programs answer the one, some the other. It is the community that asks."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


def _sample() -> dict[str, Any]:
    return {
        "host": "Hanna Lindqvist",
        "other": "Mateo Ruiz",
        "roles": _("Practitioner"),
        "line": "Harbour Kitchens",
        "place": "Valparaíso",
        "ask_me_about": _("Feeding four hundred people with two pans"),
        "reason": _("You both count plates, and neither of you believes the numbers. I would like to be a fly on that wall."),
        "profile": f"{settings.SITE_URL}/ambassadors/mateo-ruiz/",
        "day": "7 May",
        "url": f"{settings.SITE_URL}/welcome/introductions/",
        "team": team_address(),
        "answer_to": f"{MEET}+…@{settings.MAIL_DOMAIN}",
    }


kinds.add(
    "introduction_asked",
    Kind(
        name="introduction_asked",
        label=gettext_lazy("Somebody you may like to meet"),
        description=gettext_lazy(
            "When somebody who leads a space, or the support team, would like to introduce you to another ambassador."
        ),
        context=_question,
        sample=_sample,
        still_wanted=_is_wanted,
        headers=_answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("host", "other", "reason", "url"),
        required=("reason", "url"),
        asks=True,
        tells_by_itself=True,
        is_unlisted=True,
    ),
)

SAID = {"yes": said.YES, "not now": said.NOT_NOW, "made": said.MADE}

kinds.add(
    "introduction_noted",
    Kind(
        name="introduction_noted",
        label=gettext_lazy("What became of your answer about an introduction"),
        description=gettext_lazy("When you answered by mail whether you would like to meet somebody."),
        context=lambda mail: {"said": SAID[str(mail.about["said"])], "url": _url()},
        sample=lambda: {"said": said.YES, "url": f"{settings.SITE_URL}/welcome/introductions/"},
        link=lambda mail, context: str(context["url"]),
        placeholders=("said", "url"),
        required=("said",),
        answers_own_words=True,
        tells_by_itself=True,
        is_unlisted=True,
    ),
)


def _hosted(mail: OutgoingMail) -> Introduction | None:
    rows = Introduction.objects.visible_to(mail.person) if mail.person else Introduction.objects.none()
    found: Introduction | None = rows.filter(pk=mail.about["introduction"]).first()
    return found


def _outcome(mail: OutgoingMail) -> dict[str, Any]:
    found = _hosted(mail)
    assert found is not None  # noqa: S101  asked just before
    one, two = names_of(found)
    return {"one": one, "two": two, "is_made": found.status == Introduction.Status.MADE, "url": _url()}


def names_of(introduction: Introduction) -> list[str]:
    """How the two are called, for the host who named them."""
    people = [side.person for side in introduction.sides.select_related("person").order_by("seat")]
    return [person.shown_name if person else _("a former member") for person in people]


kinds.add(
    "introduction_over",
    Kind(
        name="introduction_over",
        label=gettext_lazy("What came of an introduction that you proposed"),
        description=gettext_lazy("Once for each: when both said yes, or when its day has come."),
        context=_outcome,
        sample=lambda: {"one": "Ruth Reed", "two": "Mateo Ruiz", "is_made": True, "url": _url()},
        still_wanted=lambda mail: _hosted(mail) is not None,
        link=lambda mail, context: str(context["url"]),
        placeholders=("one", "two", "url"),
    ),
)
