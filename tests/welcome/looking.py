"""Builders for first looks: the least that is valid, through the workflow functions."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from discussions.models import Space
from tests import make
from tests.discussions import making
from welcome.first_look import answering, opening, preparing
from welcome.first_look.answering import Said
from welcome.models import FirstLook, Improvement, LookPair

HAND, ALONG, HOME = "likes a hand", "gets along", "at home"


def space() -> Space:
    """Where all ambassadors read."""
    return Space.objects.filter(name="How this works").first() or making.topic("How this works")


def look(by: User, *people: User, in_space: Space | None = None, **said) -> FirstLook:
    """One that is being prepared, with people who wait for a partner."""
    told = {"title": "A first look", "words": "Half an hour.", "due_on": timezone.localdate() + timedelta(days=7), **said}
    made = preparing.start_look(by=by, space=in_space or space(), **told)
    preparing.add_people(made, people, by=by)
    return made


def pair(by: User, *people: User, **said) -> LookPair:
    """People who look together, in a look that is open."""
    made = look(by, *people, **said)
    found = preparing.make_pair(made, [person.pk for person in people], by=by)
    opening.open_look(made, by=by)
    return LookPair.objects.select_related("look__space").get(pk=found.pk)


def write(of: LookPair, by: User, **words: str) -> None:
    """Keep answers: `a1="…"` for the box of number 1."""
    known = answering.answers_of(of)
    for box in answering.boxes(of.look):
        if f"a{box.number}" in words:
            there = known.get((box.question.pk, box.part))
            said = Said(words[f"a{box.number}"], there.revision if there else 0)
            answering.save_answers(of, {box.number: said}, by=by)


def sent(by: User, *people: User, **words: str) -> LookPair:
    """A pair that has sent what it found."""
    found = pair(by, *people)
    write(found, people[0], **(words or {"a1": "Somebody answers.", "a4": "A shorter form.", "a5": "A map.", "a6": "The quiet."}))
    answering.send_answers(found, by=people[0])
    found.refresh_from_db()
    return found


def improvement(by: User, *people: User) -> Improvement:
    """What a pair would improve, new."""
    return Improvement.objects.get(answer__pair=sent(by, *people, a4="A shorter form."))


def two(comforts: tuple[str, str] = (HAND, HOME)) -> tuple[User, User]:
    """Two members, by how they get on with websites."""
    return tuple(make.ambassador(f"Person {comfort or 'quiet'} {n}", tech_comfort=comfort) for n, comfort in enumerate(comforts))  # type: ignore[return-value]
