"""Half an hour with a volunteer: only what was ticked is read, both agree on a time, and it ends four weeks later."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from correspondence.models import OutgoingMail
from correspondence.outbox import deliver
from foundation.calendar import entries_of
from practice.help.talks import workflow
from practice.models import Talk, TalkVolunteer
from practice.tasks import forget_talks
from tests import make
from tests.practice import asking, practising

pytestmark = pytest.mark.django_db
SECRETS = ("Quayside Larder", "Lea Leader", "lea@quayside.example", "hangs where everybody", "Our board is tired")


@pytest.fixture
def lea(db):
    """Runs an organisation's sessions, and is no ambassador."""
    return make.person("Lea Leader", email="lea@quayside.example", time_zone="Europe/Lisbon")


@pytest.fixture
def held(lea):
    asking.instrument()
    return asking.closed_round(lea, "Quayside Larder")


@pytest.fixture
def vera(db):
    """An ambassador who volunteers, and shows visitors nothing of herself."""
    vera = make.ambassador("Vera Volunteer", topics=["Ropes"], place="Porto", time_zone="America/New_York")
    workflow.volunteer(vera, words="Small boards", most_a_month=1, shows_profile=False)
    return vera


def coming(days=7):
    return (timezone.now() + timedelta(days=days)).replace(hour=15, minute=0, second=0, microsecond=0)


def typed(time, zone="Europe/Lisbon"):
    return time.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def booked(**ticks):
    return {"time_zone": "Europe/Lisbon", "time_1": typed(coming()), "time_2": typed(coming(8)), "words": "", **ticks}


def new(held, vera):
    return reverse("practice:talk-new", args=[held.pk, vera.talk_volunteer.pk])


def at(name):
    return reverse(f"practice:talk-{name}", args=[Talk.objects.get().pk])


def body(answer):
    return answer.content.decode()


def sent():
    django_mail.outbox.clear()
    for row in OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED):
        deliver(row.pk)
    return {one.to[0]: one for one in django_mail.outbox}


def decoded(one):
    """All of a mail: its headers, its words, and what is attached."""
    message = message_from_bytes(one.message().as_bytes())
    parts = [
        part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8")
        for part in message.walk()
        if not part.is_multipart()
    ]
    return "\n".join([str(message.items()), *parts])


def ask(client, lea, held, vera, **ticks):
    client.force_login(lea)
    done = client.post(new(held, vera), booked(**ticks))
    assert done.status_code == 302, body(done)
    return Talk.objects.get()


@pytest.mark.row("G8")
def test_booking_shares_only_what_the_leader_ticks(client, lea, held, vera):
    """Nothing ticked, nothing said: no page, mail, header or calendar file has any of it. All of it ticked: the volunteer reads it."""
    ask(client, lea, held, vera)
    client.force_login(vera)
    client.post(at("accept"), {"starts": coming().isoformat(), "where": "https://meet.example/vera"})
    everything = [decoded(one) for to, one in sent().items() if to == vera.email]
    for page in (
        at("detail"),
        at("calendar"),
        reverse("practice:talk-list"),
        reverse("community:desk"),
        reverse("foundation:own-calendar-detail"),
    ):
        answer = client.get(page)
        everything.append(f"{answer.headers}\n{body(answer)}")
    everything += [str(entry) for entry in entries_of(vera)]
    assert len(everything) >= 7
    assert "An organisation that uses The harbour check" in everything[0]
    assert [one for one in SECRETS for text in everything if one in text] == []

    Talk.objects.all().delete()
    module = held.modules.get(key="lending").pk
    ask(client, lea, held, vera, shares_organization="on", shares_person="on", modules=[module], words="Our board is tired.")
    (told,) = sent().values()
    client.force_login(vera)
    page = body(client.get(at("detail")))
    assert [one for one in SECRETS if one not in page] == []
    assert [one for one in SECRETS if one not in decoded(told) and one != "hangs where everybody"] == []


def test_figures_are_those_of_the_day_and_nothing_that_too_few_have_answered(client, lea, vera):
    asking.instrument()
    held = practising.session(lea, people=5)
    practising.answered(held, {"list-is-open": [1, 1, 2, 1, 2], "boats-are-checked": [4, 4, 4], "asked-last-year": [3, 3, 3, 3]})
    practising.closed(held, lea)
    talk = ask(client, lea, held, vera, modules=[held.modules.get(key="lending").pk])

    (module,) = talk.figures
    assert [(point["text"][:5], point["middle"], point["agreement"]) for point in module["points"]] == [("1.1.1", 1.0, "mixed")]
    client.force_login(vera)
    page = body(client.get(at("detail")))
    assert "The list of who borrowed what" in page
    assert "Each boat was looked over" not in page
    assert "asked borrowers what kept them away" not in page


