"""Reports: who learns of them, who handles them, and what the one who reported hears."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied, ValidationError

from ambassadors.models import User
from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from discussions import workflow
from discussions.models import ConductDuty, Post, Report, ReportNote
from discussions.moderation import duties, reporting
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db
WORDS = "You have no idea, as usual."


@pytest.fixture
def root():
    return make.person("Rosa Root", is_staff=True, is_superuser=True)


@pytest.fixture
def handler(root):
    """Somebody who handles reports."""
    person = make.ambassador("Hanna Handler")
    duties.give_duty(person, by=root)
    return person


def post_in(space, author, body=WORDS):
    return making.thread(space, author, body=body).posts.get()


def deliver_all():
    for mail in OutgoingMail.objects.filter(state="queued"):
        deliver_mail(mail.pk)


def handlers_of(report):
    people = User.objects.order_by("name")
    return [person.name for person in people if Report.objects.handled_by(person).filter(pk=report.pk).exists()]


@pytest.mark.row("D20")
def test_a_report_is_visible_to_handlers_alone_and_never_handled_by_the_reported(client, alice, bob, handler, root, staff):
    """FEATURES D20: visible only to handlers, and the handler cannot be the reported person; the reporter sees the outcome."""
    duties.give_duty(bob, by=root)  # the author of the words has the duty himself
    space = making.micro(make.ambassador("Lea Leader"), openness="open")
    making.join(space, bob)
    post = post_in(space, bob)
    client.force_login(alice)
    page = client.get(f"/discussions/posts/{post.pk}/report/").content.decode()
    client.post(f"/discussions/posts/{post.pk}/report/", {"reason": "unkind", "words": "Please talk with him."})
    report = Report.objects.get()

    assert 'href="/norms/"' in page
    assert handlers_of(report) == ["Hanna Handler", "Lea Leader"]
    for person, status in ((bob, 404), (staff, 404), (root, 404), (handler, 200), (alice, 200)):
        client.force_login(person)
        assert (person.name, client.get(report.get_absolute_url()).status_code) == (person.name, status)
        assert ("Please talk with him." in client.get("/reports/").content.decode()) is False
    client.force_login(bob)
    assert client.post(f"/reports/{report.pk}/settle/", {"acted": "no", "outcome": "Nothing."}).status_code == 404
    client.force_login(handler)
    client.post(f"/reports/{report.pk}/note/", {"words": "Bob and I talked."})
    client.post(f"/reports/{report.pk}/settle/", {"acted": "yes", "outcome": "He is sorry, and has changed it."})
    client.force_login(alice)
    told = client.get(report.get_absolute_url()).content.decode()

    assert "He is sorry, and has changed it." in told
    assert "Bob and I talked." not in told
    deliver_all()
    to_alice = [mail for mail in django_mail.outbox if mail.to == [alice.email]]
    assert ["He is sorry, and has changed it." in mail.body for mail in to_alice] == [True]
    assert [mail for mail in django_mail.outbox if mail.to == [bob.email] and "report" in mail.subject.lower()] == []


def test_handlers_are_told_without_the_words(alice, bob, handler, root):
    post = post_in(making.topic(), bob)
    reporting.report(post, by=alice, reason="unkind", words="He shouts.")
    deliver_all()

    filed = [mail for mail in django_mail.outbox if mail.subject == "A report for you to look at"]
    assert sorted(mail.to[0] for mail in filed) == sorted(one.email for one in (handler, root, making.host()))
    assert [part for mail in filed for part in (WORDS, "He shouts.", "Bob", "Alice") if part in mail.body] == []


def test_of_a_private_conversation_handlers_see_the_reported_message_alone(client, alice, bob, handler):
    thread = workflow.start_private_thread(by=alice, to=bob, subject="Between us only", body="Something tender.")
    said = workflow.reply(thread, by=bob, body=WORDS)
    report = reporting.report(said, by=alice, reason="harassing")

    client.force_login(handler)
    page = client.get(report.get_absolute_url()).content.decode()

    assert handlers_of(report) == ["Hanna Handler"]
    assert WORDS in page
    assert [part for part in ("Something tender", "Between us only", f'href="{said.get_absolute_url()}"') if part in page] == []
    assert client.get(said.get_absolute_url()).status_code == 404


def test_where_nobody_with_the_duty_may_handle_it_the_support_team_does(alice, bob, handler, root, staff):
    report = reporting.report(
        workflow.start_private_thread(by=handler, to=bob, subject="Hm", body=WORDS).posts.get(), by=bob, reason="unkind"
    )

    assert handlers_of(report) == ["Rosa Root", "Sam Staff"]
    assert set(reporting.handlers_of(report)) == {root, staff}


def test_the_words_stay_as_they_were_reported(client, alice, bob, handler):
    post = post_in(making.topic(), bob)
    report = reporting.report(post, by=alice, reason="unkind")
    Post.objects.filter(pk=post.pk).update(body="<p>All is well.</p>", revision=2)

    client.force_login(handler)
    page = client.get(report.get_absolute_url()).content.decode()

    assert (WORDS in page, "All is well." in page, "It was edited since" in page) == (True, False, True)


def test_one_reports_a_post_once_and_never_ones_own(alice, bob):
    post = post_in(making.topic(), bob)
    reporting.report(post, by=alice, reason="unkind")

    with pytest.raises(ValidationError, match="already"):
        reporting.report(post, by=alice, reason="selling")
    with pytest.raises(PermissionDenied):
        reporting.report(post, by=bob, reason="unkind")
    with pytest.raises(ValidationError, match="in a sentence"):
        reporting.report(post, by=making.host(), reason="other", words=" ")
    assert Report.objects.count() == 1


def test_each_step_is_in_the_history_and_no_settled_report_moves_again(alice, bob, handler, root):
    report = reporting.report(post_in(making.topic(), bob), by=alice, reason="unkind")
    reporting.take(report, by=handler)
    reporting.give_back(report, by=handler)
    reporting.withdraw(report, by=alice)

    lines = HistoryEntry.objects.filter(target_type__model="report").order_by("pk").values_list("actor__name", "verb")
    assert list(lines) == [
        ("Alice Amadi", "reported a post"),
        ("Hanna Handler", "took a report in hand"),
        ("Hanna Handler", "gave a report back"),
        ("Alice Amadi", "took a report back"),
    ]
    assert [line for line in HistoryEntry.objects.visible_to(root) if line.target_type.model == "report"] == []


def test_a_report_lies_on_the_desk_and_on_the_morning_page_of_its_handlers(client, alice, bob, handler):
    reporting.report(post_in(making.topic(), bob), by=alice, reason="selling")

    assert ["A report waits for you" in [card.title for card in cards_for(person)] for person in (handler, alice, bob)] == [
        True,
        False,
        False,
    ]
    client.force_login(handler)
    assert "It advertises or sells" in client.get("/discussions/morning/").content.decode()
    client.force_login(bob)
    assert "It advertises or sells" not in client.get("/discussions/morning/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_report_list_query_count(client, alice, bob, handler, rows, django_assert_num_queries):
    topic = making.topic()
    for number in range(rows):
        reporting.report(post_in(topic, bob, f"No. {number}"), by=alice, reason="unkind")
    client.force_login(handler)
    client.get("/reports/")

    with django_assert_num_queries(6):
        client.get("/reports/")


def test_the_last_handler_keeps_the_duty(alice, root, handler):
    with pytest.raises(ValidationError, match="last one"):
        duties.release_from_duty(handler.conduct_duty, by=root)
    with pytest.raises(PermissionDenied):
        duties.give_duty(alice, by=handler)
    duties.give_duty(root, by=root)
    duties.release_from_duty(handler.conduct_duty, by=root)

    assert list(ConductDuty.objects.values_list("person__name", flat=True)) == ["Rosa Root"]


def test_superusers_give_and_take_the_duty_in_the_admin(client, alice, bob, handler, root, staff):
    client.force_login(staff)
    assert client.get("/admin/discussions/conductduty/").status_code == 200
    assert client.post("/admin/discussions/conductduty/add/", {"person": alice.pk}).status_code == 403
    client.force_login(root)
    client.post("/admin/discussions/conductduty/add/", {"person": alice.pk})
    assert client.get(f"/admin/discussions/conductduty/{alice.conduct_duty.pk}/change/").status_code == 200
    client.post(f"/admin/discussions/conductduty/{handler.conduct_duty.pk}/release/")

    assert list(ConductDuty.objects.values_list("person__name", flat=True)) == ["Alice Amadi"]


def test_archives_hold_ones_own_reports_and_erasing_leaves_a_nameless_case(alice, bob, handler):
    report = reporting.report(post_in(making.topic(), bob), by=alice, reason="unkind", words="Alice Amadi minds.")
    reporting.note(report, "Bob Brandt is sorry.", by=handler)

    assert [row["words"] for row in archive_of(alice)["reports"]] == ["Alice Amadi minds."]
    assert archive_of(bob)["reports"] == []
    assert [row.get("note") for row in archive_of(handler)["reports"]][:1] == ["Bob Brandt is sorry."]
    erase(alice)
    erase(bob)

    report.refresh_from_db()
    assert (report.reporter, report.reported, report.said, report.words) == (None, None, "", "a former member minds.")
    assert ReportNote.objects.get().words == "a former member is sorry."
