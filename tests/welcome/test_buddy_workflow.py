import pytest
from django.utils import timezone

from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.races import at_once
from tests.welcome.matching import a_buddy, newcomer
from welcome.buddies import workflow
from welcome.models import BuddyMatch, WelcomeRules

pytestmark = pytest.mark.django_db


def history_of(match):
    rows = HistoryEntry.objects.filter(target_id=str(match.pk), target_type__model="buddymatch").order_by("pk")
    return [(row.verb, row.before, row.after) for row in rows]


def test_the_best_of_the_pool_is_suggested_with_the_reasons(staff):
    a_buddy("Ana Ash", topics=["Budgets"])
    both = a_buddy("Ben Birch", topics=["Budgets", "Surveys"])
    match = workflow.propose(newcomer(topics=["Surveys", "Budgets"]))
    assert (match.buddy, match.status, match.takes_over) == (both, "proposed", False)
    assert match.reasons[0] == {"name": "topics", "of": ["Budgets", "Surveys"]}
    assert history_of(match) == [("suggested a buddy", "", "proposed")]


def test_a_suggestion_is_made_once_and_by_the_team_confirmed(staff):
    buddy, person = a_buddy("Ana Ash"), newcomer()
    match = workflow.propose(person)
    assert workflow.propose(person) is None
    workflow.confirm(match, by=staff)
    assert (match.status, match.text, match.send_at is not None) == ("confirmed", workflow.words_of(buddy), True)
    with pytest.raises(TransitionRefused):
        workflow.confirm(match, by=staff)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"is_offering": False}, "stopped"),
        ({"person__ambassador__status": "paused"}, "pausing"),
        ({"person__ambassador__away_until": timezone.now().date() + timezone.timedelta(days=9)}, "away"),
        ({"person__is_active": False}, "not a member"),
        ({"texts__withdrawn_at": timezone.now()}, "no words"),
    ],
)
def test_what_came_between_is_asked_when_one_confirms(staff, change, rule):
    buddy = a_buddy("Ana Ash")
    match = workflow.propose(newcomer())
    ((path, value),) = change.items()
    *way, field = path.split("__")
    row = buddy.texts.get() if way == ["texts"] else buddy
    for step in [] if way == ["texts"] else way:
        row = getattr(row, step)
    type(row).objects.filter(pk=row.pk).update(**{field: value})
    with pytest.raises(workflow.NotSuitable) as refused:
        workflow.confirm(match, by=staff)
    assert refused.value.rules == [rule]
    match.refresh_from_db()
    assert match.status == "proposed"


def test_a_choice_against_a_rule_says_which_and_wants_a_reason(staff):
    buddy, person = a_buddy("Ana Ash", capacity=1, languages="Portuguese"), newcomer(languages="English")
    workflow.choose(newcomer("First Comer", languages="Portuguese"), buddy, by=staff)
    with pytest.raises(workflow.NotSuitable) as refused:
        workflow.choose(person, buddy, by=staff)
    assert refused.value.rules == ["full", "no language"]
    match = workflow.choose(person, buddy, by=staff, even_so="They met last week.")
    assert match.status == "confirmed"
    note = HistoryEntry.objects.get(target_id=str(match.pk), verb="confirmed a buddy").note
    assert note == "full; no language; They met last week."


def test_without_approved_words_nobody_is_chosen_whatever_the_reason(staff):
    buddy = a_buddy("Ana Ash", words="")
    person = newcomer()
    assert workflow.propose(person) is None
    with pytest.raises(workflow.NotSuitable) as refused:
        workflow.choose(person, buddy, by=staff, even_so="I insist.")
    assert refused.value.rules == ["no words"]
    assert BuddyMatch.objects.count() == 0


def test_another_is_suggested_and_where_there_is_none_the_first_stays(staff):
    for name in ("Ana Ash", "Ben Birch"):
        a_buddy(name)
    first = workflow.propose(newcomer())
    second = workflow.another(first, by=staff)
    assert second.buddy != first.buddy
    assert workflow.another(second, by=staff) is None
    second.refresh_from_db()
    assert second.status == "proposed"


@pytest.mark.parametrize(("hours", "expected"), [(None, "proposed"), (0, "confirmed")])
def test_before_the_welcome_the_next_one_takes_over(staff, hours, expected):
    WelcomeRules.objects.create(pk=1, confirms_after=hours)
    for name in ("Ana Ash", "Ben Birch"):
        a_buddy(name)
    match = workflow.propose(newcomer())
    workflow.confirm(match, by=staff)
    following = workflow.replace_before_welcome(match, "buddy away")
    assert (match.status, match.ended_why) == ("withdrawn", "buddy away")
    assert (following.status, following.after, following.takes_over) == (expected, match, False)


def test_after_the_welcome_whoever_follows_takes_over(staff):
    for name in ("Ana Ash", "Ben Birch"):
        a_buddy(name)
    match = workflow.propose(newcomer())
    workflow.confirm(match, by=staff)
    BuddyMatch.objects.filter(pk=match.pk).update(status="welcomed", welcomed_at=timezone.now())
    following = workflow.replace(match, "asked", by=match.newcomer)
    assert (match.status, following.takes_over, following.buddy == match.buddy) == ("replaced", True, False)


@pytest.mark.django_db(transaction=True)
def test_two_newcomers_at_once_do_not_both_take_the_last_place():
    a_buddy("Ana Ash", capacity=1)
    people = [newcomer(name) for name in ("One Newcomer", "Two Newcomer")]
    made = at_once(*(lambda person=person: workflow.propose(person) for person in people))
    assert sorted(match is None for match in made) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_of_the_team_confirm_at_once_and_one_is_told():
    staff = [make.person("Sam Staff", is_staff=True), make.second()]
    a_buddy("Ana Ash")
    match = workflow.propose(newcomer())
    both = [BuddyMatch.objects.get(pk=match.pk) for _one in staff]
    done = at_once(*(lambda row=row, by=by: workflow.confirm(row, by=by) for row, by in zip(both, staff, strict=True)))
    assert sorted(type(result).__name__ for result in done) == ["NoneType", "TransitionRefused"]


@pytest.mark.django_db(transaction=True)
def test_one_newcomer_found_twice_at_once_gets_one_suggestion():
    for name in ("Ana Ash", "Ben Birch"):
        a_buddy(name)
    person = newcomer()
    at_once(lambda: workflow.propose(person), lambda: workflow.propose(person))
    assert BuddyMatch.objects.count() == 1


def test_three_hundred_buddies_cost_no_more_queries_than_one(django_assert_num_queries):
    from welcome.buddies import pool

    a_buddy("Ana Ash", topics=["Budgets"])
    person = newcomer()
    for more in (0, 2):
        for number in range(more):
            a_buddy(f"More {number}", topics=["Budgets"])
        with django_assert_num_queries(8):
            assert len(pool.suggestions_for(person)) == 1 + more
