"""Quartiles of what organisations agreed to share: what is shown to whom, and what attackers learn of one of them."""

from __future__ import annotations

import itertools
import re
import threading
from collections import defaultdict
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from foundation import privacy_export
from foundation.models import HistoryEntry
from practice.benchmark import workflow
from practice.benchmark.quartiles import on_grid, quartiles_of
from practice.benchmark.sharing import values_of
from practice.models import (
    BenchmarkConsent,
    BenchmarkFigure,
    BenchmarkShare,
    LearningSession,
    PracticeAdministrator,
    PracticeOrganization,
)
from tests import make
from tests.practice import benchmarking, practising
from tests.products import publishing
from tests.races import at_once

pytestmark = pytest.mark.django_db
SEVEN = (1.5, 2, 2.5, 2.5, 3, 3.5, 4)
EIGHT = (*SEVEN, 3)


@pytest.fixture
def edition():
    return practising.instrument()


@pytest.fixture
def ada(client):
    person = make.person("Ada Berg")
    client.force_login(person)
    return person


def at(held, act=""):
    return reverse(f"practice:benchmark-{act or 'detail'}", args=[held.pk])


def cells(page: str) -> list[list[str]]:
    from bs4 import BeautifulSoup  # here: only this reads a table

    return [
        [cell.get_text(strip=True) for cell in row.find_all("td")] for row in BeautifulSoup(page, "html.parser").select("tbody tr")
    ]


def test_an_organisation_agrees_sees_quartiles_beside_its_number_and_takes_it_back(client, ada, edition):
    held = benchmarking.own(ada, is_agreed=False)
    benchmarking.others(SEVEN, edition)

    page = client.get(at(held)).text
    assert ("one number a principle" in page, " checked" in page, "quartiles__box" in page) == (True, False, False)
    refused = client.post(at(held, "agree"), {})
    assert (refused.status_code, "Tick the box" in refused.text, BenchmarkConsent.objects.count()) == (422, True, len(SEVEN))
    client.post(at(held, "agree"), {"agrees": "on"})
    assert "one number a principle" in BenchmarkConsent.objects.get(organization=held.organization).words
    assert "Too few share theirs so far" in client.get(at(held)).text
    workflow.refresh_all()

    page = client.get(at(held)).text
    assert cells(page) == [["3.0", "2.5", "3.0", "3.5"], ["3.0"], ["3.0"]]
    assert "We ask those who borrow" in page.partition("Fewer than 8 organisations")[2]
    assert "8 organisations or more" in page
    assert "Other " not in page
    assert "1.5" not in page.partition("<main")[2], "the lowest stands nowhere"

    client.post(at(held, "withdraw"))
    page = client.get(at(held)).text
    assert "quartiles__box" not in page
    assert not BenchmarkShare.objects.filter(consent__organization=held.organization).exclude(value=None).exists()
    assert benchmarking.figure(edition) is None  # seven are too few


def test_nobody_sees_quartiles_who_shares_nothing_or_has_just_come(client, ada, edition):
    benchmarking.others(SEVEN, edition)
    young = benchmarking.own(ada, is_old=False)
    assert benchmarking.night(edition) is None  # it does not count either
    benchmarking.others([3], edition)
    assert benchmarking.night(edition) is not None
    assert ("quartiles__box" in client.get(at(young)).text, "30 days" in client.get(at(young)).text) == (False, True)
    PracticeOrganization.objects.filter(pk=young.organization_id).update(created_at=young.created_at - benchmarking.LONG_AGO)
    assert "quartiles__box" in client.get(at(young)).text
    second = benchmarking.own(ada, is_agreed=False, name="Quay Choir")
    assert "quartiles__box" not in client.get(at(second)).text  # another one of the same reader's

    benchmarking.withdraw(young)
    assert "quartiles__box" not in client.get(at(young)).text


def test_what_counts_is_what_four_people_or_more_have_answered_by_links_in_the_last_closed_round(ada, edition):
    fair, safe = practising.POINTS[:2], practising.POINTS[2]
    held = practising.session(ada, people=5, openness="open")
    practising.answered(held, {fair[0]: [2, 2, 3, 3, "don't know"], fair[1]: [4, 4, 4], safe: [1, 1, 1]})
    assert values_of(edition.instrument, [held.organization_id]) == {}  # it is not closed
    practising.closed(held, ada)
    assert values_of(edition.instrument, [held.organization_id])[held.organization_id] == {"lend-fairly": Decimal("2.5")}

    benchmarking.says(held, 4)
    assert values_of(edition.instrument, [held.organization_id])[held.organization_id] == {"lend-fairly": Decimal(4)}
    LearningSession.objects.filter(number=2).update(is_from_file=True)
    assert values_of(edition.instrument, [held.organization_id])[held.organization_id] == {"lend-fairly": Decimal("2.5")}


