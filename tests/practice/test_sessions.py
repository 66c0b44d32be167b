"""Running a learning session, through its pages: prepared, respondents named, opened, reminded, replaced, withdrawn, closed, again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from correspondence.tasks import deliver_mail
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from practice.answering.link import url_of
from practice.models import LearningSession, Respondent, Sheet
from practice.sessions.pasted import Named, read_people
from tests import make
from tests.practice import practising

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    """Somebody without a profile, signed in."""
    person = make.person("Ada Berg")
    client.force_login(person)
    return person


def at(name, row):
    return reverse(f"practice:{name}", args=[row.pk])


def asked(kind="practice_invitation"):
    return list(OutgoingMail.objects.filter(kind=kind).order_by("address").values_list("address", flat=True))


def test_a_session_is_prepared_named_and_opened(client, ada):
    edition = practising.instrument()
    client.post(reverse("practice:practice-start", args=[edition.instrument.key]), {"organization": "Harbour Kitchen"})
    held = LearningSession.objects.get()
    lending = practising.item(edition, "lending")

    said = {"purpose": "To plan the winter.", "openness": "anonymous", "modules": [lending.pk], "due_on": "2099-03-01"}
    assert client.post(at("session-prepare", held), said).status_code == 302
    pasted = "Bo Berg <bo@harbour.example>, board\ncleo@harbour.example\nDan;dan@harbour.example;staff\nEve\teve@harbour.example\n"
    client.post(at("respondent-add", held), {"people": pasted, "note": "Your view from the quay matters."})
    assert asked() == []  # naming asks nobody
    client.post(at("session-open", held))

    held.refresh_from_db()
    assert held.status == "open"
    assert list(Respondent.objects.order_by("pk").values_list("name", "group", "status")) == [
        ("Bo Berg", "board", "asked"),
        ("cleo", "", "asked"),
        ("Dan", "staff", "asked"),
        ("Eve", "", "asked"),
    ]
    assert asked() == ["bo@harbour.example", "cleo@harbour.example", "dan@harbour.example", "eve@harbour.example"]
    body = message_for(OutgoingMail.objects.filter(kind="practice_invitation").first()).body
    for words in (
        "Ada Berg",
        "Harbour Kitchen",
        "To plan the winter.",
        "Your view from the quay matters.",
        "1 March 2099",
        "anonymous",
    ):
        assert words in body


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("Bo", "Line 1: there is no e-mail address in “Bo”."),
        ("bo@harbour.example\n\nCleo <cleo at harbour>", "Line 3: there is no e-mail address in “Cleo &lt;cleo at harbour&gt;”."),
        ("\n".join(f"p{n}@harbour.example" for n in range(501)), "more than 500 lines"),
    ],
)
def test_a_list_that_cannot_be_read_says_its_line_and_names_nobody(client, ada, pasted, words):
    held = practising.session(ada)

    page = client.post(at("respondent-add", held), {"people": pasted})

    assert (page.status_code, words in page.text, Respondent.objects.count()) == (422, True, 0)
    assert pasted.splitlines()[0] in page.text  # and what was pasted stays


def test_nothing_opens_before_all_is_said_and_fewer_than_four_cannot_be_anonymous(client, ada):
    held = practising.session(ada)
    practising.sessions.name_respondents(held, practising.named(3), by=ada)

    page = client.post(at("session-open", held), follow=True)

    held.refresh_from_db()
    assert (held.status, asked()) == ("draft", [])
    assert "figures are shown from 4 answers on, and you have named 3" in page.text


def test_what_was_declared_stays_once_it_is_open_and_the_day_can_move(client, ada):
    held = practising.session(ada, people=5)

    said = {"purpose": "Another one.", "openness": "open", "due_on": "2099-03-01"}
    client.post(at("session-prepare", held), said)

    held.refresh_from_db()
    assert (held.purpose, held.openness, str(held.due_on)) == ("To plan the winter together.", "anonymous", "2099-03-01")
    assert client.post(at("session-prepare", held), said | {"due_on": "2020-01-01"}).status_code == 422


def test_people_come_in_later_are_replaced_and_withdrawn(client, ada):
    held = practising.session(ada, people=5)
    first, second, third = Respondent.objects.order_by("pk")[:3]
    links = {one.pk: url_of(one) for one in (first, second)}

    client.post(at("respondent-add", held), {"people": "Late <late@harbour.example>"})
    client.post(at("respondent-replace", first), {f"{first.pk}-people": "Instead <instead@harbour.example>"})
    client.post(at("respondent-withdraw", second))

    assert {"late@harbour.example", "instead@harbour.example"} < set(asked())
    assert [client.get(url).status_code for url in links.values()] == [410, 410]
    practising.answer(third, {"list-is-open": 2})
    page = client.post(at("respondent-replace", third), {f"{third.pk}-people": "No <no@harbour.example>"}, follow=True)
    assert "This has changed meanwhile" in page.text
    assert not Respondent.objects.filter(address="no@harbour.example").exists()


def test_whoever_is_withdrawn_from_an_open_session_leaves_nothing_behind(client, ada):
    held = practising.session(ada, openness="open", people=2)
    first = Respondent.objects.order_by("pk").first()
    practising.saving.save_principle(
        first, practising.item(held.instrument_edition, "lend-fairly"), answers={"list-is-open": practising.Given(2)}, weight=None
    )
    assert Sheet.objects.count() == 1

    client.post(at("respondent-withdraw", first))

    assert Sheet.objects.count() == 0


def test_reminders_go_to_those_who_are_missing_twice_at_most_three_days_apart(client, ada, time_machine):
    time_machine.move_to(timezone.now())
    held = practising.session(ada, people=5)
    first, second, *_others = Respondent.objects.order_by("pk")
    practising.answer(first, {"list-is-open": 2})
    practising.saving.decline(second)

    client.post(at("session-remind", held))
    assert asked("practice_reminder") == []  # the invitation is of today
    for days, so_far in ((4, 3), (1, 3), (3, 6), (9, 6)):
        time_machine.shift(days * 86_400)
        client.post(at("session-remind", held))
        assert len(asked("practice_reminder")) == so_far, days
    assert not {first.address, second.address} & set(asked("practice_reminder"))


def test_reminders_concern_one_session_while_it_is_open(ada, time_machine):
    time_machine.move_to(timezone.now())
    held, other = practising.session(ada, people=4), practising.session(ada, name="Quay Choir", people=1, openness="open")
    time_machine.shift(timedelta(days=4))
    assert practising.sessions.remind(other, by=ada) == 1
    assert OutgoingMail.objects.filter(kind="practice_reminder").count() == 1
    assert Respondent.objects.filter(session=held, reminded=0, reminded_at=None).count() == 4
    practising.closed(held, ada)
    with pytest.raises(TransitionRefused):
        practising.sessions.remind(held, by=ada)


def test_only_who_runs_it_leads_a_session(ada, alice):
    held, draft = practising.session(ada, people=4), practising.session(ada, name="Quay Choir")
    first, asked_of = Respondent.objects.order_by("pk").first(), practising.named(1, start=9)
    said = {"purpose": "Mine.", "openness": "open", "modules": [], "due_on": None}
    sessions = practising.sessions
    steps = [
        lambda: sessions.prepare(draft, by=alice, **said),
        lambda: sessions.name_respondents(held, asked_of, by=alice),
        lambda: sessions.withdraw_respondent(first, by=alice),
        lambda: sessions.replace_respondent(first, asked_of[0], by=alice),
        lambda: sessions.open_session(draft, by=alice),
        lambda: sessions.close_session(held, by=alice),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()
    with pytest.raises(TransitionRefused):
        sessions.remind(held, by=alice)
    assert (Respondent.objects.count(), LearningSession.objects.get(pk=held.pk).status) == (4, "open")


def test_a_session_that_is_closed_stays_as_it_is(ada):
    held = practising.closed(practising.session(ada, people=4), ada)
    first, sessions = Respondent.objects.order_by("pk").first(), practising.sessions
    steps = [
        lambda: sessions.prepare(held, by=ada, purpose="Anew.", openness="open", modules=[], due_on=None),
        lambda: sessions.name_respondents(held, practising.named(1, start=9), by=ada),
        lambda: sessions.withdraw_respondent(first, by=ada),
        lambda: sessions.close_session(held, by=ada),
    ]
    for step in steps:
        with pytest.raises(TransitionRefused):
            step()
    held.refresh_from_db()
    assert (held.purpose, held.openness, held.modules.count()) == ("To plan the winter together.", "anonymous", 2)


def test_so_many_are_asked_and_no_more_and_whoever_was_withdrawn_makes_room(ada, monkeypatch):
    monkeypatch.setattr(practising.sessions, "MOST_RESPONDENTS", 5)
    held = practising.session(ada, people=5)
    with pytest.raises(ValidationError, match="5 respondents at most"):
        practising.sessions.name_respondents(held, practising.named(1, start=6), by=ada)
    first = Respondent.objects.order_by("pk").first()
    practising.sessions.withdraw_respondent(first, by=ada)
    practising.sessions.name_respondents(held, [Named("Person Anew", first.address, "board")], by=ada, note="Do come back.")
    first.refresh_from_db()
    assert (first.name, first.group, first.note, first.status) == ("Person Anew", "board", "Do come back.", "asked")
    assert not HistoryEntry.objects.filter(note__contains="Do come back").exists()  # a word to one person stays between the two
    assert asked().count(first.address) == 2
    practising.sessions.name_respondents(held, [Named("Somebody", first.address, "staff")], by=ada, note="Again?")
    first.refresh_from_db()
    assert (first.name, first.note, asked().count(first.address)) == ("Person Anew", "Do come back.", 2)


def test_preparing_one_session_leaves_every_other_as_it_is(ada):
    draft, running = practising.session(ada), practising.session(ada, name="Quay", people=4)
    other = practising.session(make.person("Bea Brandt"), name="Quay Choir", people=4)
    later = timezone.localdate() + timedelta(days=40)
    for held in (draft, running):
        practising.sessions.prepare(held, by=ada, purpose="Why not", openness="open", modules=held.modules.all(), due_on=later)
    found = LearningSession.objects.order_by("pk").values_list("purpose", "openness", "due_on")
    assert list(found) == [
        ("Why not", "open", later),
        (running.purpose, "anonymous", later),  # it is open: the day alone can move
        (other.purpose, "anonymous", other.due_on),
    ]
    verbs = HistoryEntry.objects.filter(target_id=str(running.pk), target_type__model="learningsession").values_list(
        "verb", flat=True
    )
    assert {"named respondents of", "moved the day of"} <= set(verbs)


def test_who_was_named_for_a_module_keeps_it_as_modules_come_and_go(ada):
    held = practising.session(ada)
    lending, listening = (practising.item(held.instrument_edition, key) for key in ("lending", "listening"))
    (both,) = practising.sessions.name_respondents(held, practising.named(1), by=ada)
    (one,) = practising.sessions.name_respondents(held, practising.named(1, start=2), by=ada, modules=[listening])
    said = {"by": ada, "purpose": "Why not", "openness": "open", "due_on": held.due_on}

    practising.sessions.prepare(held, modules=[listening], **said)
    assert [list(who.modules.all()) for who in (both, one)] == [[listening], [listening]]
    practising.sessions.prepare(held, modules=[lending], **said)
    assert [list(who.modules.all()) for who in (both, one)] == [[lending], [lending]]  # nobody is left without a question
    practising.sessions.prepare(held, modules=[lending, listening], **said)
    assert [list(who.modules.all()) for who in (both, one)] == [[lending], [lending]]


def test_a_mail_that_leaves_late_is_not_sent_to_whoever_is_asked_no_more(ada):
    held = practising.session(ada, people=5)
    first = Respondent.objects.order_by("pk").first()
    practising.sessions.withdraw_respondent(first, by=ada)
    for mail in OutgoingMail.objects.filter(kind="practice_invitation"):
        deliver_mail(mail.pk)

    states = dict(OutgoingMail.objects.filter(kind="practice_invitation").values_list("address", "state"))
    assert states.pop(first.address) != "sent"
    assert set(states.values()) == {"sent"}
    assert held.status == "open"


def test_a_closed_session_takes_nothing_more_and_the_next_round_begins_from_it(client, ada):
    held = practising.session(ada, modules=["lending"], people=5)
    first = Respondent.objects.order_by("pk").first()
    url = url_of(first)
    client.post(at("session-close", held))

    assert client.get(url).status_code == 410
    assert "The questions are closed" in client.get(url).text
    assert client.post(f"{url}lend-fairly/save/", {"a-list-is-open": "2"}).status_code == 410
    assert client.post(at("respondent-add", held), {"people": "late@harbour.example"}, follow=True).status_code == 200
    assert Respondent.objects.count() == 5
    client.post(at("session-again", held))
    following = LearningSession.objects.get(number=2)
    assert (following.follows, following.purpose, following.openness) == (held, held.purpose, "anonymous")
    assert list(following.modules.values_list("key", flat=True)) == ["lending"]


def test_somebody_elses_organisation_is_not_there(client, ada, alice, staff):
    held = practising.session(alice, people=5)
    respondent = Respondent.objects.first()

    for person in (ada, staff, make.person("Sue Sato", is_staff=True, is_superuser=True)):
        client.force_login(person)
        assert [client.get(at(name, held)).status_code for name in ("session-detail", "session-prepare", "session-results")] == [
            404
        ] * 3
        assert [client.post(at(name, held)).status_code for name in ("session-open", "session-close", "session-remind")] == [
            404
        ] * 3
        assert client.post(at("respondent-withdraw", respondent)).status_code == 404
    held.refresh_from_db()
    assert held.status == "open"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Ada Lovelace <ada@harbour.example>", Named("Ada Lovelace", "ada@harbour.example")),
        ("ada@harbour.example", Named("ada", "ada@harbour.example")),
        ("Lovelace, ada@harbour.example, board", Named("Lovelace", "ada@harbour.example", "board")),
        ('"Lovelace, Ada";ADA@harbour.example;board', Named("Lovelace, Ada", "ada@harbour.example", "board")),
        ("board\tAda\tada@harbour.example", Named("board", "ada@harbour.example", "Ada")),
    ],
)
def test_lines_of_every_kind_are_read(line, found):
    assert read_people(line) == [found]
