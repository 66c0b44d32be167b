"""Priorities by vote: dots on a few things, by a link or counted in the room, and what comes of it."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

import practice
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from correspondence.tasks import deliver_mail
from foundation.models import Community, HistoryEntry
from foundation.workflow import TransitionRefused
from practice.answering import saving
from practice.models import Ballot, BallotDots, LearningSession, PriorityVote, Respondent, Voter
from practice.organizations.erasing import erase_all
from practice.voting import casting, workflow
from practice.voting.link import ballot_of
from practice.voting.reading import outcome_of, outcome_of_round, priorities_before, vote_of
from tests import make
from tests.browser import PHONE
from tests.practice import practising, voting
from tests.races import at_once

pytestmark = pytest.mark.django_db
# Where ballots are read without the threshold, and why: each row here was looked at.
OWN = {
    "voting/link.py": "whoever holds the link, their own; and who has none, for a reminder",
    "voting/casting.py": "whoever holds the link, their own",
    "querysets/votes.py": "the threshold itself",
}


@pytest.fixture
def ada(client):
    person = make.person("Ada Berg")
    client.force_login(person)
    return person


@pytest.fixture
def held(ada):
    return voting.closed_round(ada)


def at(name, row, query=""):
    return reverse(f"practice:{name}", args=[row.pk]) + query


def ended(vote, by):
    workflow.end_vote(vote, by=by)
    return vote


def visible(page):
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)


def standing(vote):
    vote.refresh_from_db()
    return [(row.place, row.is_tied, row.dots, row.hands) for row in outcome_of(vote).rows]


def test_from_results_to_a_vote_to_an_action_and_into_the_next_round(client, ada, held):
    """The whole road, by forms alone."""
    assert at("vote-new", held) in client.get(at("session-guide", held)).text
    page = client.get(at("vote-new", held)).text
    ticked = re.findall(r'name="suggested" value="(\d+)"[^>]* checked', page)
    point, principle = (practising.item(held.instrument_edition, key) for key in (voting.POINT, voting.PRINCIPLE))
    assert set(ticked) == {str(point.pk), str(principle.pk)}
    other = practising.item(held.instrument_edition, "asked-last-year")
    module = practising.item(held.instrument_edition, "listening")
    said = {
        "suggested": [point.pk],  # the other suggestion is not ticked any more
        f"module-{module.pk}": [other.pk],
        "own": f"{voting.OWN}\n\n  {voting.OWN.upper()} ",
        "dots": "3",
        "how": "both",
        "ends_on": timezone.localdate() + timedelta(days=7),
    }

    client.post(at("vote-new", held), said)
    vote = PriorityVote.objects.get()
    assert [one.text for one in voting.candidates(vote)] == [point.text, other.text, voting.OWN.upper()]
    mails = OutgoingMail.objects.filter(kind="practice_vote")
    assert sorted(mails.values_list("address", flat=True)) == sorted(held.respondents.values_list("address", flat=True))
    body = message_for(mails.order_by("pk")[0]).body
    phone, url = Client(), re.search(r"http://localhost(/practice/vote/\S+)", body)[1]
    first, second, third = voting.candidates(vote)

    assert point.text in phone.get(url).text
    phone.post(f"{url}cast/", {f"c-{first.pk}": "1", f"c-{third.pk}": "2"})
    assert "Your vote is in" in phone.get(url).text
    phone.post(f"{url}cast/", {f"c-{first.pk}": "3"})
    assert list(BallotDots.objects.values_list("candidate", "dots")) == [(first.pk, 3)]
    voting.cast(vote, (3, 0, 0), (3, 0, 0), (0, 2, 1), (0, 1, 2), (0, 0, 3))
    client.post(at("vote-hands", vote), {f"h-{first.pk}": "4", f"h-{second.pk}": "9", f"h-{third.pk}": ""})
    assert "dots</strong>" not in client.get(at("vote-detail", vote)).text
    client.post(at("vote-end", vote))

    shown = client.get(at("vote-detail", vote)).text
    assert standing(vote) == [(1, True, 6, 4), (1, True, 6, None), (3, False, 3, 9)]
    assert ("5 people voted by link." in shown, shown.count(">tied<"), "9 in the room" in shown) == (True, 2, True)
    promise = client.get(at("action-list", held, f"?priority={first.pk}")).text
    assert (f">\n{point.text}</textarea>" in promise, f'value="{point.pk}" selected' in promise) == (True, True)
    assert point.text in client.get(at("session-guide", held)).text.partition("What comes first</h2>")[2]
    slides = [client.get(at("session-present", held, f"?slide={number}")).text for number in range(1, 12)]
    assert [voting.OWN.upper() in one for one in slides if "What comes first for us" in one] == [True]
    assert at("session-files", held) + "priorities.csv" in client.get(at("session-files", held)).text
    table = client.get(reverse("practice:session-table", args=[held.pk, "priorities"])).text
    assert f'1,{point.code},"{point.text}",6,4' in table or f"1,{point.code},{point.text},6,4" in table
    client.post(at("session-again", held))
    following = LearningSession.objects.get(number=2)
    for name in ("session-prepare", "session-detail"):
        page = client.get(at(name, following)).text
        assert voting.OWN.upper() in page.partition("What you put first last time")[2]


def test_a_round_opens_with_the_last_vote_of_its_own_organisation_that_is_over(ada, held):
    def first_of(session):
        return [one.candidate.text for one in priorities_before(ada, session)][:1]

    first = voting.opened(ada, held, own=["A new roof"])
    voting.cast(first, *[(0, 0, 3)] * 4)
    ended(first, ada)
    quay = voting.opened(ada, voting.closed_round(ada, name="Quay Choir"), own=["More songs"])
    voting.cast(quay, *[(0, 0, 3)] * 4)
    ended(quay, ada)
    second = voting.closed_round(ada, follows=held)
    running = voting.opened(ada, second, own=["A warm room"])
    voting.cast(running, *[(0, 0, 3)] * 4)
    third = practising.session(ada, follows=second)

    assert [first_of(one) for one in (held, second, third)] == [[], ["A new roof"], ["A new roof"]]
    assert first_of(quay.session) == []
    ended(running, ada)
    assert first_of(third) == ["A warm room"]
    assert priorities_before(make.person("Somebody Else"), third) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"suggested": [], "own": "Alone"}, "Choose two to 12 in all; these are 1."),
        ({"own": "\n".join(f"Thing {number}" for number in range(11))}, "these are 13."),
        ({"own": "x" * 201}, "A line has 200 characters at most."),
        ({"ends_on": "2020-01-01"}, "This day is over"),
        ({"ends_on": "9999-12-31"}, "four months at most"),
        ({"dots": "6"}, "Select a valid choice"),
        ({"how": "by post"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_with_a_vote_is_said_and_nothing_typed_is_lost(client, ada, held, change, words):
    suggested = [practising.item(held.instrument_edition, key).pk for key in (voting.POINT, voting.PRINCIPLE)]
    day = timezone.localdate() + timedelta(days=7)
    said = {"suggested": suggested, "own": "", "dots": "3", "how": "link", "ends_on": day} | change

    page = client.post(at("vote-new", held), said)

    assert (page.status_code, words in page.text, PriorityVote.objects.count()) == (422, True, 0)
    assert said["own"] in page.text


def test_a_vote_needs_a_closed_round_and_enough_people_for_links_and_is_one_a_round(client, ada):
    running = practising.session(ada, people=5)
    assert client.get(at("vote-new", running)).status_code == 302
    with pytest.raises(TransitionRefused):
        voting.opened(ada, running)
    openly = voting.closed_round(ada, people=3, openness="open", name="Quay Choir")
    with pytest.raises(ValidationError, match="Count hands in the room"):
        voting.opened(ada, openly)
    vote = voting.opened(ada, openly, by_link=False, by_hands=True)
    assert not OutgoingMail.objects.filter(kind="practice_vote").exists()

    with pytest.raises(TransitionRefused):
        voting.opened(ada, openly, by_link=False, by_hands=True)
    workflow.cancel_vote(vote, by=ada)
    assert voting.opened(ada, openly, by_link=False, by_hands=True).pk != vote.pk


def test_who_declined_or_was_withdrawn_or_came_from_a_file_gets_no_link(ada):
    held = practising.session(ada, people=7)
    people = list(Respondent.objects.order_by("pk"))
    saving.decline(people[0])
    practising.sessions.withdraw_respondent(people[1], by=ada)
    practising.answered(held, {voting.POINT: [None, None, 1, 1, 4, 4]})
    practising.closed(held, ada)

    assert [voter.respondent for voter in voting.voters(voting.opened(ada, held))] == people[2:]
    LearningSession.objects.filter(pk=held.pk).update(is_from_file=True)
    held.refresh_from_db()
    assert list(workflow.askable(held)) == []


@pytest.mark.parametrize(
    ("dots", "words"),
    [((2, 2, 0), "You have 3 dots and gave 4: take 1 back."), ((0, 0, 0), "Give at least one dot"), ((9, 0, 0), "valid choice")],
)
def test_a_ballot_that_does_not_add_up_is_handed_back_as_it_was(ada, dots, words):
    vote = voting.opened(ada)
    voter, names = voting.voters(vote)[0], [f"c-{one.pk}" for one in voting.candidates(vote)]

    page = Client().post(voting.address(voter, "cast/"), dict(zip(names, map(str, dots), strict=True)))

    assert (page.status_code, words in page.text, Ballot.objects.count()) == (422, True, 0)
    kept = re.findall(r'name="(c-\d+)" value="(\d)"[^>]* checked', page.text)
    assert dict(kept) == {name: str(number) for name, number in zip(names, dots, strict=True) if number <= 3}


def test_nothing_is_shown_before_it_is_over_nor_of_three_and_four_are_shown(client, ada, time_machine):
    time_machine.move_to(timezone.now())
    few, enough = (voting.opened(ada, voting.closed_round(ada, name=name)) for name in ("Harbour Kitchen", "Quay Choir"))
    voting.cast(few, *[(3, 0, 0)] * 3)
    voting.cast(enough, *[(3, 0, 0)] * 4)
    before = client.get(at("vote-detail", enough)).text
    assert (outcome_of(enough), list(BallotDots.objects.shown(enough)), "top__fill" in before) == (None, [], False)
    assert "4 or more of the 6" in before
    assert "Fewer than 4 of the 6" in client.get(at("vote-detail", few)).text
    casting.cast(voting.voters(enough)[4], {voting.candidates(enough)[0].pk: 3})
    assert visible(client.get(at("vote-detail", enough)).text) == visible(before)  # no number grows beside whoever votes

    time_machine.move_to(
        few.ends_at + timedelta(seconds=30)
    )  # the day has passed, and a ballot of the last second may still come in
    assert (outcome_of(enough), "being counted" in client.get(at("vote-detail", enough)).text) == (None, True)
    with pytest.raises(TransitionRefused):
        voting.cast(enough, (0, 0, 3))
    time_machine.move_to(few.ends_at + timedelta(minutes=3))
    assert client.post(at("vote-cancel", enough), {"because": "It went wrong."}).status_code == 422

    assert [row.dots for row in outcome_of(enough).rows] == [15, 0, 0]
    page = client.get(at("vote-detail", few)).text
    assert ("Fewer than 4 voted by link" in page, "top__fill" in page) == (True, False)
    with CaptureQueriesContext(connection) as asked:
        assert list(BallotDots.objects.shown(few)) == []
    assert re.search(r"HAVING COUNT\(.*\) >= 4", asked[0]["sql"])
    client.post(at("vote-hands", few), {f"h-{voting.candidates(few)[1].pk}": "5"})  # the way out: ask in the room
    assert standing(few) == [(1, False, None, 5), (2, False, None, None), (2, False, None, None)]


@pytest.mark.parametrize("openness", ["anonymous", "open"])
def test_no_row_leads_from_a_person_to_a_ballot_and_none_is_dated(ada, openness):
    vote = voting.opened(ada, voting.closed_round(ada, openness=openness))
    voter = voting.voters(vote)[0]
    voting.cast(vote, (1, 1, 1))

    kept = ballot_of(voter)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM practice_ballot")
        row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
        cursor.execute("SELECT * FROM practice_ballotdots")
        columns = {column[0] for column in cursor.description}
    assert (row.keys(), columns) == ({"id", "key", "vote_id"}, {"id", "ballot_id", "candidate_id", "dots"})
    own = {voter.nonce, voter.respondent.nonce, voter.respondent.address, str(voter.pk), str(voter.respondent_id)}
    assert not own & {str(kept.pk), kept.key}
    assert not HistoryEntry.objects.filter(target_type__model__in=["ballot", "ballotdots", "voter"]).exists()


def test_ballots_are_read_without_the_threshold_where_this_list_says_so_alone():
    root = Path(practice.__file__).parent
    bare = re.compile(r"\b(?:Ballot|BallotDots)\.objects\.(?!shown\b|turnout\b|visible_to\b|create\b|bulk_create\b)")

    assert {str(path.relative_to(root)) for path in root.rglob("*.py") if bare.search(path.read_text())} == set(OWN)


def test_one_reminder_goes_to_whoever_has_not_voted_and_tells_nobody_who_that_is(client, ada, time_machine):
    time_machine.move_to(timezone.now())
    vote = voting.opened(ada)
    again = OutgoingMail.objects.filter(kind="practice_vote", about__again=True)
    client.post(at("vote-remind", vote))  # too early: the first mail has only just gone out
    assert not again.exists()
    time_machine.shift(timedelta(days=2))
    voting.cast(vote, (3, 0, 0), (0, 3, 0))

    page = client.post(at("vote-remind", vote), follow=True).text
    client.post(at("vote-remind", vote))

    waiting = [voter.respondent.address for voter in voting.voters(vote)[2:]]
    assert sorted(again.values_list("address", flat=True)) == sorted(waiting)
    assert "A reminder goes to whoever has not voted." in page
    assert not any(one.name in page or one.address in page for one in vote.session.respondents.all())
    late, other = again.order_by("pk")[0], again.order_by("pk")[1]
    casting.cast(voting.voters(vote)[2], {voting.candidates(vote)[0].pk: 1})  # votes before the mail leaves
    for mail in (late, other):
        deliver_mail(mail.pk)
        mail.refresh_from_db()
    assert (late.state == "sent", other.state) == (False, "sent")
    assert "still time to vote" in message_for(other).subject


def test_the_day_of_an_open_vote_is_moved_and_links_go_on_working(client, ada, held, time_machine):
    vote = voting.opened(ada, held, days=3)
    days = {name: (timezone.localdate() + timedelta(days=ahead)).isoformat() for name, ahead in (("over", -1), ("far", 121))}
    refused = {name: client.post(at("vote-move", vote), {"ends_on": day}) for name, day in [*days.items(), ("none", "soon")]}
    assert [answer.status_code for answer in refused.values()] == [422] * 3
    assert "This day is over" in refused["over"].text
    assert 'value="soon"' in refused["none"].text
    mails = OutgoingMail.objects.count()

    client.post(at("vote-move", vote), {"ends_on": (timezone.localdate() + timedelta(days=9)).isoformat()})

    time_machine.move_to(timezone.now() + timedelta(days=5))
    voting.cast(vote, [3, 0, 0])
    assert (Ballot.objects.count(), OutgoingMail.objects.count()) == (1, mails)
    time_machine.move_to(timezone.now() + timedelta(days=5))
    client.force_login(ada)
    late = client.post(at("vote-move", vote), {"ends_on": (timezone.localdate() + timedelta(days=9)).isoformat()}, follow=True)
    assert "changed meanwhile" in late.text
    assert not PriorityVote.objects.get().is_running


def test_a_vote_that_is_taken_back_shows_nothing_and_says_so_where_links_lead(client, ada, held):
    vote = voting.opened(ada, held)
    voting.cast(vote, *[(3, 0, 0)] * 5)
    mail, voter = OutgoingMail.objects.filter(kind="practice_vote").first(), voting.voters(vote)[0]

    client.post(at("vote-cancel", vote), {"because": "We forgot the boats."})

    page = Client().get(voting.address(voter))
    assert (page.status_code, "We forgot the boats." in page.text) == (410, True)
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert mail.state != "sent"
    vote.refresh_from_db()
    assert (outcome_of(vote), list(BallotDots.objects.shown(vote))) == (None, [])
    over = ended(voting.opened(ada, held), ada)
    late = client.post(at("vote-cancel", over), {"because": "Nobody liked it."})
    over.refresh_from_db()
    assert (late.status_code, "Nobody liked it." in late.text, over.status) == (422, True, "ended")


def test_only_who_runs_it_leads_a_vote_and_each_step_is_written_down(ada, held, time_machine):
    time_machine.move_to(timezone.now())
    vote, stranger = voting.opened(ada, held), make.person("Somebody Else")
    day = timezone.localdate() + timedelta(days=9)
    steps = {
        "open": lambda by: voting.opened(by, held),
        "count": lambda by: workflow.count_hands(vote, {voting.candidates(vote)[0].pk: 4}, by=by),
        "move": lambda by: workflow.move(vote, day, by=by),
        "remind": lambda by: workflow.remind(vote, by=by),
        "cancel": lambda by: workflow.cancel_vote(vote, by=by, because="So."),
        "end": lambda by: workflow.end_vote(vote, by=by),
    }
    for step in steps.values():
        with pytest.raises(PermissionDenied):
            step(stranger)
    time_machine.shift(timedelta(days=2))
    for name in ("count", "move", "remind"):
        steps[name](ada)
    with pytest.raises(TransitionRefused):
        steps["remind"](ada)  # once
    with pytest.raises(TransitionRefused):
        steps["open"](ada)  # one a round
    steps["cancel"](ada)
    assert (vote.status, vote.because, vote.ended_at is None) == ("cancelled", "So.", False)
    for name in ("count", "move", "remind", "end"):
        with pytest.raises(TransitionRefused):
            steps[name](ada)

    written = HistoryEntry.objects.filter(target_type__model="priorityvote", target_id=str(vote.pk)).order_by("pk")
    assert [(one.actor, one.verb) for one in written] == [
        (ada, verb) for verb in ("opened", "counted hands in", "moved the day of", "reminded of", "taken back")
    ]
    in_the_room = voting.opened(ada, held, by_link=False, by_hands=True)
    time_machine.shift(timedelta(days=2))
    with pytest.raises(TransitionRefused):
        workflow.remind(in_the_room, by=ada)  # nobody has a link
    assert not Voter.objects.filter(vote=in_the_room).exists()


def test_a_vote_is_opened_anew_after_one_was_taken_back_and_counts_alone(ada, held):
    vote = voting.opened(ada, held)
    voting.cast(vote, *[(3, 0, 0)] * 5)
    workflow.cancel_vote(vote, by=ada)
    assert (vote_of(ada, held), outcome_of_round(held)) == (None, None)
    anew = voting.opened(ada, held)
    assert (vote_of(ada, held), vote_of(make.person("Somebody Else"), held)) == (anew, None)
    voting.cast(anew, *[(0, 3, 0)] * 4)
    ended(anew, ada)
    assert [row.dots for row in outcome_of_round(held).rows] == [12, 0, 0]


def test_dots_that_one_does_not_have_are_refused_and_each_sees_their_own_alone(ada, held):
    vote = voting.opened(ada, held)
    strange = voting.candidates(voting.opened(ada, voting.closed_round(ada, name="Quay Choir")))[0]
    first, second = voting.candidates(vote)[:2]
    one, other = voting.voters(vote)[:2]
    casting.cast(one, {first.pk: 2, second.pk: 1})
    casting.cast(other, {second.pk: 3})

    for forged in ({}, {first.pk: 0}, {first.pk: 4}, {first.pk: 2, second.pk: 2}, {first.pk: 4, second.pk: -1}, {strange.pk: 1}):
        with pytest.raises(ValueError, match="not theirs to give"):
            casting.cast(one, forged)
    assert [casting.given_by(voter) for voter in (one, other)] == [{first.pk: 2, second.pk: 1}, {second.pk: 3}]
    assert casting.given_by(voting.voters(vote)[2]) == {}


def test_a_ballot_that_comes_too_late_is_handed_back_and_changes_nothing(ada):
    vote = voting.opened(ada)
    voting.cast(vote, (3, 0, 0))
    ended(vote, ada)
    voter, own = voting.voters(vote)[0], voting.candidates(vote)[2]

    page = Client().post(voting.address(voter, "cast/"), {f"c-{own.pk}": "2"})

    assert (page.status_code, "This came too late" in page.text) == (410, True)
    assert (own.text in page.text, "2 dots" in page.text) == (True, True)
    assert casting.given_by(voter) == {voting.candidates(vote)[0].pk: 3}
    assert Client().get(voting.address(voter)).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_two_ballots_of_one_person_at_once_are_one(ada):
    vote = voting.opened(ada)
    voter, (first, second, _third) = voting.voters(vote)[0], voting.candidates(vote)

    done = at_once(*[lambda given=given: casting.cast(voter, given) for given in ({first.pk: 3}, {second.pk: 2, first.pk: 1}) * 2])

    assert (done, Ballot.objects.count()) == ([None] * 4, 1)
    assert casting.given_by(voter) in ({first.pk: 3}, {second.pk: 2, first.pk: 1})
    with pytest.raises(IntegrityError), transaction.atomic():  # what stands behind the lock
        Ballot.objects.create(vote=vote, key=Ballot.objects.get().key)


@pytest.mark.django_db(transaction=True)
def test_ending_waits_for_a_ballot_that_is_being_kept_and_what_comes_after_is_late(ada):
    """Or it would come in after the dots were read, and the difference would be one person's."""
    vote = voting.opened(ada)
    voting.cast(vote, *[(3, 0, 0)] * 3)
    fourth, fifth = voting.voters(vote)[3:5]
    own = voting.candidates(vote)[0].pk
    is_kept, may_end, has_ended = threading.Event(), threading.Event(), threading.Event()

    def keep():
        with transaction.atomic():
            casting.cast(fourth, {own: 2})
            is_kept.set()
            threading.Timer(0.5, may_end.set).start()
            may_end.wait(5)

    def end():
        is_kept.wait(5)
        workflow.end_vote(vote, by=ada)
        has_ended.set()
        return may_end.is_set(), outcome_of(vote).rows[0].dots

    def come_late():
        has_ended.wait(10)
        casting.cast(fifth, {own: 3})

    kept, after, late = at_once(keep, end, come_late)

    assert (kept, after, type(late)) == (None, (True, 11), TransitionRefused)