def test_editions_are_put_together_by_key_and_another_scale_is_not(edition):
    benchmarking.others(EIGHT, edition)
    newer = practising.instrument(practising.SMALL.replace("who borrowed what hangs", "whoever borrowed what hangs"))
    assert benchmarking.night(newer) == benchmarking.night(edition) == (2.5, 3.0, 3.5)

    BenchmarkFigure.objects.all().delete()
    practising.instrument(practising.SMALL.replace("A little, Mostly", "A little, About half, Mostly"))
    assert benchmarking.night(edition) is None


def test_organisations_that_share_people_count_once_through_others_too(edition):
    rounds = benchmarking.others(EIGHT, edition)
    first, second, third = (held.organization for held in rounds[:3])
    person = first.administrators.get().person
    seat = PracticeAdministrator.objects.create(organization=second, person=person)
    assert benchmarking.night(edition) is None
    seat.delete()

    LearningSession.objects.filter(organization=third).update(begun_by=person)  # who gave the seat away, and began it
    assert benchmarking.night(edition) is None
    LearningSession.objects.filter(organization=third).update(begun_by=None)

    other = second.administrators.get().person
    other.email = person.email.replace("@", "+again@")
    other.save()
    assert benchmarking.night(edition) is None  # two accounts of one mailbox
    other.email = "other@elsewhere.example"
    other.save()
    assert benchmarking.night(edition) is not None


def test_an_organisation_that_shares_nothing_ties_nobody_to_those_that_do(edition):
    rounds = benchmarking.others(EIGHT, edition)
    person = rounds[0].organization.administrators.get().person
    practising.organization(person, "Quay Choir")  # begun and run by the same person
    assert benchmarking.night(edition) is not None


def test_agreeing_and_taking_back_concern_one_organisation_and_are_written_down_once(client, ada, edition):
    rounds = benchmarking.others(EIGHT, edition)
    benchmarking.night(edition)
    held = rounds[0]
    person = held.organization.administrators.get().person
    for one in (held, rounds[1]):
        benchmarking.withdraw(one)
        benchmarking.withdraw(one)
    assert benchmarking.night(edition) is None  # the numbers of those who took theirs back are not taken again
    agreed = [benchmarking.agree(held, person) for _twice in range(2)]
    assert (agreed[0].agreed_at, agreed[0].withdrawn_at) == (agreed[1].agreed_at, None)
    assert BenchmarkConsent.objects.get(organization=rounds[1].organization).withdrawn_at is not None
    written = HistoryEntry.objects.filter(target_id=str(agreed[0].pk), verb__endswith="the benchmark").order_by("pk")
    assert list(written.values_list("verb", flat=True)) == ["withdrew from the benchmark", "agreed to the benchmark"]

    with pytest.raises(PermissionDenied):
        benchmarking.agree(rounds[1], ada)
    with pytest.raises(PermissionDenied):
        workflow.withdraw(agreed[0], by=ada)
    assert client.post(at(held, "agree"), {"agrees": "on"}).status_code == 404
    own = benchmarking.own(ada, is_agreed=False)
    assert "shares its numbers now" in client.post(at(own, "agree"), {"agrees": "on"}, follow=True).text
    assert "its numbers are forgotten" in client.post(at(own, "withdraw"), follow=True).text


def test_a_number_that_was_taken_back_is_not_taken_again_when_the_others_change(edition):
    rounds = benchmarking.others((*EIGHT, 2), edition)
    benchmarking.night(edition)
    benchmarking.withdraw(rounds[0])
    for held in rounds[1:5]:
        benchmarking.says(held, 4)
    assert benchmarking.night(edition) is not None
    assert BenchmarkFigure.objects.get(principle="lend-fairly").organizations == 8
    assert not BenchmarkShare.objects.filter(consent__organization=rounds[0].organization).exclude(value=None).exists()


def test_a_round_that_was_closed_before_rounds_were_counted_shares_nothing(ada, edition):
    held = benchmarking.own(ada)
    held.tally.delete()
    assert values_of(edition.instrument, [held.organization_id]) == {}


