"""One's own profile at a glance: what each section says and who sees it, what waits for a word, and one small thing to add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ambassadors.comfort import comfort_in
from ambassadors.forms import SECTIONS, Section
from ambassadors.models import Ambassador, ProfileQuestion, User
from ambassadors.workflow.questions import fits_as_it_is, next_question
from foundation.audiences import Audience
from foundation.richtext import to_plain

SHOWN_LETTERS = 180


@dataclass(frozen=True)
class Line:
    """One field: what it is, what it says (empty for nothing), and who sees that."""

    label: str
    value: str
    audience: str = ""


@dataclass(frozen=True)
class Summary:
    """One section as the overview shows it."""

    section: Section
    url: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Offer:
    """An answer that came by mail, and what can be done with it."""

    question: ProfileQuestion
    topics: str
    becomes: str
    audience: str
    before: str
    fits: bool
    shorten_url: str


@dataclass(frozen=True)
class SmallThing:
    """The one question that is asked at a time."""

    question: str
    url: str
    skip_url: str


def summary_of(section: Section, user: User, own: Ambassador | None) -> Summary:
    """Return what one section says."""
    url = reverse("ambassadors:section-edit", args=[section.name])
    if own is None or not section.fields:
        return Summary(section, url, [Line(_("Name"), user.name), Line(_("Time zone"), user.time_zone)])
    return Summary(section, url, [_line(own, field) for field in section.fields])


def _line(own: Ambassador, field: str) -> Line:
    column: Any = own._meta.get_field(field)
    label = str(column.verbose_name)
    value = SAID[field](own) if field in SAID else str(getattr(own, field) or "")
    audience = getattr(own, f"{field}_audience", None)
    return Line(label[:1].upper() + label[1:], value, str(Audience(audience).label) if audience else "")


def _short(html: str) -> str:
    return Truncator(to_plain(html)).chars(SHOWN_LETTERS)


def _walk(own: Ambassador) -> str:
    return " · ".join(part for part in (_short(own.walk_the_talk), *(link["label"] for link in own.evidence)) if part)


SAID: dict[str, Callable[[Any], str]] = {
    "bio": lambda own: _short(own.bio),
    "walk_the_talk": _walk,
    "role_labels": lambda own: ", ".join(own.role_names),
    "topics": lambda own: ", ".join(word["name"] for word in own.topic_words),
    "away_until": lambda own: date_format(own.away_until, "j F Y") if own.away_until else "",
    "is_observing": lambda own: _("Yes, and nobody but you sees it") if own.is_observing else "",
    "tech_comfort": lambda own: own.get_tech_comfort_display(),
    "listed_for": lambda own: own.get_listed_for_display(),
    "alumni_listed_for": lambda own: own.get_alumni_listed_for_display(),
}


def _comfort(value: str) -> str:
    return str(Ambassador.TechComfort(value).label) if value else ""


def offers_of(met: Iterable[ProfileQuestion], own: Ambassador) -> list[Offer]:
    """Return the answers by mail that wait for their writer's word."""
    return [_offer(question, own) for question in met if question.status == ProfileQuestion.Status.ANSWERED]


def _offer(question: ProfileQuestion, own: Ambassador) -> Offer:
    before = getattr(own, question.field)
    is_choice = question.field == "tech_comfort"
    return Offer(
        question=question,
        topics=", ".join(str(topic) for topic in question.topics.all()),
        becomes=_comfort(comfort_in(question.draft)) if is_choice else "",
        audience=str(Audience(getattr(own, f"{question.field}_audience")).label),
        before=_comfort(before) if is_choice else before if question.field == "ask_me_about" else _short(before),
        fits=fits_as_it_is(question),
        shorten_url=f"{url_of(question.field)}?draft={question.pk}",
    )


def url_of(field: str) -> str:
    """Return the page on which a field is filled in."""
    if field == "photo":
        return reverse("ambassadors:photo-edit")
    name = next(section.name for section in SECTIONS.values() if field in section.fields)
    return reverse("ambassadors:section-edit", args=[name])


def small_thing(own: Ambassador, met: Iterable[ProfileQuestion]) -> SmallThing | None:
    """Return the next question, if there is one that was not put off."""
    field = next_question(own, {question.field for question in met})
    if not field:
        return None
    return SmallThing(str(ProfileQuestion.Field(field).label), url_of(field), reverse("ambassadors:question-skip", args=[field]))
