"""The demo community: made through the site's own functions, and worth clicking through."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from ambassadors.inviting import open_books
from ambassadors.inviting.seats import seats
from ambassadors.models import (
    Ambassador,
    AssistantSeat,
    Concern,
    Decision,
    Invitation,
    InvitationWish,
    Nomination,
    User,
    VettingAssignment,
    VettingDuty,
)
from community.demo import newcomers
from community.demo.bulk import make_up
from community.demo.inviting import JOINED
from community.demo.people import ALUMNI, AMBASSADORS, PEOPLE, topics
from community.demo.portraits import portrait
from community.logins import ADDRESSES
from discussions.models import Nudge, Post, PreparedReply, Thread
from foundation.desk import cards_for
from foundation.models import Community, HistoryEntry, Sector, Topic
from practice.models import Action, Answer, BenchmarkFigure, CommunityQuestion, LearningSession, PriorityVote, Respondent, Talk
from practice.results.reading import results_of
from practice.voting.reading import outcome_of
from products.models import Edition, EditionComment, EditionFile, Opinion, Product, RelayMessage, Review
from welcome.models import BuddyMatch

STOPS = re.compile(r"(?<=[.!?])\s+")


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker):
    """The demo, filled once for all tests of this module, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_filled, db):
    """Whatever a test changes is taken back after it."""


def sentences(*texts: str) -> list[str]:
    return [sentence for text in texts for sentence in STOPS.split(text.strip()) if sentence]


def test_demo_has_people_of_every_standing_and_words_between_them(demo):
    standing = Counter(Ambassador.objects.values_list("status", flat=True))
    posts = list(Post.objects.values_list("body", flat=True))

    assert len(PEOPLE) == 120
    assert standing == Counter(person.status for person in PEOPLE) + Counter(listed=3, active=len(JOINED))
    assert min(standing[word] for word in ("paused", "alumni")) >= 4
    assert len(posts) == len(set(posts)) > 10
    assert HistoryEntry.objects.filter(verb="invited to sign in").count() == len(PEOPLE)
    assert Community.current().name == "Tidemark Ambassadors"


def test_nobody_says_what_somebody_else_says():
    bios = Counter(sentence for person in PEOPLE for sentence in sentences(person.bio, person.walk_the_talk))
    lines = Counter(person.ask_me_about for person in PEOPLE if person.ask_me_about)

    assert [sentence for sentence, times in (bios + lines).items() if times > 1] == []
    assert [person.name for person in PEOPLE if not 2 <= len(sentences(person.bio)) <= 5] == []


def test_first_words_of_what_people_say_differ():
    """No stock phrase: no four words open more than two sentences of the whole community."""
    openings = Counter(tuple(s.split()[:4]) for p in PEOPLE for s in sentences(p.bio, p.walk_the_talk) if len(s.split()) > 4)

    assert {" ".join(words): times for words, times in openings.items() if times > 2} == {}


def test_people_have_names_addresses_and_first_words_of_their_own():
    assert len({person.name for person in PEOPLE}) == len({person.email for person in PEOPLE}) == len(PEOPLE)
    assert max(len(person.organization) for person in PEOPLE) > 110
    assert max(len(person.name) for person in PEOPLE) > 38
    assert any(person.name.isascii() and " " not in person.name for person in PEOPLE)
    assert any("\u0590" <= letter <= "\u06ff" for person in PEOPLE for letter in person.name)
    assert any("\u4e00" <= letter <= "\uffff" for person in PEOPLE for letter in person.name)


def test_people_are_of_all_sectors_and_their_words_are_those_of_the_community(demo):
    by_sector = Counter(person.sector for person in PEOPLE)

    assert by_sector.keys() == set(Sector.objects.values_list("name", flat=True))
    assert len(set(by_sector.values())) > 5
    assert {topic for person in PEOPLE for topic in person.topics} == topics().keys()
    assert Topic.objects.called("collective impact").get().name == "Partnerships and backbones"


def test_audiences_differ(demo):
    public = Ambassador.objects.filter(listed_for="public", status__in=["active", "paused"])

    assert 35 <= public.count() <= 50
    assert public.exclude(place_audience="public").exists()
    assert Ambassador.objects.filter(place_audience="staff").count() >= 2
    assert Ambassador.objects.filter(bio_audience="members", listed_for="public").exists()


