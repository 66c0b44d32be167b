"""The talk about results: a guide, the screen of the room, notes, and actions that come back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from correspondence.tasks import deliver_mail
from practice.models import Action, LearningSession, RoomNote
from practice.results.statistics import Spread
from practice.talking import workflow
from practice.talking.guide import camps_of
from practice.talking.link import url_of
from tests import make
from tests.practice import practising, voting

pytestmark = pytest.mark.django_db
PROMISE = {"words": "Hang the list by the door", "owner": "Bo", "due_on": "2099-03-01", "address": "bo@harbour.example"}

DRAWN = re.compile(r'point__code">([^<]+)</span>[^<]*</p>\s*<ol class="point__columns"(.*?)</ol>', re.DOTALL)


@pytest.fixture
def ada(client):
    person = make.person("Ada Berg")
    client.force_login(person)
    return person


@pytest.fixture
def held(ada):
    """A closed round of two camps."""
    held = practising.session(ada, people=6)
    said = {"list-is-open": [1, 1, 1, 4, 4, 4], "rule-is-written": [4] * 6, "asked-last-year": ["don't know"] * 4 + [2, 3]}
    practising.answered(held, said)
    return practising.closed(held, ada)


def at(name, row, query=""):
    return reverse(f"practice:{name}", args=[row.pk]) + query


@pytest.mark.row("G6")
def test_open_actions_of_round_one_stand_on_the_start_page_of_round_two(client, ada, held):
    client.post(at("action-add", held), PROMISE)
    client.post(at("action-add", held), PROMISE | {"words": "Count the vests"})
    done, still_open = Action.objects.order_by("-words")
    client.post(at("action-done", still_open if still_open.words == "Count the vests" else done), {"came_of": "Twelve of twelve."})

    client.post(at("session-again", held))
    second = LearningSession.objects.get(number=2)

    for name in ("session-prepare", "session-detail"):
        page = client.get(at(name, second)).text
        assert "What you promised, and what is still open" in page
        assert ("Hang the list by the door" in page, "Count the vests" in page) == (True, False)
    first = client.get(at("action-list", held)).text
    assert ("Twelve of twelve." in first, "Done" in first) == (True, True)


def test_a_round_opens_with_what_earlier_rounds_of_its_own_organisation_left_open_and_nothing_else(client, ada, held):
    other = practising.session(ada, name="Quay Choir", people=4)
    practising.closed(other, ada)
    client.post(at("action-add", held), PROMISE)
    client.post(at("action-add", other), PROMISE | {"words": "Sing on the quay"})
    client.post(at("session-again", held))
    second = LearningSession.objects.get(number=2)
    Action.objects.create(session=second, words="Ask again in spring", owner="Bo", due_on="2099-03-01")

    assert [one.words for one in Action.objects.promised_before(second)] == ["Hang the list by the door"]
    assert list(Action.objects.promised_before(held)) == []
    assert ("Sing on the quay" in client.get(at("session-prepare", second)).text, Action.objects.count()) == (False, 3)


@pytest.mark.parametrize("minutes", [60, 90, 120])
def test_the_guide_has_an_agenda_that_adds_up_and_questions_for_the_disagreements(client, ada, held, minutes):
    page = client.get(at("session-guide", held, f"?minutes={minutes}")).text

    steps = re.findall(r'practice-agenda__minutes">(\d+) min', page)
    assert (sum(map(int, steps)), len(steps)) == (minutes, 6)
    assert "The list of who borrowed what hangs" in page
    assert "Some say “Not at all”, some “Fully”" in page
    assert "Last year we asked borrowers" in page.partition("What many do not know")[2]


def test_the_guide_says_what_matters_and_is_little_so_what_has_moved_and_when_there_are_no_figures(client, ada):
    first = voting.closed_round(ada)
    second = practising.session(ada, people=practising.named(6), follows=first)
    practising.answered(second, {"boats-are-checked": [4] * 6, "rule-is-written": [1] * 6, "vests-for-all": [2] * 6})
    practising.closed(second, ada)
    third = practising.session(ada, people=practising.named(5), follows=second)
    practising.answered(third, {"boats-are-checked": [4] * 3})
    practising.closed(third, ada)

    guides = [client.get(at("session-guide", one)).text for one in (first, second, third)]

    wanting = guides[0].partition("What matters much, and is little so")[2].partition("</ul>")[0]
    assert "We lend safely" in wanting
    moved = guides[1].partition("What has moved since last time")[2].partition("</ul>")[0]
    assert re.findall(r"(more|less) so", moved) == ["less", "more"]
    assert [("There are no figures" in guide, "You differ little" in guide) for guide in guides[1:]] == [
        (False, True),
        (True, False),
    ]
    assert "What has moved" not in guides[0] + guides[2]


def test_the_screens_show_one_finding_each_and_end_with_the_actions(client, ada, held):
    client.post(at("action-add", held), PROMISE)
    first = client.get(at("session-present", held)).text
    count = int(re.search(r"1 of (\d+)", first)[1])
    screens = [client.get(at("session-present", held, f"?slide={number}")).text for number in range(1, count + 1)]

    assert "Harbour Kitchen" in screens[0]
    assert any("In a minute" in one and "6 of 6 people answered." in one for one in screens)
    assert any("Where we differ, 1" in one and "The list of who borrowed what" in one for one in screens)
    assert "Hang the list by the door" in screens[-1]
    assert ("?slide=2" in first, 'rel="next"' in screens[-1]) == (True, False)
    assert client.get(at("session-present", held, "?slide=x")).status_code == 200
    assert "Hang the list by the door" in client.get(at("session-present", held, "?slide=999")).text


def test_each_figure_of_a_proof_point_stands_in_a_table_on_the_same_page(client, held):
    screens = range(1, int(re.search(r"1 of (\d+)", client.get(at("session-present", held)).text)[1]) + 1)
    addresses = [
        at("session-results", held),
        at("session-guide", held),
        *(at("session-present", held, f"?slide={n}") for n in screens),
    ]

    drawn = [(address, *one) for address in addresses for one in DRAWN.findall(client.get(address).text)]

    assert len({address for address, _code, _columns in drawn}) >= 4
    for address, code, columns in drawn:
        cells = re.search(rf'<th scope="row">{re.escape(code)} .*?</tr>', client.get(address).text, re.DOTALL)[0]
        assert re.findall(r"<td>(\d+)</td>", cells)[:4] == re.findall(r'point__count">(\d+)', columns)


def test_nothing_of_an_anonymous_round_is_guided_or_shown_before_it_is_closed(client, ada):
    running = practising.session(ada, people=5)
    practising.answered(running, {"list-is-open": [1, 1, 1, 4, 4]})

    assert [client.get(at(name, running)).status_code for name in ("session-guide", "session-present")] == [302, 302]
    page = client.post(at("action-add", running), PROMISE, follow=True).text
    assert ("close the round first" in page, PROMISE["words"] in page, Action.objects.count()) == (True, True, 0)


def test_notes_of_the_room_are_kept_and_deleted(client, ada, held):
    client.post(at("note-add", held), {"words": "Everybody laughed at 1.1.1."})
    assert "Everybody laughed at 1.1.1." in client.get(at("session-guide", held)).text
    too_long = client.post(at("note-add", held), {"words": "x" * 2001})
    assert (too_long.status_code, "x" * 2001 in too_long.text) == (422, True)

    client.post(at("note-delete", RoomNote.objects.get()))

    assert RoomNote.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"due_on": "2020-01-01"}, "This day is over"),
        ({"owner": ""}, "This field is required"),
        ({"address": "bo"}, "valid email address"),
    ],
)
def test_what_is_wrong_with_an_action_is_said_beside_its_field(client, ada, held, said, words):
    page = client.post(at("action-add", held), PROMISE | said)

    assert (page.status_code, words in page.text, Action.objects.count()) == (422, True, 0)
    assert "Hang the list by the door" in page.text


def promised(held, ada, days, **fields):
    said = PROMISE | {"due_on": timezone.localdate() + timedelta(days=days)} | fields
    return workflow.promise(held, by=ada, **said)


def test_an_owner_is_reminded_a_week_before_and_on_the_day_and_never_again(ada, held, time_machine):
    time_machine.move_to(timezone.now())
    promised(held, ada, 20)
    promised(held, ada, 20, address="")
    sent = []
    for _day in range(30):
        workflow.remind_owners()
        workflow.remind_owners()  # two clocks
        sent.append(OutgoingMail.objects.filter(kind="practice_action").count())
        time_machine.shift(86_400)

    assert (sent[12], sent[13], sent[19], sent[20], sent[29]) == (0, 1, 1, 2, 2)
    mail = OutgoingMail.objects.filter(kind="practice_action").first()
    assert "Hang the list by the door" in message_for(mail).body


def test_an_action_that_has_ended_is_not_mailed_about_even_if_the_mail_waited(ada, held):
    action = promised(held, ada, 3)
    workflow.remind_owners()
    workflow.end(action, by=ada)

    mail = OutgoingMail.objects.get(kind="practice_action")
    deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert mail.state != "sent"


def test_the_link_of_a_reminder_shows_that_action_and_ends_it(ada, held):
    action, other = promised(held, ada, 3), promised(held, ada, 3, words="Count the vests")
    url, owner = url_of(action), Client()

    page = owner.get(url).text
    assert ("Hang the list by the door" in page, "Count the vests" in page) == (True, False)
    action.refresh_from_db()
    assert action.status == "open"  # a look changes nothing
    owner.post(f"{url}done/", {"came_of": "It hangs."})

    action.refresh_from_db()
    other.refresh_from_db()
    assert (action.status, action.came_of, other.status) == ("done", "It hangs.", "open")
    assert "It is done" in owner.get(url).text
    assert owner.get(url[:-3] + "aa/").status_code == 410
    assert owner.get(at("action-list", held)).status_code == 302  # it signs nobody in


def test_an_action_is_put_right_and_its_new_owner_is_reminded_of_the_new_day(client, ada, held):
    action = promised(held, ada, 3)
    workflow.remind_owners()
    old_link = url_of(action)
    said = {"words": "Hang both lists", "owner": "Cleo", "address": "cleo@harbour.example"}

    answer = client.post(at("action-edit", action), said | {"due_on": timezone.localdate() + timedelta(days=5)})

    assert answer.headers["Location"] == at("action-list", held)
    workflow.remind_owners()
    workflow.remind_owners()
    mails = OutgoingMail.objects.filter(kind="practice_action").order_by("pk")
    assert [mail.address for mail in mails] == ["bo@harbour.example", "cleo@harbour.example"]
    assert "Hang both lists" in message_for(mails[1]).body
    assert Client().get(old_link).status_code == 410
    deliver_mail(mails[0].pk)
    assert OutgoingMail.objects.get(pk=mails[0].pk).state == "unwanted"  # the first owner's had not left


def test_an_overdue_action_keeps_its_day_and_one_that_has_ended_hands_the_words_back(client, ada, held):
    action = promised(held, ada, 3)
    day = timezone.localdate() - timedelta(days=9)
    Action.objects.filter(pk=action.pk).update(due_on=day)
    said = {"words": "Hang both lists", "owner": "Bo", "due_on": day}
    assert client.post(at("action-edit", action), said).status_code == 302
    wrong = client.post(at("action-edit", action), said | {"due_on": day + timedelta(days=1)})
    assert (wrong.status_code, "This day is over" in wrong.text) == (422, True)
    workflow.end(action, by=ada)

    late = client.post(at("action-edit", action), said | {"words": "Hang three lists"})

    assert (late.status_code, "Hang three lists" in late.text) == (422, True)
    assert Action.objects.get(pk=action.pk).words == "Hang both lists"


def test_a_note_of_the_room_is_said_in_other_words(client, ada, held):
    note = workflow.note(held, "We laughed.", by=ada)
    assert "We laughed." in client.get(at("note-edit", note)).text

    client.post(at("note-edit", note), {"words": "We laughed, and then we counted."})

    assert RoomNote.objects.get().words == "We laughed, and then we counted."


def test_whoever_wants_no_reminders_gets_none(ada, held):
    action = promised(held, ada, 3)
    Client().post(f"{url_of(action)}stop/")

    workflow.remind_owners()

    assert not OutgoingMail.objects.filter(kind="practice_action").exists()


@pytest.mark.parametrize(
    ("counts", "camps"),
    [
        ((3, 0, 0, 0, 3), (0, 4)),
        ((2, 2, 0, 2, 2), (1, 3)),
        ((0, 4, 0, 3), (1, 3)),
        ((0, 0, 6, 0, 0), None),
        ((6, 0, 0, 0, 1), None),
        ((1, 4, 4, 1), None),
        ((0, 5, 5, 0), None),
        ((2, 2, 2, 2), None),
        ((0, 0, 0), None),
        ((3,), None),
    ],
)
def test_two_camps_are_seen_where_fewer_stand_between_them(counts, camps):
    assert camps_of(Spread(counts)) == camps


def test_the_guide_says_of_nobody_what_nobody_said_and_asks_nobody_to_show_themselves(client, ada):
    """Half say the second place and half the third: they differ, and the ends of the scale are empty."""
    beside = practising.closed(_said(ada, [2, 2, 2, 3, 3, 3]), ada)
    page = client.get(at("session-guide", beside)).text
    assert ("Worth an hour" in page, "Some say" in page) == (True, False)

    apart = practising.closed(_said(ada, [2, 2, 2, 4, 4, 4]), ada)
    page = client.get(at("session-guide", apart)).text
    assert "Some say “A little”, some “Fully”" in page
    assert "nobody has to say where they stood" in page


def _said(ada, places):
    held = practising.session(ada, people=len(places))
    practising.answered(held, {"list-is-open": places})
    return held


def test_what_came_of_an_action_is_handed_back_where_it_is_too_long_or_too_late(client, ada, held):
    action, long = promised(held, ada, 3), "They borrowed more. " * 30

    page = client.post(at("action-done", action), {"came_of": long})
    action.refresh_from_db()
    assert (page.status_code, long.strip() in page.text, action.status) == (422, True, "open")

    client.post(at("action-done", action), {"came_of": "It hangs."})
    late = client.post(at("action-drop", action), {"came_of": "The wall fell down."})
    owner = Client().post(f"{url_of(action)}done/", {"came_of": "It hangs by the door."})
    action.refresh_from_db()
    assert (late.status_code, "The wall fell down." in late.text) == (422, True)
    assert (owner.status_code, "It hangs by the door." in owner.text) == (422, True)
    assert (action.status, action.came_of) == ("done", "It hangs.")


def test_a_round_that_opens_with_one_promise_costs_as_much_as_with_three(client, ada, held):
    client.post(at("session-again", held))
    second = LearningSession.objects.get(number=2)
    LearningSession.objects.filter(pk=second.pk).update(status="closed")
    point, counted = practising.item(held.instrument_edition, "list-is-open"), {}
    for number in (1, 3):
        while Action.objects.count() < number:
            promised(held, ada, 20, item=point)
        for name in ("action-list", "session-guide", "session-detail", "session-prepare"):
            with CaptureQueriesContext(connection) as seen:
                client.get(at(name, second))
            counted.setdefault(name, []).append(len(seen))

    assert {name: row for name, row in counted.items() if row[0] != row[1]} == {}


def test_the_pages_cost_the_same_for_one_action_and_for_three(client, ada, held):
    promised(held, ada, 20)
    client.get(at("session-results", held))  # from now on it is remembered
    counted = {}
    for number in (1, 3):
        while Action.objects.count() < number:
            promised(held, ada, 20, words=f"Count the vests, {Action.objects.count()}")
        for name in ("action-list", "session-guide", "session-present", "session-detail", "session-results"):
            with CaptureQueriesContext(connection) as seen:
                client.get(at(name, held))
            counted.setdefault(name, []).append(len(seen))

    assert {name: row for name, row in counted.items() if row[0] != row[1]} == {}
    assert counted["session-results"][0] <= 12
