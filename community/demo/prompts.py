"""Working out loud in the demo: a series that has run for weeks, one with its first answers in, one that waits for its facilitator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from ambassadors.models import User
from discussions import workflow
from discussions.models import Post, Prompt, PromptRound, Responder, Space, Thread
from discussions.prompts import following_up, lineup, planning, rounds

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BENCH = (
    "<p>One to three things you are working on this week. A project, a meeting, a conversation you have been putting off: a line each is plenty.</p>"
    "<p>Somebody here is very likely busy with the same.</p>"
)
FAMILIES = "<p>One question you put to a family this month, and what you did with the answer.</p>"
HANDOVER = "<p>What have you written down lately so that somebody after you will find it?</p>"
# Who answered how many hours after the opening (before it: one of the first), with what.
FIRST_ROUND = [
    (
        "Kofi",
        -2,
        "A timetable for the summer that does not begin with the rooms we happen to have. And finding two people for the late shift.",
    ),
    ("Delphine", -1, "Writing down what good supervision looks like here, in one page. It is page four that worries me."),
    ("Thaddeus", 3, "Taking eleven indicators out of a report. Nobody has noticed the first five yet."),
    ("Saoirse", 20, "Visiting three nurseries before breakfast. I ask each what they have stopped doing."),
]
LAST_ROUND = [
    (
        "Priya",
        -2,
        "A survey in four questions instead of forty, with a school that agreed to read every answer aloud in a staff meeting.",
    ),
    (
        "Desmond",
        -1,
        "A tender in which small organisations may say what it costs. Legal has it. I am stuck on what we do when the prices differ threefold.",
    ),
    (
        "Guðrún",
        2,
        "The road to our furthest village is closed, so the choir meets by telephone. I had not expected it to work, and it does.",
    ),
    (
        "Wanjala",
        6,
        "Moving the attendance sheet from paper to a phone that two of us can mend. Also: a meeting about not having meetings.",
    ),
    ("Mei-Ling", 27, "We made the first month of supervision unhurried. Nobody has left since spring, which is new for us."),
    ("Tomasz", 50, "Reading our own grant letters as if I were the one who gets them. They need work."),
]


def work_out_loud(by: User) -> None:
    """Let the series run, with what people answered and what became of it."""
    _the_bench(by)
    _questions_for_families()
    _handing_over()


def _the_bench(by: User) -> None:
    """Every other week in a topic: two rounds are past, the next is lined up, and answers wait on the follow-up desk."""
    space = Space.objects.get(name="Working out loud")
    today = timezone.localdate()
    prompt = planning.start_prompt(
        space, by=by, title="What is on your bench?", text=BENCH, every=2, starts_on=today - 32 * DAY, time_zone=by.time_zone
    )
    winter = today.replace(month=12, day=20)
    planning.add_break(prompt, by=by, first_day=winter, last_day=winter + 14 * DAY, name="The quiet weeks")
    first = _past(prompt, 32, FIRST_ROUND)
    for post in Post.objects.filter(thread=first, number__gt=1).select_related("author", "thread__space"):
        following_up.settle(post, by=by)
    last = _past(prompt, 4, LAST_ROUND)
    planning.wish(prompt, by=_called("Priya"), wants_mail=True, recalls=True)
    _follow_up(last, by)
    planning.plan_next(prompt.pk)
    _line_up(PromptRound.objects.get(prompt=prompt, status="planned"), by, yes=["Kwabena"], no=["Hinemoa"], silent=["Caleb"])


def _follow_up(last: Thread, by: User) -> None:
    """What the facilitator did with the answers: one is due, one comes later, one has been said, one needed nothing; two wait."""
    said = {
        str(post.author): post for post in Post.objects.filter(thread=last, number__gt=1).select_related("author", "thread__space")
    }
    answer = {name.split()[0]: post for name, post in said.items()}
    due = following_up.plan(answer["Priya"], by=by, kind="ask", text="How did the reading aloud go, and who was in the room?")
    type(due).objects.filter(pk=due.pk).update(due_at=timezone.now() - 3 * HOUR)
    words = "I would like to hear what legal said, when they have said it. Shall I ask around who has been through this?"
    following_up.plan(answer["Desmond"], by=by, kind="help", text=words, due_at=timezone.now() + 6 * DAY)
    praise = "Nobody since spring: that deserves a moment. What did you take away to make the month unhurried?"
    cheer = following_up.plan(answer["Mei-Ling"], by=by, kind="celebrate", is_public=True, text=praise)
    following_up.send(cheer, by=by)
    following_up.settle(answer["Wanjala"], by=by)


def _questions_for_families() -> None:
    """A monthly one in a micro-community, in its private hours: one has answered, one has not yet."""
    space, ngozi = Space.objects.get(name="Three questions for every family"), _called("Ngozi")
    tomorrow = timezone.localtime(timezone.now() + 4 * HOUR)
    prompt = planning.start_prompt(
        space,
        by=ngozi,
        title="One question, one answer",
        text=FAMILIES,
        unit=Prompt.Unit.MONTHS,
        starts_on=tomorrow.date(),
        at=tomorrow.time().replace(second=0, microsecond=0),
        time_zone=timezone.get_default_timezone_name(),
        private_hours=6,
    )
    one = PromptRound.objects.get(prompt=prompt)
    _line_up(one, ngozi, yes=["Tomasz", "Priya"], no=[], silent=[])
    rounds.begin_private_hours(one.pk, timezone.now())
    one.refresh_from_db()
    words = "“What would you tell the next family?” One father said: bring a charger. We put sockets where people wait."
    workflow.reply(_thread(one), by=_called("Tomasz"), body=words)


def _handing_over() -> None:
    """One in a closed micro-community for which nobody agreed in time: it waits for its facilitator."""
    space, desmond = Space.objects.get(name="After the election"), _called("Desmond")
    prompt = planning.start_prompt(
        space,
        by=desmond,
        title="Written down for whoever comes next",
        text=HANDOVER,
        starts_on=timezone.localdate() - DAY,
        time_zone="UTC",
    )
    PromptRound.objects.filter(prompt=prompt).delete()
    one = planning.plan_next(prompt.pk, timezone.now() - 2 * DAY)
    assert one is not None  # noqa: S101  its first day lies between
    rounds.begin_private_hours(one.pk, timezone.now())


def _past(prompt: Prompt, days: int, answers: list[tuple[str, int, str]]) -> Thread:
    """One round that took place so many days ago, from its planning to its answers; nobody is mailed about it any more."""
    PromptRound.objects.filter(prompt=prompt, status="planned").delete()
    one = planning.plan_next(prompt.pk, timezone.now() - (days + 1) * DAY)
    assert one is not None  # noqa: S101  the schedule has this day
    opening = one.opens_at
    assert prompt.facilitator is not None  # noqa: S101  it was begun by somebody
    _line_up(one, prompt.facilitator, yes=[name for name, hours, _words in answers if hours < 0], no=[], silent=[])
    rounds.begin_private_hours(one.pk, opening - HOUR)
    one.refresh_from_db()
    thread = _thread(one)
    _say(thread, (line for line in answers if line[1] < 0))
    rounds.open_when_due(one.pk, opening)
    PromptRound.objects.filter(pk=one.pk).update(opened_at=opening, told_at=opening)
    Responder.objects.filter(round=one).update(asked_at=opening - 5 * DAY, said_at=opening - 4 * DAY)
    thread.refresh_from_db()
    _say(thread, (line for line in answers if line[1] >= 0))
    _put_in_time(thread, opening, answers)
    return thread


def _say(thread: Thread, lines: Iterable[tuple[str, int, str]]) -> None:
    for name, _hours, words in lines:
        workflow.reply(thread, by=_called(name), body=words)


def _put_in_time(thread: Thread, opening: datetime, answers: list[tuple[str, int, str]]) -> None:
    """Move what was said to when it would have been said."""
    now = timezone.now()
    for number, hours in enumerate([-3, *(hours for _name, hours, _words in answers)], start=1):
        at = min(opening + hours * HOUR, now)
        Post.objects.filter(thread=thread, number=number).update(posted_at=at, told_at=at)
        Thread.objects.filter(pk=thread.pk).update(started_at=opening, last_post_at=max(at, opening))


def _line_up(one: PromptRound, by: User, *, yes: list[str], no: list[str], silent: list[str]) -> None:
    for name in [*yes, *no, *silent]:
        responder = lineup.ask(one, _called(name), by=by)
        if name in yes:
            lineup.accept(responder, by=responder.person, word="Gladly." if name == "Kwabena" else "")
        elif name in no:
            lineup.decline(responder, by=responder.person, word="I am on the road that day. Ask me for the one after.")


def _thread(one: PromptRound) -> Thread:
    assert one.thread is not None  # noqa: S101  it has begun
    return one.thread


def _called(first_name: str) -> User:
    person: User = User.objects.get(name__startswith=f"{first_name} ")
    return person
