"""What is mailed about questions to the community: to the organisation that something came, to ambassadors that it asks back. No words of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from practice.models import CommunityAnswer, CommunityQuestion

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

URL = "/practice/questions/7/"


def _question(mail: OutgoingMail) -> CommunityQuestion | None:
    """The question, while its reader runs the sessions of the organisation that asked it."""
    rows = CommunityQuestion.objects.asked_for(mail.person) if mail.person else CommunityQuestion.objects.none()
    found: CommunityQuestion | None = rows.with_place().filter(pk=mail.about["question"]).first()
    return found


def _news_wanted(mail: OutgoingMail) -> bool:
    found = _question(mail)
    if found is None:
        return False
    if mail.about.get("off"):
        return found.status == CommunityQuestion.Status.OFF
    return CommunityAnswer.objects.answers().filter(question=found).exists()


def _news(mail: OutgoingMail) -> dict[str, Any]:
    found = _question(mail)
    assert found is not None  # noqa: S101  asked just before
    return {
        "is_off": bool(mail.about.get("off")),
        "because": found.off_because if mail.about.get("off") else "",
        "about": found.item.text,
        "url": settings.SITE_URL + found.get_absolute_url(),
    }


def _followed(mail: OutgoingMail) -> CommunityAnswer | None:
    """What the organisation asked back, while its reader can answer it."""
    rows = CommunityAnswer.objects.visible_to(mail.person) if mail.person else CommunityAnswer.objects.none()
    asked = rows.filter(pk=mail.about["words"], off_at=None, question__status=CommunityQuestion.Status.OPEN)
    found: CommunityAnswer | None = asked.select_related("question__item__edition__edition").first()
    return found


def _asked_back(mail: OutgoingMail) -> dict[str, Any]:
    found = _followed(mail)
    assert found is not None  # noqa: S101  asked just before
    return {
        "title": found.question.item.edition.edition.title,
        "about": found.question.item.text,
        "url": settings.SITE_URL + found.question.get_absolute_url(),
    }


ABOUT = gettext_lazy("The list of who borrowed what hangs where everybody can read it.")

kinds.add(
    "practice_question_news",
    Kind(
        "practice_question_news",
        gettext_lazy("Answers to what your organisation asked the community"),
        _news,
        lambda: {"is_off": False, "because": "", "about": str(ABOUT), "url": settings.SITE_URL + URL},
        _news_wanted,
        description=gettext_lazy("Once a day at most, when somebody has answered what your organisation asked without its name."),
        link=lambda mail, context: str(context["url"]),
        placeholders=("about", "because", "url"),
        required=("url",),
        answers_own_words=True,
        is_unlisted=True,
    ),
)
kinds.add(
    "practice_question_followed",
    Kind(
        "practice_question_followed",
        gettext_lazy("An organisation whose question you answered writes again"),
        _asked_back,
        lambda: {"title": _("The Performance Practice"), "about": str(ABOUT), "url": settings.SITE_URL + URL},
        lambda mail: _followed(mail) is not None,
        description=gettext_lazy("When an organisation asks back under an answer of yours. It is not named."),
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "about", "url"),
        required=("url",),
        answers_own_words=True,
    ),
)
