"""An Update reaches each mailbox that wants it once, says what is true when it leaves, and tells nobody that it was opened."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.stories.workflow import news as newsroom
from community.update.forms import ScheduleForm
from correspondence import due, outbox, preferences
from correspondence.models import MailPreference, OutgoingMail, Subscription, Update
from correspondence.update import sending, workflow
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.community import making
from tests.community import update_making as updates
from tests.races import at_once

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1, minutes=1)


@pytest.fixture
def clock(django_capture_on_commit_callbacks):
    """Let the clock look, and the workers do what it posts."""

    def clock(ahead: timedelta = timedelta(0)) -> list[str]:
        already = len(mail.outbox)
        with time_machine.travel(timezone.now() + ahead), django_capture_on_commit_callbacks(execute=True):
            due.post_all()
        letters = (one for one in mail.outbox[already:] if one.extra_headers.get("List-Id", "").startswith("<update."))
        return sorted(one.to[0] for one in letters)

    return clock


@pytest.fixture
def waiting(staff):
    """A scheduled Update with a piece of news in it."""
    out = making.news("The ferry runs again", by=staff, lead="A morning boat at last.")
    update = updates.update(by=staff, parts=[{"heading": "From the coast", "source": "news", "item": str(out.pk)}])
    workflow.schedule(update, at=timezone.now() + timedelta(days=1), zone="UTC", by=staff)
    return update


@pytest.mark.row("R8")
def test_it_goes_at_its_time_to_everybody_who_wants_it_once(clock, waiting, staff, alice, bob, alumna):
    make.ambassador("Lia Listed", status="listed")
    preferences.choose(bob, "update", wanted=False)
    updates.subscription("noor@elsewhere.example")
    updates.subscription("maybe@elsewhere.example", confirmed=False)
    updates.subscription(alice.email)

    assert clock() == []
    assert clock(TOMORROW) == sorted([alice.email, "noor@elsewhere.example", staff.email])
    assert clock(TOMORROW) == []
    waiting.refresh_from_db()
    assert (waiting.status, waiting.posted) == ("sent", 3)
    assert {one.subject for one in mail.outbox} == {"What the winter taught us"}


def test_what_a_killed_worker_left_is_posted_and_nothing_twice(clock, waiting, staff, alice, bob):
    """A worker died after the first few were posted, before it could say so."""
    workflow.begin(waiting)
    outbox.post_many("update", [bob.pk], key=f"update:{waiting.pk}", update=waiting.pk)

    clock()

    told = OutgoingMail.objects.filter(kind="update")
    assert sorted(told.values_list("person", flat=True)) == sorted([staff.pk, alice.pk, bob.pk])
    waiting.refresh_from_db()
    assert waiting.status == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_post_once():
    staff = make.person("Sam Staff", is_staff=True)
    people = make.members(5)
    update = updates.update(by=staff)
    workflow.schedule(update, at=timezone.now() + timedelta(seconds=1), zone="UTC", by=staff)
    Update.objects.filter(pk=update.pk).update(send_at=timezone.now())

    at_once(sending.send_what_is_due, sending.send_what_is_due)

    told = OutgoingMail.objects.filter(kind="update").values_list("person", flat=True)
    assert sorted(told) == sorted([staff.pk, *(person.pk for person in people)])
    assert HistoryEntry.objects.filter(verb="began to go out").count() == 1
    update.refresh_from_db()
    assert (update.status, update.posted) == ("sent", 6)


@pytest.mark.row("R19")
def test_what_is_withdrawn_after_it_was_posted_is_not_in_the_mail(django_capture_on_commit_callbacks, waiting, staff, alice):
    workflow.begin(waiting)
    sending.send_what_is_due()  # posted, and no worker was told yet
    item = making.NewsItem.objects.get()
    newsroom.withdraw(item, by=staff)

    outbox.deliver(OutgoingMail.objects.get(person=alice).pk)

    assert "ferry" not in mail.outbox[0].body + str(mail.outbox[0].alternatives[0].content)


@pytest.mark.row("D18")
def test_what_became_private_before_its_time_stops_it_and_says_where(clock, waiting, staff, alice):
    newsroom.withdraw(making.NewsItem.objects.get(), by=staff)

    assert clock(TOMORROW) == []

    waiting.refresh_from_db()
    entry = HistoryEntry.objects.get(verb="stopped itself")
    assert waiting.status == "stopped"
    assert entry.note == "Passage 1 (“From the coast”) shows something that visitors cannot read. Choose another thing."
    assert "1 Update has stopped" in [card.title for card in cards_for(staff)]
    workflow.unschedule(waiting, by=staff)
    assert waiting.status == "draft"


def test_a_stop_keeps_what_waits_in_the_outbox_and_going_on_sends_it_once(clock, waiting, staff, alice):
    workflow.begin(waiting)
    outbox.post_many("update", [alice.pk], key=f"update:{waiting.pk}", update=waiting.pk)
    workflow.stop(waiting, by=staff)
    outbox.deliver(OutgoingMail.objects.get(person=alice).pk)
    assert (mail.outbox, Client().get(reverse("community:update-detail", args=[waiting.slug])).status_code) == ([], 404)

    workflow.go_on(waiting, by=staff)
    clock()
    outbox.deliver(OutgoingMail.objects.get(person=alice).pk)
    clock()

    assert sorted(one.to[0] for one in mail.outbox) == sorted([alice.email, staff.email])


def test_what_a_worker_drops_as_it_goes_on_is_sent_all_the_same(clock, waiting, staff, alice):
    """The worker had read that it stands still, and writes so only after it went on."""
    workflow.begin(waiting)
    outbox.post_many("update", [alice.pk], key=f"update:{waiting.pk}", update=waiting.pk)
    of_another = outbox.post("update", alice, key=f"update:{waiting.pk}1:{alice.pk}", update=0)
    workflow.stop(waiting, by=staff)
    workflow.go_on(waiting, by=staff)
    OutgoingMail.objects.filter(person=alice).update(state="unwanted", answer="no longer wanted")

    clock()
    outbox.deliver(OutgoingMail.objects.get(key=f"update:{waiting.pk}:{alice.pk}").pk)

    assert sorted(one.to[0] for one in mail.outbox) == sorted([alice.email, staff.email])
    of_another.refresh_from_db()
    assert of_another.state == "unwanted"


def test_going_on_visits_its_links_before_the_transaction_begins(waiting, staff, alice):
    workflow.begin(waiting)
    workflow.stop(waiting, by=staff)

    with CaptureQueriesContext(connection) as queries:
        workflow.go_on(waiting, by=staff)

    asked = [query["sql"].split()[0] for query in queries if query["sql"].startswith("SAVEPOINT") or "newsitem" in query["sql"]]
    assert asked == ["SELECT"] * asked.count("SELECT") + ["SAVEPOINT"] * asked.count("SAVEPOINT")
    assert min(asked.count("SELECT"), asked.count("SAVEPOINT")) > 0


def test_what_was_dropped_is_found_by_its_key_and_not_by_looking_through_the_outbox(waiting):
    OutgoingMail.objects.bulk_create(
        OutgoingMail(kind="update", key=f"update:0:{number}", state="unwanted") for number in range(500)
    )

    plan = OutgoingMail.objects.filter(key__startswith=f"{waiting.mail_key}:").explain()

    assert ("Index" in plan, "Seq Scan" in plan) == (True, False)


def test_what_some_have_got_is_not_written_anew(waiting, staff):
    workflow.begin(waiting)
    workflow.stop(waiting, by=staff)

    with pytest.raises(PermissionDenied):
        workflow.unschedule(waiting, by=staff)


def test_who_leaves_between_gets_nothing(waiting, staff, alice):
    workflow.begin(waiting)
    sending.send_what_is_due()
    alice.ambassador.status = "alumni"
    alice.ambassador.save()

    row = OutgoingMail.objects.get(person=alice)
    outbox.deliver(row.pk)

    row.refresh_from_db()
    assert (row.state, mail.outbox) == ("unwanted", [])


def test_nothing_tells_us_that_it_was_opened_or_what_was_followed(clock, waiting):
    """No picture, nothing fetched, and every link is the very address that it names."""
    subscription = updates.subscription()
    clock(TOMORROW)

    letter = next(one for one in mail.outbox if one.to == [subscription.address])
    html = str(letter.alternatives[0].content)
    stop = re.search(r"http://localhost/unsubscribe/[a-z2-7]+/", letter.body).group(0)
    kept = re.search(r"http://localhost/subscribe/[a-z2-7]+/", letter.body).group(0)
    assert re.findall(r"""(?:href|src)=["']([^"']*)""", html) == [
        "http://localhost/news/the-ferry-runs-again/",
        "http://localhost/news/update/what-the-winter-taught-us/",
        kept,
        "http://localhost",
        stop,
    ]
    assert re.findall(r"<(?:img|iframe|link|script|object|video|audio|svg)|url\(|@import", html) == []
    assert len(html.encode()) < 102_000


