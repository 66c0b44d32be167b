"""The steps that need nothing of this floor: the commitments, the profile, and a first answer to a prompt."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Affirmation, Ambassador, CommitmentsEdition
from discussions.models import Post, Prompt, PromptRound
from welcome.onboarding.registry import Step, steps


def _affirmed(people: Collection[int]) -> set[int]:
    """Those who affirmed an edition, this one or one before: a later edition has its own way of asking."""
    said = Affirmation.objects.filter(ambassador__user__in=people).affirmed()
    return set(said.values_list("ambassador__user", flat=True))


def _have_commitments(people: Collection[int]) -> set[int]:
    """Where there are any, all but those who said "not now": nobody asks them again."""
    if not CommitmentsEdition.objects.published().exists():
        return set()
    set_aside = Affirmation.objects.filter(ambassador__user__in=people, answer=Affirmation.Answer.NOT_NOW)
    return set(people) - set(set_aside.values_list("ambassador__user", flat=True))


def _can_be_found(people: Collection[int]) -> set[int]:
    """Those whose profile says something by which others find them, in words or in topics."""
    topics = Ambassador.topics.through.objects.filter(ambassador=OuterRef("pk"))
    said = ~Q(ask_me_about="") | ~Q(bio="") | ~Q(walk_the_talk="") | Exists(topics)
    return set(Ambassador.objects.filter(said, user__in=people).values_list("user", flat=True))


def _answered_a_prompt(people: Collection[int]) -> set[int]:
    """Those who said something in a conversation that a prompt began; what was taken away counts as well, for they did it."""
    of_prompts = PromptRound.objects.filter(thread=OuterRef("thread"))
    answers = Post.objects.filter(Exists(of_prompts), author__in=people, number__gt=1)  # unscoped: one's own posts
    return set(answers.values_list("author", flat=True))


def _have_prompts(people: Collection[int]) -> set[int]:
    return set(people) if Prompt.objects.running().exists() else set()


def _at(name: str) -> str:
    return reverse(name)


steps.add(
    "affirm",
    Step(
        name="affirm",
        title=_("Affirm the commitments"),
        sentence=_("What all of us here engage to do. Read them in your own time; “not now” is an answer too."),
        url=lambda person: _at("ambassadors:commitments"),
        minutes=3,
        by_mail=_("Answer “affirm”, and we mail them to you."),
        done_among=_affirmed,
        offered_among=_have_commitments,
        weight=10,
    ),
)
steps.add(
    "profile",
    Step(
        name="profile",
        title=_("Say what people could ask you about"),
        sentence=_("A few words or topics are plenty: it is how the right people find you. Nothing on a profile is required."),
        url=lambda person: _at("ambassadors:profile-edit"),
        minutes=2,
        by_mail=_("Answer “profile:” and a few words, and we keep them as a draft that nobody but you reads."),
        done_among=_can_be_found,
        weight=20,
    ),
)
steps.add(
    "prompt",
    Step(
        name="prompt",
        title=_("Answer a first prompt"),
        sentence=_(
            "A short question that comes round again and again. Two honest lines do; you can also answer the mail that brings it."
        ),
        url=lambda person: _at("discussions:prompt-list"),
        minutes=5,
        done_among=_answered_a_prompt,
        offered_among=_have_prompts,
        weight=50,
    ),
)
