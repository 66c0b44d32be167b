"""A profile that fills itself one question at a time: asked by mail or on the page, answered when one likes, never pressed for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors import emails
from ambassadors.cleaning import clean_line
from ambassadors.comfort import comfort_in
from ambassadors.models import Ambassador, ProfileQuestion, User
from ambassadors.models.ambassador import BIO_ROOM
from correspondence import preferences
from foundation.models import Community, Topic, Via
from foundation.richtext import from_plain
from foundation.search import index
from foundation.taxonomy import topics_called
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

S = ProfileQuestion.Status
MOST_UNANSWERED = 2  # after that, silence
REST = timedelta(days=30)  # between two questions of the clock's
SETTLING_IN = timedelta(days=14)  # before the first of them
AT_ONCE = 200


def _own(user: User | None, question: ProfileQuestion) -> bool:
    return user is not None and user.is_active and user.pk == question.person_id


ANSWER = Transition("answered a question about their profile", frozenset(S) - {S.ANSWERED}, S.ANSWERED, _own)
CONFIRM = Transition("put an answer on their profile", frozenset({S.ANSWERED}), S.CONFIRMED, _own)
DISCARD = Transition("threw an answer away", frozenset({S.ANSWERED}), S.DISCARDED, _own)


def next_question(ambassador: Ambassador, known: Collection[str], among: Iterable[str] = ProfileQuestion.Field.values) -> str:
    """Return the field to ask about next: empty so far, and never asked about or put off. Nothing for who is observing for now."""
    if ambassador.is_observing:
        return ""
    return next((field for field in among if field not in known and not getattr(ambassador, _column(field))), "")


def _column(field: str) -> str:
    return f"{field}_id" if field in {"photo", "place"} else field


@transaction.atomic
def question_skip(person: User, field: str) -> None:
    """Not now: this question does not come again."""
    ProfileQuestion.objects.get_or_create(person=person, field=field, defaults={"status": S.SKIPPED})


def question_ask(ambassador: Ambassador, *, by: User | None, via: Via = Via.WEB) -> ProfileQuestion | None:
    """Ask the next question by mail, and return it; None when there is none to ask.

    Nobody is asked who wants no such mail, or who left two questions without an answer: each is asked once, so none is wasted on them.
    """
    if not preferences.wants(ambassador.user, "profile_question"):
        return None
    met = list(ProfileQuestion.objects.filter(person=ambassador.user))
    field = next_question(ambassador, {question.field for question in met}, ProfileQuestion.BY_MAIL)
    if not field or sum(question.status == S.ASKED for question in met) >= MOST_UNANSWERED:
        return None
    try:
        with transaction.atomic():
            question = ProfileQuestion.objects.create(person=ambassador.user, field=field, status=S.ASKED)
            emails.profile_question(question)
            record("was asked about their profile", ambassador, by=by, via=via, about=ambassador.user, note=field)
    except IntegrityError:  # two clocks, or two colleagues, asked the same at once: the person hears it once
        return None
    return question


def ask_who_is_due() -> int:
    """Ask those who have not been asked for a month, a few at each turn of the clock; return how many. The team may switch it off."""
    if not Community.current().asks_about_profiles:
        return 0
    now = timezone.now()
    people = Ambassador.objects.available_on(now).filter(is_observing=False, user__is_active=True, joined_at__lt=now - SETTLING_IN)
    due = people.without_question_since(now - REST).with_fewer_unanswered_than(MOST_UNANSWERED).lacking(ProfileQuestion.BY_MAIL)
    due = due.exclude(user__in=preferences.who_switched_off("profile_question"))
    asked = [question_ask(person, by=None, via=Via.COMMAND) for person in due.select_related("user").order_by("pk")[:AT_ONCE]]
    return len([question for question in asked if question])


@transaction.atomic
def question_answer(question: ProfileQuestion, words: str, *, by: User) -> None:
    """Keep the words as a draft that its writer alone reads; a second answer takes the place of the first."""
    held: ProfileQuestion = ProfileQuestion.objects.select_for_update(no_key=True).get(pk=question.pk)
    draft = clean_line(words) if held.field in {"ask_me_about", "tech_comfort"} else words
    if held.status == S.ANSWERED:
        ProfileQuestion.objects.filter(pk=held.pk).update(draft=draft)
    else:
        apply(ANSWER, held, by=by, via=Via.MAIL, about=by, draft=draft)
    found = _topics_in(words) if held.field == "ask_me_about" else []
    held.topics.set(found)
    question.refresh_from_db()


def _topics_in(words: str) -> list[Topic]:
    """The topics that the words name: between commas, semicolons, full stops and line breaks, by name or synonym."""
    parts = words.replace("\n", ",").replace(";", ",").replace(".", ",").replace(" and ", ",").split(",")
    return topics_called(part for part in parts if part.strip())[0]


def fits_as_it_is(question: ProfileQuestion) -> bool:
    """Whether the draft can go on the profile without being shortened."""
    return len(question.draft) <= _room_of(question.field)


def _room_of(field: str) -> int:
    if field == "tech_comfort":  # of the words one choice goes on the profile
        return BIO_ROOM
    return getattr(Ambassador._meta.get_field(field), "max_length", None) or BIO_ROOM


@transaction.atomic
def draft_confirm(question: ProfileQuestion, *, by: User) -> None:
    """Put the draft on the profile, for those who see that field today. Raises ValidationError when it is too long for it."""
    if not fits_as_it_is(question):
        raise ValidationError(
            _("There is room for %(most)s characters. Shorten it a little first.") % {"most": _room_of(question.field)}
        )
    words, topics = question.draft, list(question.topics.all())
    apply(CONFIRM, question, by=by, about=by, draft="")
    own: Ambassador = Ambassador.objects.select_for_update(no_key=True).get(user=by)
    setattr(own, question.field, said_on_profile(question.field, words))
    own.save(update_fields=[question.field])
    own.topics.add(*topics)
    index(own)
    record("changed their profile", own, by=by, about=by, note=", ".join([question.field, *["topics"][: len(topics)]]))


def said_on_profile(field: str, words: str) -> str:
    """Return what a field says when these words go on it."""
    if field == "tech_comfort":
        return comfort_in(words)
    return words if field == "ask_me_about" else from_plain(words)


def draft_discard(question: ProfileQuestion, *, by: User) -> None:
    """Throw the draft away."""
    apply(DISCARD, question, by=by, about=by, draft="")