@pytest.mark.django_db(transaction=True)
def test_erasing_an_organisation_waits_for_a_ballot_and_takes_it_and_its_mails_along(ada):
    vote = voting.opened(ada)
    first, second = voting.voters(vote)[:2]
    own = voting.candidates(vote)[0].pk
    is_kept = threading.Event()

    def keep():
        with transaction.atomic():
            casting.cast(first, {own: 2})
            is_kept.set()
            threading.Event().wait(0.3)

    def erase():
        is_kept.wait(5)
        erase_all([vote.session.organization_id])

    assert at_once(keep, erase) == [None, None]
    assert (PriorityVote.objects.count(), Ballot.objects.count()) == (0, 0)
    assert not OutgoingMail.objects.filter(kind="practice_vote").exclude(state="sent").exists()
    with pytest.raises(TransitionRefused):
        casting.cast(second, {own: 2})


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_press_at_once_open_one_vote(ada):
    held = voting.closed_round(ada)

    done = at_once(*[lambda: voting.opened(ada, held)] * 2)

    assert (PriorityVote.objects.count(), sum(isinstance(one, TransitionRefused) for one in done)) == (1, 1)
    assert OutgoingMail.objects.filter(kind="practice_vote").count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_ballot_is_given_on_a_phone_by_keyboard_and_without_a_script(open_page):
    Community.found("Harbour Lights")
    vote = voting.opened(make.person("Ada Berg"))
    voter, (first, second, _third) = voting.voters(vote)[0], voting.candidates(vote)
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(voting.address(voter))

    page.get_by_role("group", name=first.text).get_by_role("radio").first.focus()
    for key in ("ArrowRight", "ArrowRight", "Tab", "ArrowRight", "Tab", "Tab"):  # two dots, then one, then on to the button
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Vote")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Your vote is in")).to_be_visible()
    assert casting.given_by(voter) == {first.pk: 2, second.pk: 1}


def test_pages_of_a_vote_cost_the_same_for_a_few_candidates_and_for_many(client, ada):
    counted = {}
    for keys, name in ((practising.POINTS[:2], "Quay Choir"), (practising.POINTS, "Harbour Kitchen")):
        vote = voting.opened(ada, voting.closed_round(ada, name=name), keys=keys, by_hands=True)
        zeros = [0] * (len(voting.candidates(vote)) - 1)
        voting.cast(vote, *[(3, *zeros)] * 4)
        client.post(at("session-again", vote.session))
        following = LearningSession.objects.get(follows=vote.session)
        pages = [(at("vote-detail", vote), client), (voting.address(voting.voters(vote)[0]), Client())]
        after = [at("vote-detail", vote), at("session-guide", vote.session), at("session-detail", following)]
        for step, (url, browser) in enumerate(pages + [(url, client) for url in after]):
            if step == len(pages):
                ended(vote, ada)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(url).status_code == 200
            counted.setdefault(step, []).append(len(seen))

    assert {step: row for step, row in counted.items() if row[0] != row[1]} == {}
    assert counted[1][0] <= 6