@pytest.mark.row("B12")
def test_alumni_who_stay_are_found_by_those_they_chose_and_the_others_by_nobody(demo, client):
    stay = {
        audience: {person.name for person in ALUMNI if person.stays_for == audience} for audience in ("public", "members", "staff")
    }
    assert min(len(names) for names in stay.values()) >= 2

    found = {}
    for who in ("visitor", "ambassador"):
        if who != "visitor":
            client.force_login(User.objects.get(email=ADDRESSES[who]))
        pages = [client.get("/ambassadors/", {"q": person.name}) for person in ALUMNI]
        found[who] = {card.name for page in pages for card in page.context["cards"] if card.standing == "alumni"}

    assert found == {"visitor": stay["public"], "ambassador": stay["public"] | stay["members"]}


def test_some_are_away_and_some_are_back(demo):
    today = timezone.localdate()
    days = {(day - today).days for day in Ambassador.objects.exclude(away_until=None).values_list("away_until", flat=True)}

    assert min(days) < -7
    assert 0 in days
    assert max(days) > 28
    assert 0 < Ambassador.objects.exclude(hours_a_month=None).count() < len(PEOPLE)


def test_the_community_grew_over_three_years(demo):
    now = timezone.now()
    ages = [(now - joined).days for joined in Ambassador.objects.exclude(joined_at=None).values_list("joined_at", flat=True)]

    assert max(ages) > 1000
    assert sum(age < 14 for age in ages) >= 3
    assert all(sum(start <= age < start + 180 for age in ages) >= 10 for start in range(0, 1080, 180))


def test_a_third_of_the_people_show_a_face_that_was_drawn(demo):
    faces = Ambassador.objects.exclude(photo=None).select_related("photo", "user")

    assert len(PEOPLE) / 3 <= len(faces) <= len(PEOPLE) / 2
    assert {one.photo.alt for one in faces} == {f"Drawn portrait of {one.user.name}" for one in faces}
    assert len({one.photo.sha256 for one in faces}) == len(faces)


def test_a_portrait_is_the_same_each_time():
    assert portrait("Amara Okafor", "deep curls glasses") == portrait("Amara Okafor", "deep curls glasses")
    assert portrait("Amara Okafor", "deep curls glasses") != portrait("Amara Okafor", "deep curls")


@pytest.mark.parametrize(("role", "path"), [("staff", "/desk/"), ("ambassador", "/desk/"), ("alumnus", "/settings/")])
def test_demo_opens_a_page_to_each_login(demo, client, role, path):
    client.force_login(User.objects.get(email=ADDRESSES[role]))

    assert client.get(path).status_code == 200


def test_demo_has_something_new_for_the_ambassador(demo, client):
    me = User.objects.get(email=ADDRESSES["ambassador"])
    client.force_login(me)

    desk = client.get("/desk/").content.decode()

    assert "Would you look at our board pack?" in desk
    assert "people are new here" in desk
    assert Thread.objects.private_to(me).count() == 5


def test_mail_from_outside_waits_in_a_space_of_the_demos_ambassador(demo, client):
    client.force_login(User.objects.get(email=ADDRESSES["ambassador"]))

    page = client.get("/spaces/three-questions-for-every-family/held/").content.decode()

    assert (page.count("Take it in"), "vouches that it came from there" in page, "Nothing proves" in page) == (
        2,
        bool(settings.INBOUND_AUTHSERV_ID),
        True,
    )


def test_staff_of_the_demo_have_a_house_to_look_after(demo):
    staff = User.objects.get(email=ADDRESSES["staff"])

    titles = {card.title for card in cards_for(staff) if card.for_staff}

    assert {"3 people on the roster wait to be invited", "1 invited person has not found the way in"} <= titles


@pytest.mark.parametrize("role", ["staff", "ambassador"])
def test_a_full_desk_costs_twelve_queries_at_most(demo, client, role, django_assert_max_num_queries):
    client.force_login(User.objects.get(email=ADDRESSES[role]))

    with django_assert_max_num_queries(12):
        assert client.get("/desk/").status_code == 200