def test_each_instrument_is_agreed_to_and_compared_for_itself(client, ada, edition):
    river = practising.instrument(practising.SMALL.replace("harbour-check", "river-check").replace("The harbour", "The river"))
    benchmarking.others(SEVEN, edition), benchmarking.others([4] * 8, river)
    held = benchmarking.own(ada, edition=edition)
    benchmarking.own(ada, edition=river, name="River Club")
    second = benchmarking.says_of(river, held.organization, 2)
    for one in (edition, river):
        assert benchmarking.night(one) is not None

    assert cells(client.get(at(held)).text)[0] == ["3.0", "2.5", "3.0", "3.5"]
    assert cells(client.get(at(second)).text) == [["2.0"]]  # it has agreed to the other alone
    benchmarking.agree(second, ada)
    assert cells(client.get(at(second)).text) == [["2.0", "4.0", "4.0", "4.0"]]


def test_the_page_draws_what_was_answered_on_the_scale_and_in_the_words_of_today(client, ada, edition):
    held = benchmarking.own(ada)
    benchmarking.says(held, 3)  # and of two principles nothing any more
    benchmarking.others(SEVEN, edition)
    benchmarking.night(edition)
    page = client.get(at(held)).text
    assert [cell[0] for cell in cells(page)] == ["3.0"]
    assert ('x="50" y="0.7" width="33.33"' in page, 'x1="66.67" y1="0.2"' in page, "translate(66.67 0)" in page) == (True,) * 3
    assert re.findall(r'strip__grid" x1="([\d.]+)"', page)[:4] == ["0", "33.33", "66.67", "100"]

    BenchmarkFigure.objects.update(lower=4, middle=4, upper=4)  # as thin as it gets, and whole on the scale
    assert 'x="98.4" y="0.7" width="1.6"' in client.get(at(held)).text
    practising.instrument(practising.SMALL.replace("We lend fairly", "We lend to all"))
    assert "We lend to all" in client.get(at(held)).text
    publishing.retire(practising.instrument(practising.SMALL).edition)
    page = client.get(at(held))
    assert (page.status_code, "The harbour check" in page.text) == (200, True)


@pytest.mark.parametrize("count", [8, 24])
def test_the_page_and_the_night_cost_the_same_however_many_take_part(client, ada, edition, count, django_assert_num_queries):
    held = benchmarking.own(ada)
    benchmarking.others([EIGHT[place % 8] for place in range(count)], edition)
    with django_assert_num_queries(15):
        workflow.refresh(edition.instrument)
    client.get(at(held))  # what a process reads once

    with django_assert_num_queries(10):
        assert "quartiles__box" in client.get(at(held)).text


# Attacks. What an attacker sees are three figures; what they know are the numbers of organisations that they run.


def test_whoever_joins_and_leaves_and_joins_sees_no_difference(edition):
    benchmarking.others(EIGHT, edition)
    before = benchmarking.night(edition)
    three = benchmarking.others([1, 1, 1], edition)
    seen = [benchmarking.night(edition)]
    for _again in range(3):  # each counts once, however often it goes and comes
        for held in three:
            benchmarking.withdraw(held)
        seen.append(benchmarking.night(edition))
        for held in three:
            benchmarking.agree(held, held.organization.administrators.get().person)
        seen.append(benchmarking.night(edition))

    assert set(seen) == {before}
    benchmarking.others([1], edition)
    assert benchmarking.night(edition) != before  # with a fourth there are enough to hide among


def test_two_looks_around_one_organisations_new_round_show_the_same(edition):
    rounds = benchmarking.others(EIGHT, edition)
    before = benchmarking.night(edition)
    for held in rounds[:3]:
        benchmarking.says(held, 4)
        assert benchmarking.night(edition) == before
    benchmarking.says(rounds[3], 4)

    assert benchmarking.night(edition) != before


def test_those_who_belong_together_and_whoever_is_erased_and_comes_anew_are_one_change(edition):
    rounds = benchmarking.others((*EIGHT, 2, 3, 4), edition)
    benchmarking.others([1], edition, by=[rounds[0].organization.administrators.get().person])
    before = benchmarking.night(edition)
    benchmarking.withdraw(rounds[0])  # its twin stands in for it: one
    for held in rounds[1:3]:
        held.organization.delete()
    benchmarking.others([1, 1], edition)  # by the same people, perhaps: two
    assert benchmarking.night(edition) == before

    benchmarking.says(rounds[3], 1)
    assert benchmarking.night(edition) != before


