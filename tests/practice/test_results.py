"""What a round shows: how answers spread, who agrees, what moved; and what it never shows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from practice.results.reading import results_of
from practice.results.statistics import Spread, together
from tests import make
from tests.practice import practising

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    person = make.person("Ada Berg")
    client.force_login(person)
    return person


def at(held, module=""):
    return (
        reverse("practice:module-results", args=[held.pk, module])
        if module
        else reverse("practice:session-results", args=[held.pk])
    )


def row_of(page: str, code: str) -> list[str]:
    """The cells of a proof point in the table of a module."""
    import re  # here: only this reads a table

    found = re.search(rf'<th scope="row">{re.escape(code)} .*?</th>(.*?)</tr>', page, re.DOTALL)[1]
    return [cell.strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", found, re.DOTALL)]


@pytest.mark.parametrize(
    ("counts", "median", "agreement"),
    [
        ((5, 0, 0, 0, 0), 1, 1.0),
        ((5, 0, 0, 0, 5), 3, 0.0),
        ((0, 0, 4, 0, 0), 3, 1.0),
        ((1, 1, 1, 1, 1), 3, 0.434),  # worked out by hand: 1 + (2 log2(1/2) + 2 log2(3/4)) / 5
        ((2, 1, 0, 1, 2), 3, 0.195),  # 1 + (4 log2(1/2) + 2 log2(3/4)) / 6 = 1 - 4/6 - 0.138
        ((2, 2, 0, 0), 1.5, 0.737),
    ],
)
def test_the_middle_and_the_agreement_are_as_their_source_says(counts, median, agreement):
    spread = Spread(counts)

    assert (spread.median, round(spread.agreement, 3)) == (median, agreement)
    assert (Spread(counts[::-1]).agreement, together([spread, spread]).agreement) == pytest.approx((spread.agreement,) * 2)


def test_two_proof_points_of_one_mean_and_opposite_spread_are_told_apart(client, ada):
    practising.instrument(practising.SMALL.replace("A little, Mostly", "A little, About half, Mostly"))
    held = practising.session(ada, people=6)
    practising.answered(held, {"list-is-open": [1, 1, 1, 5, 5, 5], "rule-is-written": [2, 3, 3, 3, 3, 4]})
    practising.closed(held, ada)

    page = client.get(at(held)).text

    agreed, apart = results_of(held).twins
    assert (apart.point.key, agreed.point.key) == ("list-is-open", "rule-is-written")
    assert (apart.spread.mean, agreed.spread.mean) == (3.0, 3.0)
    assert "The same mean, and not the same at all" in page
    assert "mean 3.0, agreement 0.00" in page
    cells = row_of(client.get(at(held, "lending")).text, "1.1.1")
    assert cells[:9] == ["3", "0", "0", "0", "3", "0", "0", "3.0", "0.00"]


@pytest.mark.row("G2")
def test_one_module_alone_gives_a_whole_report(client, ada):
    held = practising.session(ada, modules=["listening"], people=4)
    practising.answered(
        held, {"asked-last-year": [4, 4, 4, 4], "changed-a-rule": [1, 4, 1, 4]}, weights={"ask-borrowers": [3, 3, 2, 3]}
    )
    practising.closed(held, ada)

    first, module = client.get(at(held)), client.get(at(held, "listening"))

    assert (first.status_code, module.status_code, client.get(at(held, "lending")).status_code) == (200, 200, 404)
    assert "Of 2 proof points you are of one mind on 1 and apart on 1." in first.text
    assert "4 of 4 people answered." in first.text
    assert row_of(module.text, "2.1.1")[:4] == ["0", "0", "0", "4"]
    assert "We lend fairly" not in first.text + module.text


@pytest.mark.parametrize(("people", "is_shown"), [(3, False), (4, True)])
def test_three_answers_show_nothing_and_four_show_how_they_spread(client, ada, people, is_shown):
    held = practising.session(ada, people=5)
    practising.answered(held, {"list-is-open": [1, 2, 4, 4][:people], "asked-last-year": [1, 2, 3, 4]})
    assert client.get(at(held)).status_code == 302  # and nothing at all before it is closed
    practising.closed(held, ada)

    page = client.get(at(held, "lending")).text

    shown = row_of(page, "1.1.1")
    assert shown[:4] == ["1", "1", "0", "2"] if is_shown else shown == ["too few answers"]
    assert "Person" not in page + client.get(at(held)).text  # and never a name


def test_notes_stand_without_names_where_it_is_anonymous_and_with_them_where_it_is_open(client, ada):
    notes = [(1, "Zither by the door."), (2, "A list? Where?"), 3, 4]
    for openness, named in (("anonymous", False), ("open", True)):
        held = practising.session(ada, openness=openness, people=4)
        practising.answered(held, {"list-is-open": notes, "rule-is-written": [(1, "Nobody else says so."), None, None, None]})
        practising.closed(held, ada)
        page = client.get(at(held, "lending")).text
        assert page.index("A list? Where?") < page.index("Zither by the door.")  # by their letters, not by who was first
        assert ("Person 1" in page, "Nobody else says so." in page) == (named, named)
        assert ("Person 2: A little" in page) == named


def test_an_open_session_can_be_read_while_it_runs_and_alone(client, ada):
    held = practising.session(ada, openness="open", people=1)
    practising.answered(held, {"list-is-open": [3]})

    page = client.get(at(held, "lending"))

    assert (page.status_code, row_of(page.text, "1.1.1")[:4]) == (200, ["0", "0", "1", "0"])


@pytest.mark.row("G4")
def test_rounds_on_two_editions_show_change_for_what_both_ask_and_name_the_rest(client, ada):
    first = practising.session(ada, people=4)
    practising.answered(first, {"list-is-open": [1, 1, 2, 2], "rule-is-written": [2, 2, 2, 2], "vests-for-all": [3, 3, 3, 3]})
    practising.closed(first, ada)
    newer = practising.SMALL.replace(
        '{key: rule-is-written, text: "One page says who may borrow, and new members were shown it."}',
        '{key: rule-is-known, text: "Three members picked at random can say who may borrow."}',
    )
    practising.instrument(newer)
    second = practising.session(ada, follows=first, people=4)
    assert second.instrument_edition != first.instrument_edition
    practising.answered(second, {"list-is-open": [3, 3, 2, 2], "rule-is-known": [1, 1, 1, 1], "vests-for-all": [3, 3, 3, 3]})
    practising.closed(second, ada)

    page, module = client.get(at(second)).text, client.get(at(second, "lending")).text

    assert "from 1.5 to 2.5" in page
    gone = page.partition("Not compared with last time")[2]
    assert ("Three members picked at random" in gone, "One page says who may borrow" in gone, "who borrowed what" in gone) == (
        True,
        True,
        False,
    )
    assert (row_of(module, "1.1.1")[-1], row_of(module, "1.1.2")[-1], row_of(module, "1.2.2")[-1]) == ("+1.0", "", "0.0")


def test_a_change_is_not_shown_where_one_of_the_two_rounds_had_too_few(client, ada):
    first = practising.session(ada, people=4)
    practising.answered(first, {"list-is-open": [1, 1, 2], "vests-for-all": [3, 3, 3, 3]})
    practising.closed(first, ada)
    second = practising.session(ada, follows=first, people=4)
    practising.answered(second, {"list-is-open": [3, 3, 2, 2], "vests-for-all": [3, 3, 3, 3]})
    practising.closed(second, ada)

    module = client.get(at(second, "lending")).text

    assert (row_of(module, "1.1.1")[-1], row_of(module, "1.2.2")[-1]) == ("", "0.0")


def test_nothing_is_summed_up_and_nobody_is_ranked(client, ada):
    held = practising.session(ada, people=4)
    practising.answered(held, {"list-is-open": [1, 1, 2, 2], "asked-last-year": [4, 4, 4, 4]})
    practising.closed(held, ada)

    page = client.get(at(held)).text.lower()

    assert "no total" in page
    assert not any(word in page for word in ("score", "ranking", "grade", "badge", "percentile", "out of 10"))


def test_modules_and_principles_have_the_numbers_that_their_names_say(ada):
    first = practising.session(ada, people=4)
    practising.answered(first, {"list-is-open": [1] * 4, "rule-is-written": [2] * 4, "asked-last-year": [4] * 4})
    practising.closed(first, ada)
    second = practising.session(ada, follows=first, people=5)
    said = {
        "list-is-open": [3, 3, 3, 3, "don't know"],
        "rule-is-written": [3] * 4,
        "boats-are-checked": [2] * 4,
        "vests-for-all": [1, 1, 4, 4, "don't know"],
        "asked-last-year": [1] * 4 + ["not ours"],
        "changed-a-rule": [*[2] * 4, "don't know"],
    }
    practising.answered(second, said, weights={"lend-fairly": [3] * 4, "lend-safely": [2] * 4, "ask-borrowers": [3] * 4})
    practising.closed(second, ada)

    results = results_of(second, since=first)
    lending, listening = results.modules
    fair, safe = lending.principles

    assert (lending.mean, lending.moved, lending.before) == (2.625, 1.5, 1.125)  # of four proof points; of two
    assert (listening.mean, listening.moved, lending.people, listening.people) == (1.5, -3.0, 5, 5)
    assert [round(one.gap, 3) for one in (fair, safe)] == [0.333, 0.083]  # 3 of 3 against 3 of 4; 2 of 3 against 2.25 of 4
    assert [one.principle.key for one in results.wanting] == ["ask-borrowers", "lend-fairly"]
    assert [one.point.key for one in results.moved] == ["asked-last-year", "list-is-open", "rule-is-written"]
    assert (results.minds.one, results.minds.mixed, results.minds.apart, results.minds.hidden) == (5, 0, 1, 0)
    assert [one.point.key for one in results.strongest] == ["list-is-open", "rule-is-written", "boats-are-checked"]
    assert [one.point.key for one in results.weakest] == ["asked-last-year", "boats-are-checked", "changed-a-rule"]
    assert [one.point.key for one in results.most_apart] == ["vests-for-all"]
    assert results.twins is None  # half a place lies between the means of what they agree and of what they differ on
    assert results_of(second, since=first, modules=["listening"]).modules == (listening,)


def test_who_does_not_know_is_a_third_of_those_who_said_something(ada):
    held = practising.session(ada, people=7)
    two, one = ["don't know"] * 2, ["don't know"]
    practising.answered(
        held,
        {
            "list-is-open": [1, 2, 3, 4, *two],  # two of six
            "rule-is-written": [1, 2, 3, 4, "not ours", *two],  # two of seven
            "boats-are-checked": [1, 2, 3, 4, *one],
            "vests-for-all": [1, 2, 3, 4, *two, "don't know"],  # three of seven
        },
    )
    practising.closed(held, ada)
    assert [one.point.key for one in results_of(held).unknown] == ["vests-for-all", "list-is-open"]


def test_an_anonymous_round_ties_no_answer_to_another_and_is_read_by_nobody_while_it_runs(ada):
    held = practising.session(ada, people=4)
    practising.answered(held, {"list-is-open": [1, 2, (3, "zebra"), (4, "Apple")]})
    with pytest.raises(ValueError, match="before it is closed"):
        results_of(held)
    practising.closed(held, ada)

    point = results_of(held, has_words=True).points[0]
    assert (point.answers, [(note.words, note.by) for note in point.notes]) == ((), [("Apple", ""), ("zebra", "")])
    assert results_of(held).points[0].notes == ()


def test_rounds_on_two_scales_and_modules_that_only_one_asked_are_not_compared(ada):
    first = practising.session(ada, people=4, modules=["lending"])
    practising.answered(first, {"list-is-open": [1] * 4})
    practising.closed(first, ada)
    practising.instrument(practising.SMALL.replace("A little, Mostly", "A little, About half, Mostly"))
    second = practising.session(ada, follows=first, people=4)
    practising.answered(second, {"list-is-open": [5] * 4, "asked-last-year": [5] * 4})
    practising.closed(second, ada)

    results = results_of(second, since=first)
    assert [(one.point.key, one.before) for one in results.points] == [("list-is-open", None), ("asked-last-year", None)]
    assert [one.key for one in results.unmapped] == ["asked-last-year", "changed-a-rule"]