def test_demo_only_fills_an_empty_database(alice):
    before = set(User.objects.all())

    with pytest.raises(CommandError, match="only fills an empty one"):
        call_command("demo")

    assert set(User.objects.all()) == before


def test_demo_of_any_size_is_the_same_each_time(demo):
    def made(seed: int) -> list[tuple]:
        with transaction.atomic():
            make_up(30, seed)
            people = Ambassador.objects.filter(slug__startswith="person-").order_by("slug")
            found = [(*row, row[0]) for row in people.values_list("user__name", "place__name", "listed_for", "joined_at__date")]
            topics = list(people.order_by("slug", "topics__name").values_list("topics__name", flat=True))
            transaction.set_rollback(True)
        return [*found, *topics]

    first = made(7)

    assert len(first) > 60
    assert made(7) == first
    assert made(8) != first


def test_newest_people_have_not_come_in_yet(demo):
    waiting = Ambassador.objects.filter(status="active", user__last_login=None)

    assert waiting.filter(joined_at__gt=timezone.now() - timedelta(days=14)).exists()
    assert len(AMBASSADORS) > 100 > len(ALUMNI) >= 8


def test_the_end_of_the_road_is_there_in_each_state_with_every_seat_taken(demo):
    states = Invitation.objects.exclude(name__in=[person.name for person in PEOPLE])
    counted = dict(states.order_by().values_list("status").annotate(Count("pk")))
    assert counted == {"accepted": len(JOINED), "declined": 1, "expired": 1, "sent": 1, "waiting": 3}
    assert InvitationWish.objects.get().status == "open"
    held = seats()
    assert (held.free, held.waiting) == (0, 3)


def test_numbers_by_year_go_back_three_years(demo):
    assert len(open_books.years()) >= 3


def test_people_are_put_forward_by_several_and_one_draft_waits_for_weeks(demo):
    nominations = Nomination.objects.all()
    states = Counter(nominations.values_list("status", flat=True))
    old = nominations.filter(status="draft", created_at__lt=timezone.now() - timedelta(days=14))

    assert set(states) == set(Nomination.Status.values)
    assert states["prospect"] >= 3
    assert states["draft"] >= 3
    assert old.count() >= 1
    assert nominations.filter(submitted_at__isnull=False).count() >= 6
    assert len(set(nominations.values_list("nominator", flat=True))) >= 5
    assert not nominations.exclude(email="").exclude(email__endswith="tidemark.example").exists()


def test_growcom_has_cases_wherever_they_can_stand(demo):
    duties = VettingDuty.objects.filter(since=timezone.localdate())
    assert (duties.count(), duties.filter(is_lead=True).count()) == (5, 2)
    late = VettingAssignment.objects.waiting().filter(due_on__lt=timezone.localdate())
    assert late.exists()
    assert VettingAssignment.objects.filter(status="recused").count() == 1
    assert VettingAssignment.objects.exclude(amendment="").count() == 1
    assert Concern.objects.open().filter(nomination__status="vetting").exists()
    assert set(Decision.objects.values_list("outcome", flat=True)) == {"invite", "not now", "decline"}
    this_week = timezone.localdate() + timedelta(days=7)
    assert Nomination.objects.filter(status="not now", revisit_on__lte=this_week).count() == 1


def test_facilitators_of_the_demo_find_something_in_the_morning(demo, client):
    client.force_login(User.objects.get(name__startswith="Ngozi "))

    page = client.get("/discussions/morning/")

    parts = {str(part.title): [line.title for line in part.lines] for part in page.context["parts"]}
    assert parts["Nobody has answered yet"] == ["Who keeps the answers, and for how long?"]
    assert parts["First words of newcomers"] != []
    assert list(Nudge.objects.values_list("person__name", flat=True)) == ["Priya Raghunathan"]


def test_three_newcomers_are_in_different_weeks_of_their_first_month(demo):
    matches = BuddyMatch.objects.filter(newcomer__name__in=newcomers.DAYS, after=None).exclude(status="withdrawn")
    found = {match.newcomer.name: match.buddy.person.name for match in matches.select_related("newcomer", "buddy__person")}

    assert found == {
        "Oyelaran Adebimpe": "Babatunde Olaleye",
        "Teuila Faleolo": "Ngozi Adeyemi-Clarke",
        "Ilmari Väänänen": "Torquil Abernathy-Singh",
    }