def test_the_preview_is_what_is_mailed(client, clock, waiting, staff):
    client.force_login(staff)
    shown = client.get(reverse("admin:update-preview", args=[waiting.pk])).context["mail"]
    page = client.get(reverse("admin:update-page", args=[waiting.pk])).content.decode()
    updates.subscription()

    clock(TOMORROW)

    letter = next(one for one in mail.outbox if one.to == ["noor@elsewhere.example"])
    without_tokens = [re.sub(r"/[a-z2-7]{33,}/", "/example/", text) for text in (letter.body, letter.alternatives[0].content)]
    assert [letter.subject, *without_tokens] == [shown.subject, shown.text, shown.html]
    assert page == shown.html


def test_a_test_goes_to_its_editor_alone(client, django_capture_on_commit_callbacks, staff, alice):
    update = updates.update(by=staff)
    client.force_login(staff)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:update-try", args=[update.pk]))

    assert [(one.to, one.subject) for one in mail.outbox] == [([staff.email], "Test: What the winter taught us")]
    assert client.get(reverse("admin:update-try", args=[update.pk])).status_code == 405
    update.refresh_from_db()
    assert update.status == "draft"


@pytest.mark.row("R7")
def test_one_click_ends_a_subscription_and_nothing_else(clock, waiting, alice):
    updates.subscription()
    other = updates.subscription("other@elsewhere.example")
    clock(TOMORROW)
    letter = next(one for one in mail.outbox if one.to == ["noor@elsewhere.example"])
    link = re.search(r"<http://localhost(/unsubscribe/[a-z2-7]+/)>", letter.extra_headers["List-Unsubscribe"]).group(1)

    Client().get(link)
    assert Subscription.objects.count() == 2
    Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})

    assert list(Subscription.objects.all()) == [other]
    said = MailPreference.objects.filter(wanted=False)
    assert list(said.values_list("address", "kind")) == [("noor@elsewhere.example", "update")]