def test_both_agree_on_a_time_in_their_zones_and_get_a_file(client, lea, held, vera):
    ask(client, lea, held, vera)
    assert set(sent()) == {vera.email}
    client.force_login(vera)
    assert "Agree on this time" in body(client.get(at("detail")))
    assert client.post(at("accept"), {"starts": coming().isoformat(), "where": ""}).status_code == 422
    assert client.post(at("accept"), {"starts": coming(30).isoformat(), "where": "By phone"}).status_code == 422
    _first, second = re.findall(r'name="starts" value="([^"]+)"', body(client.get(at("detail"))))
    client.post(at("accept"), {"starts": second, "where": "https://meet.example/vera"})

    mails = sent()

    assert set(mails) == {vera.email, lea.email}
    for one in mails.values():
        ((name, content, kind),) = one.attachments
        event = Calendar.from_ical(content).events[0]
        assert (name, kind, event.start, event.end - event.start) == ("talk.ics", "text/calendar", coming(8), timedelta(minutes=30))
        assert str(event["location"]) == "https://meet.example/vera"
    assert "America/New_York" in mails[vera.email].body
    assert "Europe/Lisbon" in mails[lea.email].body
    client.force_login(lea)
    assert b"SUMMARY:Talk: Vera Volunteer" in client.get(at("calendar")).content


def test_other_times_go_to_and_fro(client, lea, held, vera):
    ask(client, lea, held, vera)
    client.force_login(vera)
    other = {"time_zone": "America/New_York", "time_1": typed(coming(10), "America/New_York"), "where": "+1 555 0100"}
    assert client.post(at("offer"), other).status_code == 302
    talk = Talk.objects.get()
    assert (talk.status, talk.offered) == ("offered", [coming(10)])
    assert client.post(at("accept"), {"starts": coming(10).isoformat(), "where": "x"}).status_code in {302, 409}
    assert Talk.objects.get().status == "offered"
    assert sent()[lea.email].subject == "Other times for your talk"
    client.force_login(lea)
    assert "+1 555 0100" in body(client.get(at("detail")))
    client.post(at("offer"), {"time_zone": "Europe/Lisbon", "time_1": typed(coming(11))})
    client.force_login(vera)
    client.post(at("offer"), other)
    client.force_login(lea)
    client.post(at("accept"), {"starts": coming(10).isoformat()})

    talk = Talk.objects.get()
    assert (talk.status, talk.starts, talk.where) == ("agreed", coming(10), "+1 555 0100")


def test_a_no_has_no_reason_and_ends_what_was_shared(client, lea, held, vera):
    ask(client, lea, held, vera, shares_organization="on")
    sent()
    client.force_login(vera)
    client.post(at("decline"))

    assert "Quayside Larder" not in body(client.get(at("detail")))
    assert sent()[lea.email].subject == "Your talk is not possible this time"
    assert client.post(at("decline")).status_code == 302
    assert sent() == {}


def test_what_is_taken_back_is_gone_for_the_volunteer(client, lea, held, vera):
    ask(client, lea, held, vera, shares_organization="on")
    client.post(at("withdraw"))

    told = sent()
    assert set(told) == {vera.email}, "the question itself no longer leaves"
    assert told[vera.email].subject == "You are no longer asked for a talk"
    assert "Quayside" not in decoded(told[vera.email])
    client.force_login(vera)
    assert client.get(at("detail")).status_code == 404


@pytest.mark.parametrize("who", ["lea", "vera"])
def test_either_calls_it_off_and_both_calendars_learn_of_it(client, lea, held, vera, who, request):
    talk = ask(client, lea, held, vera)
    workflow.accept(talk, by=vera, starts=coming(), where="By phone")
    sent()
    client.force_login(request.getfixturevalue(who))
    client.post(at("cancel"))

    mails = sent()
    assert set(mails) == {vera.email, lea.email}
    for one in mails.values():
        assert "STATUS:CANCELLED" in one.attachments[0][1]


def test_four_weeks_after_the_talk_the_volunteer_reads_nothing_of_it(client, lea, held, vera):
    talk = ask(client, lea, held, vera, shares_organization="on")
    workflow.accept(talk, by=vera, starts=coming(), where="By phone")
    client.force_login(vera)
    for days, status in ((27, 200), (29, 404)):
        Talk.objects.update(starts=timezone.now() - timedelta(days=days))
        assert client.get(at("detail")).status_code == status
        assert client.get(at("calendar")).status_code == status
    client.force_login(lea)
    assert client.get(at("detail")).status_code == 200


