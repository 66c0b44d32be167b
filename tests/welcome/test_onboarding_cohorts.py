"""What staff see of first steps: cohorts that single out nobody."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from foundation.models import HistoryEntry
from tests import make
from tests.welcome.test_onboarding import newcomer
from welcome.models import Onboarding, OnboardingStep
from welcome.onboarding import workflow
from welcome.onboarding.cohorts import FEW, TOGETHER, cohorts, joined, told

PAGE = "admin:welcome_onboarding_changelist"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def month(number: int) -> date:
    return date(2026, number, 1)


def arrived(number: int, day: datetime, *, done: int = 0, done_at: datetime | None = None) -> None:
    """So many people who joined on a day, of whom so many have said something on their profile."""
    people = make.members(number)
    rows = Onboarding.objects.bulk_create(Onboarding(person=person, began_at=day) for person in people)
    at = done_at or day + timedelta(days=2)
    OnboardingStep.objects.bulk_create(OnboardingStep(onboarding=row, name="profile", state="done", at=at) for row in rows[:done])


@pytest.mark.parametrize(
    ("months", "groups"),
    [
        ([(1, 7)], []),
        ([(1, 8)], [(1, 1, 8)]),
        ([(1, 3), (2, 4), (4, 1), (5, 9)], [(1, 4, 8), (5, 5, 9)]),
        ([(1, 9), (2, 3)], [(1, 1, 9)]),
    ],
)
def test_months_are_joined_until_eight_are_together(months, groups):
    found = joined([(month(number), people) for number, people in months], {})

    assert [(one.first.month, one.last.month, one.people) for one in found] == groups


def test_a_full_group_is_told_the_same_whoever_comes_later():
    before = joined([(month(1), 5), (month(2), 5)], {(month(1), "profile"): 4})
    after = joined([(month(1), 5), (month(2), 5), (month(3), 1), (month(4), 20)], {(month(1), "profile"): 4})

    assert after[: len(before)] == before


def test_what_is_told_never_leaves_fewer_than_four_to_guess_among():
    """For each size of group: who has not done it, as far as the words tell, is one of four numbers at least, or they are four at least."""
    for people in range(TOGETHER, 60):
        by_words = defaultdict(set)
        for done in range(people + 1):
            by_words[told(people, done)].add(done)
        for numbers in by_words.values():
            for group in (numbers, {people - number for number in numbers}):
                assert len(group) >= FEW or min(group) >= FEW


def test_the_page_tells_shares_and_names_nobody(client, staff):
    arrived(10, NOW - timedelta(days=60), done=7)
    nina = newcomer()
    client.force_login(staff)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.utils.timezone.now", lambda: NOW)
        page = client.get(reverse(PAGE)).content.decode()

    assert "about 70 %" not in page  # seven of ten leaves three who have not
    assert "nearly all" in page
    assert "September 2026" in page
    assert page.count("fewer than 4") >= 1
    assert [name for name in ("Member", nina.name) if name in page] == []


def test_what_was_done_since_the_month_ended_is_not_told_yet(db):
    arrived(12, NOW - timedelta(days=60), done=6)
    before = cohorts(NOW)
    row = Onboarding.objects.exclude(steps__name="profile").first()
    OnboardingStep.objects.create(onboarding=row, name="profile", state="done", at=NOW - timedelta(days=1))

    assert cohorts(NOW) == before
    assert cohorts(NOW + timedelta(days=20))[0].done == {"profile": 7}
    assert before[0].done == {"profile": 6}


def test_those_of_this_month_are_not_told(db):
    arrived(20, NOW - timedelta(days=3), done=9)

    assert cohorts(NOW) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_twice_however_many_cohorts_there_are(db, number, django_assert_num_queries):
    for one in range(number):
        arrived(9, datetime(2026, 1 + one, 5, tzinfo=UTC))

    with django_assert_num_queries(2):
        assert len(cohorts(NOW)) == number


def test_there_is_no_way_to_filter_and_no_row_to_open(client, staff):
    arrived(9, datetime(2026, 1, 5, tzinfo=UTC), done=5)
    nina = newcomer()
    client.force_login(staff)
    plain = client.get(reverse(PAGE)).context["rows"]

    filtered = client.get(reverse(PAGE) + f"?person={nina.pk}&q=Nina&status__exact=open").context["rows"]

    assert len(plain) == 1
    assert filtered == plain
    assert client.get(reverse("admin:welcome_onboarding_change", args=[nina.onboarding.pk])).status_code == 302


def test_the_history_of_first_steps_is_kept_from_staff(staff):
    nina = newcomer()
    workflow.skip(nina.onboarding, ["profile"], by=nina)

    assert HistoryEntry.objects.visible_to(staff).filter(about=nina).count() == 0
    assert HistoryEntry.objects.visible_to(nina).filter(verb="skipped a first step").count() == 1


def test_the_list_of_mails_does_not_tell_who_was_reminded(client, staff):
    from welcome.onboarding.due import remind

    newcomer(days=5)
    remind()
    client.force_login(staff)
    url = reverse("admin:correspondence_outgoingmail_changelist")

    page, filtered = (client.get(url + query) for query in ("", "?kind=first_weeks"))

    assert [str(row.kind) for row in page.context["cl"].result_list] == ["first_weeks"]
    assert "Your first steps here" not in page.content.decode()
    assert "between the site and its reader" in page.content.decode()
    assert list(filtered.context["cl"].result_list) == []