def test_the_demos_ambassador_has_an_assistant_whose_answer_waits(demo, client):
    owner = User.objects.get(email=ADDRESSES["ambassador"])
    (seat,) = AssistantSeat.objects.given_by(owner)
    (post,) = Post.objects.filter(via="assistant")
    (waiting,) = PreparedReply.objects.waiting_for(owner)

    assert (post.byline, waiting.assistant_name) == (f"{owner} (via {seat.name}, assistant)", seat.name)
    client.force_login(seat.assistant)
    assert client.get(reverse("discussions:assisted-thread", args=[seat.pk, waiting.thread_id])).status_code == 200


def test_products_of_the_demo_stand_at_every_point_of_their_road(demo):
    states = Counter(Edition.objects.exclude(product__kind="resource").values_list("status", flat=True))
    reviews = Counter(Review.objects.filter(round__edition__status="in review").values_list("status", flat=True))
    opinions = Counter(Opinion.objects.filter(window__edition__status="community review").values_list("kind", "status"))

    assert states == {
        "draft": 3,
        "in review": 1,
        "in revision": 1,
        "community review": 1,
        "approved": 1,
        "published": 10,
        "retired": 2,
    }
    assert reviews == {"submitted": 1, "accepted": 2, "declined": 1}
    assert Review.objects.waiting().filter(due_on__lt=timezone.localdate()).count() == 1
    assert (opinions["objects", "open"], opinions["objects", "answered"], opinions["stands", "open"]) == (1, 1, 3)
    assert EditionComment.objects.filter(edition__status="in revision", answer=None).count() == 2
    assert list(RelayMessage.objects.order_by("pk").values_list("from_reviewer", flat=True)) == [True, False]
    assert Product.objects.announced().count() == 1
    assert [file.number for file in EditionFile.objects.filter(slug="the-cards")] == [2, 1]
    assert Edition.objects.filter(product__kind="resource", status="published").count() == 6


def test_an_organization_of_the_demo_has_looked_at_itself_three_times_and_looks_again(demo):
    rounds = list(LearningSession.objects.filter(organization__name="Lantern Street Kitchen").order_by("number"))
    assert [one.status for one in rounds] == ["closed", "closed", "closed", "open"]
    assert timedelta(days=500) < rounds[2].closed_at - rounds[0].closed_at < timedelta(days=560)
    found = results_of(rounds[2], since=rounds[1])
    apart = {module.module.key: module.minds.apart for module in found.modules}
    assert min(apart["management"], apart["monitoring"]) >= 3 > 1 >= apart["leadership"]  # two modules of two camps
    assert next(module.moved for module in found.modules if module.module.key == "finance") >= 0.5
    assert len(found.unmapped) == 4  # two proof points of each edition
    assert found.twins is not None
    assert Counter(Action.objects.values_list("status", flat=True)) == {"done": 3, "dropped": 1, "open": 3}
    assert any(action.is_overdue for action in Action.objects.all())
    running, over = PriorityVote.objects.order_by("-status")
    assert (running.is_running, running.by_link, over.session, over.is_settled) == (True, True, rounds[2], True)
    first = outcome_of(over).priorities
    assert [(row.place, row.is_tied) for row in first] == [(1, False), (2, True), (2, True)]
    assert set(Action.objects.filter(session=rounds[2]).values_list("item", flat=True)) <= {row.candidate.item_id for row in first}
    notes = list(Answer.objects.exclude(note="").values_list("note", flat=True))
    assert len(notes) == len(set(notes)) >= 12
    states = Counter(Respondent.objects.filter(session=rounds[3]).values_list("status", flat=True))
    assert states == {"finished": 5, "begun": 2, "declined": 1, "asked": 4}
    assert LearningSession.objects.filter(openness="open", status="closed").count() == 1
    assert Counter(Talk.objects.values_list("status", flat=True)) == {"agreed": 1, "asked": 1}
    assert BenchmarkFigure.objects.standing().count() == 5  # of the module that eight have looked at
    assert [question.answers.count() for question in CommunityQuestion.objects.order_by("asked_at")] == [3, 0]