def test_four_weeks_after_the_talk_what_was_shared_is_deleted(client, lea, held, vera):
    module = held.modules.get(key="lending").pk
    talk = ask(client, lea, held, vera, shares_organization="on", shares_person="on", modules=[module], words="Our board is tired.")
    workflow.accept(talk, by=vera, starts=coming(), where="https://meet.example/vera")
    client.force_login(lea)
    for days, is_kept in ((27, True), (29, False)):
        Talk.objects.update(starts=timezone.now() - timedelta(days=days))
        forget_talks()
        page = body(client.get(at("detail")))
        assert [said in page for said in ("Our board is tired", "hangs where everybody", "meet.example/vera")] == [is_kept] * 3
        assert ("what was shared for this talk has been deleted" in page) is not is_kept
    talk.refresh_from_db()
    assert (talk.figures, talk.words, talk.where, talk.shares_organization, talk.shares_person) == ([], "", "", False, False)
    assert "Vera Volunteer" in body(client.get(reverse("practice:talk-list"))), "that there was a talk stays the organisation's"


def test_a_request_that_nobody_answered_is_forgotten_as_well(client, lea, held, vera):
    talk = ask(client, lea, held, vera, words="Our board is tired.")
    Talk.objects.update(changed_at=timezone.now() - timedelta(days=29))

    forget_talks()

    talk.refresh_from_db()
    assert talk.words == ""


def test_volunteers_show_what_they_agreed_to_and_are_asked_as_often_as_they_said(client, lea, held, vera):
    open_book = make.ambassador("Oona Open", topics=["Sails"], place="Aveiro", topics_audience="staff")
    make.ambassador("Nick Not")
    workflow.volunteer(open_book, words="", most_a_month=2, shows_profile=True)
    make.ambassador("Away Anna", away_until="2099-01-01")
    TalkVolunteer.objects.create(person=make.ambassador("Gone Gil", away_until="2099-01-01"))
    url = reverse("practice:volunteer-list", args=[held.pk])
    client.force_login(lea)

    page = body(client.get(url))

    assert [one for one in ("Vera Volunteer", "Small boards", "Oona Open", "Aveiro") if one not in page] == []
    assert [one for one in ("Ropes", "Porto", "Sails", "Nick Not", "Gone Gil") if one in page] == []
    form = new(held, vera)
    client.post(form, booked())
    client.get(url)  # says that she is asked
    assert "Vera Volunteer" not in body(client.get(url))
    assert client.get(form).status_code == 404


def test_an_offer_is_made_and_taken_back_in_the_settings(client, bob, alumna):
    client.force_login(bob)
    url = reverse("practice:volunteer-edit")
    assert client.post(url, {"words": "Boards", "most_a_month": "99"}).status_code == 422
    client.post(url, {"words": "Boards", "most_a_month": "2", "shows_profile": "on"})
    kept = TalkVolunteer.objects.get(person=bob)
    assert (kept.words, kept.most_a_month, kept.shows_profile) == ("Boards", 2, True)
    assert url in body(client.get(reverse("settings:home")))
    client.post(reverse("practice:volunteer-stop"))
    assert not TalkVolunteer.objects.exists()


def test_only_from_a_closed_round_of_ones_own_and_with_a_time_to_come(client, lea, held, vera, bob):
    drafted = practising.session(lea)
    client.force_login(lea)
    assert client.get(reverse("practice:volunteer-list", args=[drafted.pk])).status_code == 404
    late = client.post(new(held, vera), booked(time_1=typed(timezone.now() - timedelta(days=1)), words="Kept words."))
    assert (late.status_code, "Kept words." in body(late), Talk.objects.count()) == (422, True, 0)
    client.force_login(bob)
    assert client.get(new(held, vera)).status_code == 404
    talk = ask(client, lea, held, vera)
    for stranger in (bob, make.person("Sam Staff", is_staff=True, is_superuser=True)):
        client.force_login(stranger)
        assert client.get(talk.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_for_three(client, lea, held, rows, django_assert_num_queries):
    for number in range(rows):
        person = make.ambassador(f"Volunteer {number}", topics=["Ropes"])
        offer = workflow.volunteer(person, words="", most_a_month=2, shows_profile=True)
        workflow.ask(held, offer, workflow.Ticked(), by=lea, times=[coming()], zone="Europe/Lisbon")
    client.force_login(lea)
    for url, queries in ((reverse("practice:talk-list"), 5), (reverse("practice:volunteer-list", args=[held.pk]), 7)):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


def test_volunteers_are_shown_to_whoever_has_closed_a_round_and_to_no_other(vera, held, lea):
    sam = make.person("Sam Starter")
    asking.instrument()
    practising.session(sam, name="New Place", people=4)
    assert list(TalkVolunteer.objects.visible_to(sam)) == []
    assert [one.person for one in TalkVolunteer.objects.visible_to(lea)] == [vera]
    lea.is_active = False
    assert list(TalkVolunteer.objects.visible_to(lea)) == []