def test_what_stands_on_too_few_who_still_agree_is_gone_at_once_and_stays_gone_until_enough_has_changed(edition):
    rounds = benchmarking.others(EIGHT, edition)
    before = benchmarking.night(edition)
    benchmarking.withdraw(rounds[0])
    assert benchmarking.figure(edition) is None  # without waiting for the night
    benchmarking.others([4], edition)
    assert benchmarking.night(edition) is None  # eight again, of whom one is new: two looks would tell it from the one who left

    benchmarking.agree(rounds[0], rounds[0].organization.administrators.get().person)
    assert benchmarking.figure(edition) == before  # the same eight: the same figures
    benchmarking.withdraw(rounds[0])
    benchmarking.others([4, 4], edition)
    assert benchmarking.night(edition) is not None


def test_an_organisation_that_is_erased_leaves_no_number_and_counts_no_more(edition):
    rounds = benchmarking.others(EIGHT, edition)
    assert benchmarking.night(edition) is not None

    rounds[0].organization.delete()

    assert (BenchmarkShare.objects.count(), BenchmarkConsent.objects.count(), benchmarking.figure(edition)) == (7, 7, None)


def test_with_ones_own_number_one_cannot_tell_anothers_from_the_quartiles_of_eight():
    """All that eight organisations can have said on a scale of four places, whole places only: for each sight, what another may have said."""
    places = [Decimal(place) for place in range(1, 5)]
    possible = defaultdict(set)
    for rest in itertools.combinations_with_replacement(places, 7):
        for own in places:
            possible[own, quartiles_of([own, *rest])].add(rest)

    told = {sight for sight, worlds in possible.items() if len({one for world in worlds for one in world}) == 1}
    # Only where nearly all say the same is it said of each of them: docs/practice.md names it.
    assert {(sight.lower, sight.upper) for _own, sight in told} <= {(place, place) for place in places}


def test_seven_who_put_their_numbers_together_learn_of_the_eighth_no_more_than_half_a_place():
    """The limit: they learn this much, and that is why eight of them have to be of different people, weeks old, and answered by links."""
    exact = [1 + Decimal(step) / 20 for step in range(61)]
    for seven in ([1] * 4 + [4] * 3, [1, 2, 2, 2, 3, 3, 4], [2] * 7):
        seen = defaultdict(list)
        for eighth in exact:
            seen[quartiles_of([*map(Decimal, seven), on_grid(eighth)])].append(eighth)
        inner = [max(found) - min(found) for found in seen.values() if not {exact[0], exact[-1]} & set(found)]
        assert all(width >= Decimal("0.45") for width in inner)


def test_a_mark_upon_a_number_is_the_mean_of_that_and_its_neighbours():
    nine = [Decimal(number) for number in ("1", "1", "1", "3", "3", "3", "3", "4", "4")]
    found = quartiles_of(nine)
    assert (found.lower, found.middle, found.upper) == (Decimal("1.5"), Decimal(3), Decimal("3.5"))  # 5/3, 3 and 10/3


def test_no_mark_is_the_lowest_the_highest_or_one_organisations_number():
    numbers = [Decimal(1), *[Decimal(2)] * 3, *[Decimal(3)] * 4, Decimal(4)]
    for count in range(8, 41):
        ranked = sorted(itertools.islice(itertools.cycle(numbers), count))
        before = quartiles_of(ranked)
        assert quartiles_of([Decimal(-100), *ranked[1:-1], Decimal(100)]) == before
        for place in range(count):  # one alone moves a mark by a part of what it moves itself
            moved = quartiles_of([*ranked[:place], ranked[place] + Decimal("0.5"), *ranked[place + 1 :]])
            assert max(moved.middle - before.middle, moved.lower - before.lower, moved.upper - before.upper) <= Decimal("0.5")


@pytest.mark.django_db(transaction=True)
def test_of_two_nights_at_once_one_works_it_out_and_who_withdraws_or_is_erased_meanwhile_leaves_no_number():
    edition = practising.instrument()
    rounds = benchmarking.others((*EIGHT, 2), edition)
    gone = rounds[1].organization.administrators.get().person
    is_worked_out = threading.Event()

    def slow():
        with transaction.atomic():
            found = workflow.refresh(edition.instrument)
            is_worked_out.set()
            threading.Event().wait(0.3)
        return found

    def again():
        is_worked_out.wait(10)
        return workflow.refresh(edition.instrument)

    def leave():
        is_worked_out.wait(10)
        benchmarking.withdraw(rounds[0])

    def erase():
        is_worked_out.wait(10)
        privacy_export.erase(gone)

    assert at_once(slow, again, leave, erase) == [1, 0, None, None]
    assert not BenchmarkShare.objects.filter(consent__organization=rounds[0].organization).exclude(value=None).exists()
    assert (BenchmarkShare.objects.count(), BenchmarkFigure.objects.get().organizations) == (8, 9)
