"""What an archive holds of Ask Me Abouts, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Erasure
from discussions.models import AskMeAbout, Question, ReadingItem
from discussions.words import to_plain
from foundation.forgetting import TAKEN_OUT, names_of, take_out
from foundation.privacy_export import Publication, Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_asked_and_hosted(person: User) -> Iterable[Record]:
    """The sessions they hosted, what they asked in others', what was handed to them, what of their words is on the reading list."""
    for session in AskMeAbout.objects.filter(host=person).select_related("thread").order_by("pk"):
        yield {
            "hosted": session.thread.subject,
            "about": session.about,
            "introduction": to_plain(session.introduction),
            "questions to begin with": session.opening,
            "opened": session.opens_at,
            "closed": session.closes_at,
            "zone": session.zone,
        }
    for question in Question.objects.filter(Q(asker=person) | Q(handed_to=person) | Q(handed_by=person)).order_by("pk"):
        own = question.asker_id == person.pk
        yield {
            "asked at": question.asked_at,
            "your question": question.text if own else "",
            "state": question.get_status_display(),
            "handed to you": question.handed_to_id == person.pk,
            "your word with it": question.word if question.handed_by_id == person.pk else "",
        }
    for item in ReadingItem.objects.filter(Q(post__author=person) | Q(added_by=person)).order_by("pk"):
        yield {"reading": item.title, "by": item.writer, "link": item.url, "note": item.note, "public since": item.published_at}


def forget_them_in_ask_me_abouts(person: User) -> None:
    """Sessions and questions stay with those who read them, as a former member's; what only waited for the host goes."""
    names = names_of(person)
    Question.objects.filter(asker=person, post=None).delete()
    asked, hosted = Question.objects.filter(asker=person), AskMeAbout.objects.filter(host=person)
    if Erasure.objects.planned().filter(person=person, words=Erasure.Words.REMOVE).exists():
        asked.update(text=TAKEN_OUT)
        hosted.update(introduction="", opening="", about=TAKEN_OUT)
    for field in ("about", "introduction", "opening"):
        take_out(hosted, field, names)
    take_out(Question.objects.filter(Q(asker=person) | Q(session__host=person)), "text", names)
    take_out(Question.objects.filter(Q(handed_to=person) | Q(handed_by=person)), "word", names)
    ReadingItem.objects.filter(post__author=person).delete()
    ReadingItem.objects.filter(added_by=person).update(added_by=None)
    asked.update(asker=None, follow_up_at=None)
    Question.objects.filter(handed_to=person, status=Question.Status.HANDED).update(handed_at=None)
    Question.objects.filter(handed_to=person).update(handed_to=None)
    Question.objects.filter(handed_by=person).update(handed_by=None, word="")
    hosted.update(host=None)


def what_of_it_is_public(person: User) -> Iterable[Publication]:
    """Recommendations that everybody reads."""
    items = ReadingItem.objects.public().filter(post__author=person)
    return [Publication(item.title, item.post.get_absolute_url()) for item in items.select_related("post")]


sections.add(
    "ask me about",
    Section(
        _("Ask Me About"),
        what_they_asked_and_hosted,
        forget_them_in_ask_me_abouts,
        weight=9,  # before the posts lose their author
        models=("discussions.AskMeAbout", "discussions.Question", "discussions.ReadingItem"),
        text=_("Sessions that you hosted, questions that you asked or that were handed to you, and what you recommended."),
        published=what_of_it_is_public,
    ),
)
