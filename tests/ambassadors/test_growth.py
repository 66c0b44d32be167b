"""Goals, milestones noticed once, and the page that draws growth against them."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors import workflow as people
from ambassadors.growth import telling, workflow
from ambassadors.growth.plan import planned_on, progress
from ambassadors.models import Ambassador, GrowthStage, Milestone, User
from foundation.desk import cards_for
from foundation.models import Community, HistoryEntry, Sector
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import engagement_making as making
from tests.races import at_once

PAGE = "/community/growth/"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def noon_of_that_day(time_machine):
    """A run that began before midnight may come here after it."""
    time_machine.move_to(datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC))


def people_who_joined(count: int, on: datetime.datetime | None = None, **fields) -> list[Ambassador]:
    """Many at once, without their mail."""
    begun = User.objects.count()
    users = User.objects.bulk_create(
        User(email=f"p{number}@people.example.org", name=f"Person {number}", password="!") for number in range(begun, begun + count)
    )
    at = on or timezone.now()
    return Ambassador.objects.bulk_create(
        Ambassador(user=user, slug=f"person-{user.pk}", status="active", joined_at=at, **fields) for user in users
    )


def drafts():
    return list(Milestone.objects.order_by("count").values_list("count", "status"))


# Milestones


@pytest.mark.row("B9")
@pytest.mark.django_db(transaction=True)
def test_reaching_75_creates_one_milestone_draft_for_staff_once_only():
    staff = make.person("Sam Staff", is_staff=True)
    for target in (75, 150, 300):
        making.stage(target)
    people_who_joined(72)
    waiting = [people.list_person(f"New {number}", f"new{number}@people.example.org", by=staff) for number in range(4)]
    workflow.notice_milestones()
    assert drafts() == [(38, "draft")]

    results = at_once(*[lambda one=one: people.invite_to_sign_in(one, by=staff) for one in waiting])

    assert results == [None] * 4
    assert drafts() == [(38, "draft"), (75, "draft")]
    people.make_alumni(waiting[0], by=staff)
    people.make_alumni(waiting[1], by=staff)
    people.reactivate(waiting[0], by=staff)
    assert drafts() == [(38, "draft"), (75, "draft")]
    milestone = Milestone.objects.get(count=75)
    assert (milestone.stage.target, milestone.reached_on) == (75, TODAY)
    assert [card.title for card in cards_for(staff) if "milestone" in card.title] == ["2 milestones were reached"]


@pytest.mark.row("B9")
def test_the_75th_who_is_let_in_makes_one_draft_which_staff_publish_for_everybody_to_read(client, staff, alice):
    making.stage(75, marks=[100])
    people_who_joined(73)  # and Alice
    new = [people.list_person(f"New {number}", f"new{number}@people.example.org", by=staff) for number in range(2)]
    client.force_login(staff)
    for one in new:
        client.post(reverse("admin:ambassador-move", args=[one.pk, "invite"]))

    milestone = Milestone.objects.get()
    assert "1 milestone was reached" in client.get("/desk/").content.decode()
    assert milestone.text not in Client().get(PAGE).content.decode()
    client.post(reverse("admin:milestone-move", args=[milestone.pk, "publish"]))
    client.force_login(alice)
    client.post("/settings/leaving/leave/", {"listed_for": "staff", "credit": "name"})
    client.force_login(staff)
    client.post(reverse("admin:ambassador-move", args=[alice.ambassador.pk, "reactivate"]))

    assert milestone.text in Client().get(PAGE).content.decode()
    assert drafts() == [(75, "published")]
    assert "milestone" not in client.get("/desk/").content.decode()


def test_two_who_join_at_once_do_not_pass_the_milestone_unseen(transactional_db):
    """Each alone would count one too few: the lock on the stages lets the second see the first."""
    staff = make.person("Sam Staff", is_staff=True)
    making.stage(10, marks=[100])
    people_who_joined(8)
    waiting = [people.list_person(f"New {number}", f"new{number}@people.example.org", by=staff) for number in range(2)]

    at_once(*[lambda one=one: people.invite_to_sign_in(one, by=staff) for one in waiting])

    assert drafts() == [(10, "draft")]


def test_a_milestone_that_staff_left_out_is_not_noticed_again(staff):
    making.stage(2)
    people_who_joined(2)
    workflow.notice_milestones()
    workflow.dismiss(Milestone.objects.get(count=2), by=staff)

    assert workflow.notice_milestones() == []
    assert drafts() == [(1, "draft"), (2, "dismissed")]


def test_a_new_goal_notices_what_was_reached_before_on_its_own_day(client, staff):
    long_ago = datetime.datetime(2024, 5, 7, 12, tzinfo=datetime.UTC)
    people_who_joined(3, long_ago)
    people_who_joined(3)
    client.force_login(staff)
    goal = {"name": "First", "target": "6", "by_date": "2030-01-01", "cap": "", "marks": "50", "position": "0"}

    response = client.post("/admin/ambassadors/growthstage/add/", goal, follow=True)

    assert Milestone.objects.get().reached_on == datetime.date(2024, 5, 7)
    assert "1 milestone waits for you." in [str(message) for message in response.context["messages"]]


def test_those_who_only_stand_on_the_roster_are_not_counted(staff):
    making.stage(2, marks=[100])
    make.ambassador("Lena List", status="listed")
    make.ambassador("Paul Pause", status="paused")

    assert workflow.notice_milestones() == []


def test_staff_publish_a_milestone_by_a_button(client, staff, alice):
    draft = making.milestone(status="draft", text="We are seventy-five.")
    assert "seventy-five" not in client.get(PAGE).content.decode()
    client.force_login(staff)

    client.post(reverse("admin:milestone-move", args=[draft.pk, "publish"]))

    client.logout()
    assert "seventy-five" in client.get(PAGE).content.decode()
    line = HistoryEntry.objects.latest("pk")
    assert (line.actor, line.verb, line.before, line.after) == (staff, "published a milestone", "draft", "published")
    with pytest.raises(TransitionRefused):
        workflow.publish(draft, by=staff)
    with pytest.raises(PermissionDenied):
        workflow.dismiss(draft, by=alice)


# The plan


def test_plan_compares_with_a_straight_way_between_the_goals():
    first = GrowthStage(name="First", target=100, by_date=datetime.date(2026, 1, 1), cap=110)
    second = GrowthStage(name="Second", target=200, by_date=datetime.date(2027, 1, 1))
    begun, today = datetime.date(2025, 1, 1), datetime.date(2026, 7, 2)

    rows = progress([second, first], count=120, begun=begun, today=today)

    assert [(row.stage.name, row.planned, row.ahead, row.is_reached, row.is_past, row.free_seats) for row in rows] == [
        ("First", 100, 20, True, True, 0),
        ("Second", 150, -30, False, False, None),
    ]
    assert rows[1].behind == 30
    assert planned_on(begun, since=begun, base=0, stage=first) == 0


@pytest.mark.parametrize(("who", "seen"), [("alice", False), ("staff", True)])
def test_the_plan_is_for_the_support_team(client, db, request, who, seen):
    making.stage(75, cap=80)
    client.force_login(request.getfixturevalue(who))

    page = client.get(PAGE).content.decode()

    assert ("Only the support team sees this part" in page, "Free seats" in page) == (seen, seen)


# What the page tells


@pytest.mark.parametrize(("step", "shown"), [(10, "120+"), (0, "127")])
def test_growth_is_told_as_exactly_as_staff_chose(client, db, step, shown):
    Community.objects.create(pk=1, name="Harbour Lights", rounds_counts_to=step)
    for number, month in enumerate((3, 6, 9)):
        people_who_joined((40, 50, 37)[number], datetime.datetime(2025, month, 14, 12, tzinfo=datetime.UTC))
    making.stage(150)

    page = client.get(PAGE).content.decode()

    numbers = set(re.findall(r"\d+", re.sub(r'(?:[a-z-]+)="[^"]*"', "", page)))
    assert shown in page
    assert ({"40", "90", "127"} & numbers) == ({"40", "90"} if step else {"40", "90", "127"})
    assert [row[:2] for row in _table(page)] == [
        ["March 2025", "40+" if step else "40"],
        ["June 2025", "90+" if step else "90"],
        ["September 2025", "120+" if step else "127"],
        [f"{TODAY:%B %Y}", shown],
        [f"{TODAY + datetime.timedelta(days=365):%B %Y}", "150"],
    ]


def _table(page: str) -> list[list[str]]:
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)[1]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]


def test_steps_are_months_and_round_numbers(db):
    joined = [(datetime.date(2025, 1, 1), 7), (datetime.date(2025, 2, 1), 8), (datetime.date(2025, 4, 1), 2)]
    today = datetime.date(2025, 6, 10)

    assert telling.steps_of(joined, today, 5) == [
        (datetime.date(2025, 1, 1), 0),
        (datetime.date(2025, 1, 31), 5),
        (datetime.date(2025, 2, 28), 15),
        (today, 15),
    ]
    assert telling.steps_of([], today, 5) == []
    assert telling.steps_of([(datetime.date(2025, 6, 1), 3)], today, 0)[-1] == (today, 3)


@pytest.mark.parametrize("path", [PAGE, "/community/"])
@pytest.mark.parametrize(("step", "told"), [(10, ["50 %", "17 %", "33 %"]), (0, ["50 % (15)", "17 % (5)", "33 % (10)"])])
@pytest.mark.parametrize("who", ["visitor", "alice", "staff"])
def test_sector_balance_tells_no_small_group_and_no_sector_kept_for_staff(client, db, who, path, step, told):
    Community.objects.create(pk=1, name="Harbour Lights", rounds_counts_to=step)
    health, policy, faith, law = (Sector.objects.create(name=name) for name in ("Health", "Policy", "Faith", "Law"))
    people_who_joined(15, sector=health)
    people_who_joined(4, sector=policy)
    people_who_joined(1, sector=law)
    people_who_joined(9, sector=faith, sector_audience="staff")
    make.ambassador("Alba Nothing")
    if who != "visitor":
        client.force_login(make.person("Sam Staff", is_staff=True) if who == "staff" else User.objects.get(name="Alba Nothing"))

    page = client.get(path)

    assert page.context["sectors"]["rows"] == [list(row) for row in zip(["Health", "Other", "Not said"], told, strict=True)]
    assert [name for name in ("Faith", "Policy", "Law") if name in page.content.decode()] == []


@pytest.mark.parametrize("path", [PAGE, "/community/"])
@pytest.mark.parametrize(("people", "goals", "is_drawn"), [(0, 0, False), (1, 0, False), (1, 1, True), (12, 0, True)])
def test_growth_of_a_community_that_has_just_begun(client, db, path, people, goals, is_drawn):
    people_who_joined(people)
    for target in range(goals):
        making.stage(75 + target)

    page = client.get(path).content.decode()

    assert ("fewer than 10" in page) == (people < 10 and (path == PAGE or people > 0))
    assert ("Growth against goals" in page) == is_drawn


@pytest.mark.parametrize("rows", [1, 3])
def test_growth_query_count(client, db, django_assert_num_queries, rows):
    people_who_joined(12)
    for number in range(rows):
        making.milestone(number + 1, stage=making.stage(75 + number))
    client.get(PAGE)

    with django_assert_num_queries(7):
        client.get(PAGE)