@pytest.mark.row("D18")
def test_what_went_out_is_on_the_site_and_nothing_else_is(client, clock, waiting, staff):
    updates.update("Half written", by=staff)
    places = ["/news/update/", "/feeds/update.xml", "/sitemap-updates.xml"]

    def where() -> list[bool]:
        return ["what-the-winter-taught-us" in client.get(place).content.decode() for place in places]

    assert where() == [False] * 3
    clock(TOMORROW)

    assert where() == [True] * 3
    page = client.get("/news/update/what-the-winter-taught-us/").content.decode()
    assert ("A morning boat at last." in page, "Half written" in client.get("/news/update/").content.decode()) == (True, False)
    waiting.refresh_from_db()
    workflow.withdraw(waiting, by=staff)
    assert where() == [False] * 3
    assert client.get("/news/update/what-the-winter-taught-us/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_archive_costs_the_same_however_long_it_is(client, staff, rows, django_assert_num_queries):
    for number in range(rows):
        updates.sent(f"Letter {number}", by=staff)
    client.get("/news/update/")

    with django_assert_num_queries(2):
        client.get("/news/update/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_letter_costs_the_same_however_many_passages_it_has(client, staff, rows, django_assert_num_queries):
    out = making.news("The ferry runs again", by=staff)
    parts = [{"source": "news", "item": str(out.pk)}] * rows
    url = reverse("community:update-detail", args=[updates.sent(by=staff, parts=parts).slug])
    client.get(url)

    with django_assert_num_queries(4):
        client.get(url)


class TestTwoEditors:
    """What one saved is not lost under what the other had before them."""

    def form(self, update, **changed):
        fields = {"title": update.title, "slug": update.slug, "lead": "", "opening": "Dear all.", "closing": "", "seen": "1"}
        return fields | {"parts-TOTAL_FORMS": "0", "parts-INITIAL_FORMS": "0"} | changed

    def test_the_second_keeps_their_words_on_the_page_unsaved(self, client, staff):
        update = updates.update(by=staff)
        client.force_login(staff)
        url = f"/admin/correspondence/update/{update.pk}/change/"

        first = client.post(url, self.form(update, lead="By the first."))
        second = client.post(url, self.form(update, lead="By the second."))

        update.refresh_from_db()
        assert (first.status_code, second.status_code) == (302, 200)
        assert (update.lead, update.revision) == ("By the first.", 2)
        assert "A colleague has saved this in the meantime." in second.content.decode()
        assert "By the second." in second.content.decode()

    def test_the_database_refuses_the_second_of_two_at_once(self, staff):
        update = updates.update(by=staff)
        workflow.keep(update, by=staff, seen=1)

        with pytest.raises(ValidationError, match="A colleague has saved this"):
            workflow.keep(Update.objects.get(), by=staff, seen=1)

    def test_what_is_scheduled_is_not_written_on(self, client, waiting, staff):
        client.force_login(staff)

        answer = client.post(f"/admin/correspondence/update/{waiting.pk}/change/", self.form(waiting, title="Another"))

        waiting.refresh_from_db()
        assert (answer.status_code, waiting.title) == (403, "What the winter taught us")

    def test_two_at_once_schedule_it_once(self, waiting, staff):
        with pytest.raises(TransitionRefused):
            workflow.schedule(waiting, at=timezone.now() + timedelta(days=2), zone="UTC", by=staff)


def test_a_passage_is_picked_in_the_admin(client, staff):
    out = making.news("The ferry runs again", by=staff)
    making.news("Not yet", by=staff, status="draft")
    client.force_login(staff)
    page = client.get("/admin/correspondence/update/add/").content.decode()
    assert ("The ferry runs again" in page, "Not yet" in page) == (True, False)

    client.post(
        "/admin/correspondence/update/add/",
        {
            "title": "What the winter taught us",
            "slug": "",
            "lead": "",
            "opening": "Dear all.",
            "closing": "",
            "parts-TOTAL_FORMS": "2",
            "parts-INITIAL_FORMS": "0",
            "parts-0-position": "1",
            "parts-0-heading": "From the coast",
            "parts-0-words": "",
            "parts-0-pick": f"news:{out.pk}",
            "parts-1-position": "10",
            "parts-1-heading": "",
            "parts-1-words": "",
            "parts-1-pick": "",
        },
    )

    update = Update.objects.get()
    assert (update.slug, update.status) == ("what-the-winter-taught-us", "draft")
    assert list(update.parts.values_list("heading", "source", "item")) == [("From the coast", "news", str(out.pk))]


@pytest.mark.parametrize(
    ("said", "zone", "moment"),
    [
        ("2026-03-05T09:30", "Europe/Brussels", datetime(2026, 3, 5, 8, 30, tzinfo=UTC)),
        ("2026-10-25T02:30", "Europe/Brussels", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice that night: the first
        ("2026-07-01T00:15", "Pacific/Kiritimati", datetime(2026, 6, 30, 10, 15, tzinfo=UTC)),
        ("2026-03-29T02:30", "Europe/Brussels", None),  # skipped that night
        ("tomorrow", "UTC", None),
        ("2026-13-05T09:30", "UTC", None),
    ],
)
def test_its_time_is_said_on_some_clock(said, zone, moment):
    form = ScheduleForm({"at": said, "zone": zone})

    assert form.is_valid() is (moment is not None)
    if moment:
        assert form.cleaned_data["at"].astimezone(UTC) == moment
