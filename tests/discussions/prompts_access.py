from discussions import workflow
from discussions.models import FollowUp, Piece, Post, Prompt, PromptBreak, PromptRound, PromptWish, Responder
from discussions.prompts import following_up, lineup, planning, rounds
from tests import make
from tests.access import LOGIN, Row
from tests.discussions import making, prompting


def prompt_of(cast, **fields) -> Prompt:
    """A series in a hidden micro-community of the ambassador's."""
    return prompting.series(making.micro(cast.ambassador, openness="hidden"), cast.ambassador, **fields)


def series(cast) -> dict:
    return {"pk": prompt_of(cast).pk}


def paused(cast) -> dict:
    prompt = prompt_of(cast)
    planning.pause(prompt, by=cast.ambassador)
    return {"pk": prompt.pk}


def a_round(cast) -> dict:
    return {"pk": prompting.next_round(prompt_of(cast, minimum=0)).pk}


def a_break(cast) -> dict:
    prompt = prompt_of(cast)
    return {"pk": PromptBreak.objects.create(prompt=prompt, first_day="2027-02-01", last_day="2027-02-14").pk}


def asked(cast) -> dict:
    """The ambassador asked by somebody else, in whose hidden space they sit."""
    leader = make.ambassador("Lena Leader")
    space = making.micro(leader, openness="hidden")
    making.join(space, cast.ambassador)
    one = prompting.next_round(prompting.series(space, leader))
    return {"pk": lineup.ask(one, cast.ambassador, by=leader).pk}


def asking(cast) -> dict:
    """Somebody whom the ambassador asked."""
    prompt = prompt_of(cast)
    person = making.join(prompt.space, make.ambassador("Mira Moss"))
    return {"pk": lineup.ask(prompting.next_round(prompt), person, by=cast.ambassador).pk}


def round_with_mira(cast) -> dict:
    prompt = prompt_of(cast)
    making.join(prompt.space, make.ambassador("Mira Moss"))
    return {"pk": prompting.next_round(prompt).pk}


def new_series(cast) -> dict:
    from discussions.models import Space

    return {
        "space": Space.objects.get(slug="winter-school").pk,
        "title": "On the bench",
        "text": "What are you working on?",
        "every": "1",
        "unit": "weeks",
        "starts_on": "2027-01-07",
        "at": "09:00",
        "time_zone": "Europe/London",
        "private_hours": "3",
        "minimum": "2",
        "reach": "everybody",
    }


def led(cast) -> dict:
    making.micro(cast.ambassador)
    return {}


def led_and_topic(cast) -> dict:
    making.topic()
    return led(cast)


def statuses() -> list[str]:
    return list(Prompt.objects.values_list("status", flat=True))


def round_states() -> list[tuple]:
    return list(PromptRound.objects.values_list("status", "opens_at", "text"))


def responder_states() -> list[str]:
    return list(Responder.objects.values_list("status", flat=True))


def an_answer(cast) -> dict:
    """What somebody said to an open round of the ambassador's."""
    prompt = prompt_of(cast, minimum=0)
    person = making.join(prompt.space, make.ambassador("Mira Moss"))
    thread = rounds.open_now(prompting.next_round(prompt), by=cast.ambassador)
    return {"pk": workflow.reply(thread, by=person, body="Two interviews.").pk}


def planned(cast) -> dict:
    post = Post.objects.get(pk=an_answer(cast)["pk"])
    return {"pk": following_up.plan(post, by=cast.ambassador, kind="ask", text="How did it go?").pk}


def follow_ups() -> list[str]:
    return list(FollowUp.objects.values_list("status", flat=True))


def a_piece(cast) -> dict:
    return {"pk": Piece.objects.create(title="Two doors", words="Which way do you lean?").pk}


def piece_and_round(cast) -> dict:
    a_round(cast)
    return a_piece(cast)


THEIRS = (LOGIN, 200, 404, 403, LOGIN, 404, 404)
POSTED = (LOGIN, 302, 404, 403, LOGIN, 404, 404)

#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:piece-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row(
        "discussions:piece-use",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=piece_and_round,
        data=lambda cast: {"round": PromptRound.objects.get().pk},
        state=round_states,
    ),
    Row("discussions:prompt-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("discussions:prompt-start", (LOGIN, 200, 403, 403, LOGIN, 403, 403), build=led, state=Prompt.objects.count),
    # Staff begin series in topics; a micro-community that they do not lead is no choice for them, so their form comes back.
    Row(
        "discussions:prompt-start",
        (LOGIN, 302, 403, 403, LOGIN, 403, 403),
        method="post",
        build=led,
        data=new_series,
        state=Prompt.objects.count,
    ),
    Row("discussions:prompt-detail", THEIRS, build=series),
    Row("discussions:prompt-edit", THEIRS, build=series),
    Row("discussions:prompt-pause", POSTED, method="post", build=series, state=statuses),
    Row("discussions:prompt-resume", POSTED, method="post", build=paused, state=statuses),
    Row("discussions:prompt-end", POSTED, method="post", build=series, state=statuses),
    Row(
        "discussions:prompt-wish",
        POSTED,
        method="post",
        build=series,
        data=lambda cast: {"wants_mail": "on", "recalls": "on"},
        state=PromptWish.objects.count,
    ),
    Row(
        "discussions:break-add",
        POSTED,
        method="post",
        build=series,
        data=lambda cast: {"first_day": "2027-02-01", "last_day": "2027-02-14", "name": "Half-term"},
        state=PromptBreak.objects.count,
    ),
    Row("discussions:break-remove", POSTED, method="post", build=a_break, state=PromptBreak.objects.count),
    Row("discussions:round-detail", THEIRS, build=a_round),
    Row(
        "discussions:round-edit",
        POSTED,
        method="post",
        build=a_round,
        data=lambda cast: {"text": "What did you learn?"},
        state=round_states,
    ),
    Row("discussions:round-open", POSTED, method="post", build=a_round, state=round_states),
    Row(
        "discussions:round-put-off",
        POSTED,
        method="post",
        build=a_round,
        data=lambda cast: {"day": "2099-01-10", "at": "10:00"},
        state=round_states,
    ),
    Row("discussions:round-call-off", POSTED, method="post", build=a_round, state=round_states),
    Row(
        "discussions:responder-ask",
        POSTED,
        method="post",
        build=round_with_mira,
        data=lambda cast: {"name": "Mira Moss"},
        state=Responder.objects.count,
    ),
    Row("discussions:responder-detail", THEIRS, build=asked),
    Row("discussions:responder-accept", POSTED, method="post", build=asked, state=responder_states),
    Row("discussions:responder-decline", POSTED, method="post", build=asked, state=responder_states),
    Row("discussions:follow-up-list", (LOGIN, 200, 403, 403, LOGIN, 200, 200), build=led_and_topic),
    Row("discussions:follow-up-start", THEIRS, build=an_answer),
    Row(
        "discussions:follow-up-start",
        POSTED,
        method="post",
        build=an_answer,
        data=lambda cast: {"kind": "ask", "text": "How did it go?"},
        state=follow_ups,
    ),
    Row("discussions:follow-up-settle", POSTED, method="post", build=an_answer, state=follow_ups),
    Row("discussions:follow-up-send", POSTED, method="post", build=planned, state=follow_ups),
    Row("discussions:follow-up-drop", POSTED, method="post", build=planned, state=follow_ups),
    Row("discussions:responder-release", POSTED, method="post", build=asking, state=responder_states),
]
