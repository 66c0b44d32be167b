"""The library of conversation pieces: what is marked as used, for whom, and how long."""

from __future__ import annotations

import re

import pytest

from discussions.models import Piece, PieceUse, Prompt, PromptRound
from discussions.prompts import planning, rounds
from discussions.prompts.pieces import choosing
from discussions.prompts.pieces.defaults import PIECES, fill_pieces
from foundation.models import Community, Topic
from foundation.richtext import to_plain
from tests.discussions import making, prompting

pytestmark = pytest.mark.django_db
LIST = "/discussions/prompts/pieces/"


@pytest.fixture
def two_doors() -> Piece:
    return Piece.objects.create(title="Two doors", words="Which way do you lean?\n\nSay it in a line.", stage="getting going")


@pytest.fixture
def stuck() -> Piece:
    return Piece.objects.create(title="Where I am stuck", words="In one sentence.", stage="in full swing")


def marked(client, query: str = "") -> dict[str, str]:
    """What stands on the page about each piece: its title, and what is said of its last use."""
    page = client.get(LIST + query).content.decode()
    cards = re.findall(r'id="piece-\d+">(.*?)</li>', page, re.DOTALL)
    return {
        re.search(r'card__title">(.*?)<', card)[1]: re.sub(
            r"\s+", " ", re.sub(r"<[^>]+>", "", "".join(re.findall(r'card__meta">(.*?)</p>', card, re.DOTALL)))
        ).strip()
        for card in cards
    }


@pytest.mark.row("C7")
def test_a_piece_that_was_asked_of_late_is_marked_when_choosing(client, alice, two_doors, stuck):
    """Chosen by stage and put into a round, it is marked for so many months as the support team says."""
    prompt = prompting.series(making.micro(alice), alice, minimum=0)
    one = prompting.next_round(prompt)
    client.force_login(alice)
    assert marked(client, f"?round={one.pk}&stage=getting+going") == {"Two doors": ""}

    client.post(f"{LIST}{two_doors.pk}/use/", {"round": one.pk})

    one.refresh_from_db()
    assert to_plain(one.text) == "Which way do you lean?\n\nSay it in a line."
    with prompting.at("2026-12-01T09:00+00:00"):
        client.force_login(alice)
        assert marked(client) == {
            "Two doors": "planned 7 January 2027, in Winter school, chosen by Alice Amadi",
            "Where I am stuck": "",
        }
    prompting.tick("2027-01-07T09:30+00:00")
    for month, said in (("2027-07-07", "used of late 7 January 2027, in Winter school, chosen by Alice Amadi"), ("2027-07-08", "")):
        with prompting.at(f"{month}T07:00+00:00"):
            client.force_login(alice)
            assert marked(client)["Two doors"] == said
    Community.found()
    Community.objects.update(pieces_rest=8)
    Community.objects.get().save()
    with prompting.at("2027-07-08T07:00+00:00"):
        client.force_login(alice)
        assert marked(client)["Two doors"] == "used of late 7 January 2027, in Winter school, chosen by Alice Amadi"


def test_what_others_ask_in_spaces_one_does_not_read_marks_nothing(client, alice, bob, two_doors):
    prompt = prompting.series(making.micro(alice), alice, minimum=0)
    choosing.use_in_round(two_doors, prompting.next_round(prompt), by=alice)
    client.force_login(bob)

    assert marked(client) == {"Two doors": ""}
    making.join(prompt.space, bob)
    assert marked(client) == {"Two doors": "planned 7 January 2027, in Winter school, chosen by Alice Amadi"}


def test_a_round_that_asks_something_else_after_all_frees_its_piece(alice, two_doors, stuck):
    one = prompting.next_round(prompting.series(making.micro(alice), alice, minimum=0))
    choosing.use_in_round(two_doors, one, by=alice)
    choosing.use_in_round(stuck, one, by=alice)
    assert list(PieceUse.objects.values_list("piece__title", flat=True)) == ["Where I am stuck"]

    rounds.edit_round(PromptRound.objects.get(pk=one.pk), by=alice, text="")

    assert PieceUse.objects.count() == 0


def test_a_round_that_is_called_off_marks_nothing(alice, two_doors):
    one = prompting.next_round(prompting.series(making.micro(alice), alice, minimum=0))
    choosing.use_in_round(two_doors, one, by=alice)
    rounds.call_off(one, by=alice)

    assert [row.use for row in choosing.offered(alice, [two_doors])] == [None]


def test_a_series_begins_with_a_piece(client, alice, two_doors):
    """It marks the piece by the latest round that asks the words of the series."""
    space = making.micro(alice)
    client.force_login(alice)
    with prompting.at(prompting.MONDAY):
        client.force_login(alice)
        form = client.get(f"/discussions/prompts/new/?space={space.slug}&piece={two_doors.pk}").context["form"]
        said = {name: form[name].value() for name in form.fields} | {"at": "09:00", "time_zone": "Europe/London", "space": space.pk}
        client.post(f"/discussions/prompts/new/?piece={two_doors.pk}", said | {"starts_on": "2027-01-07"})

    assert (Prompt.objects.get().title, Prompt.objects.get().facilitator) == ("Two doors", alice)
    with prompting.at(prompting.MONDAY):
        [row] = choosing.offered(alice, [two_doors])
        assert (row.use.asked_at, row.is_to_come) == (PromptRound.objects.get().opens_at, True)


def test_a_library_that_somebody_has_begun_is_left_alone(two_doors):
    assert fill_pieces() == 0
    Piece.objects.all().delete()
    assert (fill_pieces(), len({words for _stage, _title, words in PIECES})) == (len(PIECES), len(PIECES))
    assert len(PIECES) >= 20


def test_pieces_by_topic(client, alice, two_doors, stuck):
    topic = Topic.objects.create(name="Budgets")
    Piece.objects.filter(pk=stuck.pk).update(topic=topic)
    client.force_login(alice)

    assert list(marked(client, f"?topic={topic.pk}")) == ["Where I am stuck"]
    Piece.objects.filter(pk=stuck.pk).update(is_offered=False)
    assert list(marked(client)) == ["Two doors"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(client, alice, rows, django_assert_num_queries):
    space = making.micro(alice)
    for number in range(rows):
        piece = Piece.objects.create(title=f"Piece {number}", words="What now?", position=number)
        planning.start_prompt(space, by=alice, piece=piece, **prompting_fields())
    client.force_login(alice)
    client.get(LIST)

    with django_assert_num_queries(9):
        answer = client.get(LIST)

    assert len([row for row in answer.context["rows"] if row.use]) == rows


def prompting_fields() -> dict:
    return {
        "title": "On the bench",
        "text": "<p>One thing.</p>",
        "starts_on": prompting.MONDAY.date(),
        "time_zone": "Europe/London",
    }
