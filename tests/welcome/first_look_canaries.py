"""Canaries in a first look: drafts are for the two of a pair, what is sent for the space, what would be better also for the team."""

from __future__ import annotations

from tests import make
from tests.discussions import making
from tests.leaks import MEMBERS, TEAM, Garden
from tests.welcome import looking
from welcome.first_look import improving, preparing
from welcome.models import FirstLook, Improvement, LookPair, LookQuestion


def plant(garden: Garden) -> None:
    in_the_open(garden)
    in_a_hidden_space(garden)


def in_the_open(garden: Garden) -> None:
    """A pair of the ambassador's that has sent nothing, in a look for everybody; and one that is being prepared."""
    cast, friend = garden.cast, make.ambassador("Lola Look", tech_comfort=looking.HAND)
    preparing.start_look(
        by=cast.staff,
        space=looking.space(),
        title=garden.canary("welcome.FirstLook.title", *TEAM),
        words=garden.canary("welcome.FirstLook.words", *TEAM),
        due_on="2099-01-01",
    )
    look = looking.look(cast.staff, cast.ambassador, friend, title=garden.canary("welcome.FirstLook.title", *MEMBERS))
    LookQuestion.objects.filter(look=look, position=1).update(text=garden.canary("welcome.LookQuestion.text", *MEMBERS))
    pair = preparing.make_pair(look, [cast.ambassador.pk, friend.pk], by=cast.staff)
    LookPair.objects.filter(pk=pair.pk).update(why_together=garden.canary("welcome.LookPair.why_together", *TEAM))
    looking.opening.open_look(look, by=cast.staff)
    pair = LookPair.objects.select_related("look__space").get(pk=pair.pk)
    looking.write(pair, cast.ambassador, a1=garden.canary("welcome.LookAnswer.words", "ambassador"))
    garden.pages += [pair.get_absolute_url(), look.get_absolute_url(), f"{look.get_absolute_url()}prepare/"]
    garden.pages += [f"{one.get_absolute_url()}prepare/" for one in FirstLook.objects.filter(status="preparing")]
    garden.pages += [one.get_absolute_url() for one in FirstLook.objects.filter(status="preparing")]


def in_a_hidden_space(garden: Garden) -> None:
    """What was sent there stays there, but for what the support team is to look after."""
    cast, team, friend = garden.cast, make.person("Tom Team", is_staff=True), make.ambassador("Hope Hidden")
    space = making.micro(cast.ambassador, name="Quiet kitchen", openness="hidden")
    for person in (team, friend):
        making.join(space, person)
    title = garden.canary("welcome.FirstLook.title", "ambassador")
    pair = looking.pair(team, cast.ambassador, friend, in_space=space, title=title)
    words = garden.canary("welcome.LookAnswer.words", "ambassador")
    better = garden.canary("welcome.LookAnswer.words", "ambassador", *TEAM)
    looking.write(pair, cast.ambassador, a1=words, a4=better)
    looking.answering.send_answers(pair, by=cast.ambassador)
    one = Improvement.objects.get(answer__pair=pair)
    garden.fields[better] = "welcome.Improvement.words"
    improving.put_off(one, by=team, note=garden.canary("welcome.Improvement.note_to_authors", "ambassador", *TEAM))
    garden.pages += [pair.look.get_absolute_url(), pair.get_absolute_url(), one.get_absolute_url()]
