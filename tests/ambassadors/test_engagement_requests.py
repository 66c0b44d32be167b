"""What the support team asks of those who offered it: once, within a month's limit, answered by a link or on the site."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from ambassadors.engagement import workflow
from ambassadors.models import EngagementAsk, EngagementOffer, EngagementRequest
from correspondence.models import MailPreference, OutgoingMail
from correspondence.tasks import deliver_mail
from foundation.desk import cards_for
from foundation.models import Community, HistoryEntry
from foundation.privacy_export import sections
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import engagement_making as making
from tests.races import at_once

LIST = "/admin/ambassadors/engagementoffer/"
WORDS = {"subject": "Two readers", "body": "Twelve pages.", "needed_by": ""}


@pytest.fixture
def three(db):
    """Three people who offer a review."""
    return [making.offer(make.ambassador(name)) for name in ("Ada Abbot", "Ben Brook", "Cleo Crane")]


def asked():
    return sorted(EngagementAsk.objects.values_list("person__name", "request__subject"))


@pytest.mark.row("A4")
def test_staff_ask_from_the_list_those_who_are_available_and_are_told_who_was_left_out(client, staff, three, mailoutbox):
    workflow.offer(three[1].ambassador, three[1].option, by=three[1].ambassador.user, paused_from=timezone.localdate())
    client.force_login(staff)
    keys = [str(one.pk) for one in three]

    page = client.post(LIST, {"action": "ask_selected", "_selected_action": keys})
    assert [str(person) for person in page.context["asked"].people] == ["Ada Abbot", "Cleo Crane"]
    assert [(str(person), why) for person, why in page.context["asked"].skipped] == [("Ben Brook", "not available today")]
    response = client.post(f"{LIST}ask/", WORDS | {"offer": keys}, follow=True)

    assert asked() == [("Ada Abbot", "Two readers"), ("Cleo Crane", "Two readers")]
    said = [str(message) for message in response.context["messages"]]
    assert said == ["2 people are asked.", "Ben Brook was left out: not available today."]
    for mail in OutgoingMail.objects.filter(kind="engagement_request"):
        deliver_mail(mail.pk)
    assert [mail.subject for mail in mailoutbox] == ["Two readers", "Two readers"]
    assert "You offered “Review”. Sam Staff asks:" in mailoutbox[0].body


def test_nobody_is_asked_more_than_so_many_times_in_thirty_days(alice, bob, staff):
    Community.objects.create(pk=1, name="Harbour Lights", asks_a_month=2)
    for number in (1, 2):
        making.ask(alice, staff, subject=f"Request {number}")
    making.offer(bob)

    _request, third = workflow.ask(EngagementOffer.objects.all(), subject="Request 3", body="<p>Hm</p>", by=staff)

    assert ([str(one) for one in third.people], [(str(one), why) for one, why in third.skipped]) == (
        ["Bob Brandt"],
        [("Alice Amadi", "asked 2 times in the last 30 days")],
    )
    EngagementAsk.objects.filter(person=alice).update(asked_at=timezone.now() - datetime.timedelta(days=31))
    assert making.ask(alice, staff, subject="Request 4").person == alice


@pytest.mark.django_db(transaction=True)
def test_two_of_the_team_who_ask_at_once_do_not_go_over_the_limit():
    staff = make.person("Sam Staff", is_staff=True)
    offers = [making.offer(make.ambassador("Ada Abbot"))]
    Community.objects.create(pk=1, name="Harbour Lights", asks_a_month=1)

    results = at_once(*[lambda n=n: workflow.ask(offers, subject=f"Request {n}", body="<p>Hm</p>", by=staff) for n in range(2)])

    assert EngagementAsk.objects.count() == EngagementRequest.objects.count() == 1
    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [ValidationError]


def test_when_nobody_can_be_asked_nothing_is_made(client, staff, three):
    for one in three:
        workflow.offer(one.ambassador, one.option, by=one.ambassador.user, paused_from=timezone.localdate())
    client.force_login(staff)

    page = client.post(f"{LIST}ask/", WORDS | {"offer": [one.pk for one in three]})

    assert page.status_code == 200
    assert "None of them can be asked now." in page.content.decode()
    assert not EngagementRequest.objects.exists()


def test_people_are_asked_for_one_thing_at_a_time(client, staff, three):
    other = making.offer(make.ambassador("Dora Dunn"), "speak")
    client.force_login(staff)

    response = client.post(LIST, {"action": "ask_selected", "_selected_action": [three[0].pk, other.pk]}, follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert said == ["Choose up to 50 people who offer the same thing: filter the list first."]
    with pytest.raises(ValidationError):
        workflow.ask([three[0], other], subject="Both", body="", by=staff)


def test_only_the_support_team_asks(alice, three):
    with pytest.raises(PermissionDenied):
        workflow.ask(three, subject="Mine", body="", by=alice)

    assert asked() == []


@pytest.mark.parametrize(
    ("said", "shown"), [("yes", "yes, gladly"), ("not now", "not this time"), ("somebody else", "not me, but I know somebody")]
)
def test_an_answer_on_the_site_is_seen_by_the_support_team(client, alice, staff, said, shown):
    one = making.ask(alice, staff)
    client.force_login(alice)

    client.post(reverse("ambassadors:engagement-request-answer", args=[one.request_id]), {"answer": said, "word": "Ask Bo too."})

    one.refresh_from_db()
    assert (one.answer, one.word, one.door) == (said, "Ask Bo too.", "web")
    assert HistoryEntry.objects.filter(about=alice).latest("pk").note == ""
    client.force_login(staff)
    page = client.get(reverse("admin:ambassadors_engagementrequest_change", args=[one.request_id])).content.decode()
    assert (shown in page, "Ask Bo too." in page) == (True, True)


def test_the_link_of_the_mail_answers_without_signing_in(client, alice, staff, mailoutbox):
    one = making.ask(alice, staff)
    deliver_mail(OutgoingMail.objects.get(kind="engagement_request").pk)
    link = re.search(r"https?://[^/]+(/engagement/answer/\S+/)", mailoutbox[0].body)[1]

    shown = client.get(link)
    one.refresh_from_db()
    assert (shown.status_code, one.answer) == (200, "")
    client.post(f"{link}save/", {"answer": "yes", "word": ""})

    one.refresh_from_db()
    assert (one.answer, one.door) == ("yes", "mail")
    entry = HistoryEntry.objects.latest("pk")
    assert (entry.actor, entry.via, entry.verb, entry.after) == (alice, "mail", "answered: yes", "yes")
    assert shown["Referrer-Policy"] == "no-referrer"


def test_a_closed_request_takes_no_answer_by_either_road(client, alice, staff):
    one = making.ask(alice, staff)
    link = reverse("ambassadors:engagement-answer", args=[making.link_of(one)])
    client.force_login(staff)
    client.post(reverse("admin:engagement-request-close", args=[one.request_id]))
    client.force_login(alice)

    client.post(reverse("ambassadors:engagement-request-answer", args=[one.request_id]), {"answer": "yes"})

    one.refresh_from_db()
    assert (one.answer, one.request.status) == ("", "closed")
    assert client.get(link).status_code == 410
    assert client.post(f"{link}save/", {"answer": "yes"}).status_code == 410
    with pytest.raises(TransitionRefused):
        workflow.answer(one, "yes", by=alice)


def test_a_wrong_answer_is_told_beside_its_field(client, alice, staff):
    one = making.ask(alice, staff)
    client.force_login(alice)

    page = client.post(reverse("ambassadors:engagement-request-answer", args=[one.request_id]), {"answer": "perhaps"})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["answer"])


def test_a_request_lies_on_the_desk_as_an_offer_until_it_is_answered(alice, bob, staff):
    day = timezone.localdate() + datetime.timedelta(days=9)
    one = making.ask(alice, staff, subject="A foreword", needed_by=day)

    (card,) = [card for card in cards_for(alice) if card.title == "A foreword"]
    assert (card.group, card.weight, card.url, card.due_at.date()) == ("offered", 10, one.request.get_absolute_url(), day)
    assert card.text == "Sam Staff asks, because you offered: Review."
    assert [card for card in cards_for(bob) if card.title == "A foreword"] == []
    workflow.answer(one, "not now", by=alice)
    assert [card for card in cards_for(alice) if card.title == "A foreword"] == []


@pytest.mark.parametrize("change", ["answered", "closed", "switched off"])
def test_the_mail_does_not_go_when_it_is_no_longer_wanted(alice, staff, mailoutbox, change):
    one = making.ask(alice, staff)
    if change == "answered":
        workflow.answer(one, "yes", by=alice)
    elif change == "closed":
        workflow.close(one.request, by=staff)
    else:
        MailPreference.objects.create(person=alice, kind="engagement_request", wanted=False)

    mail = OutgoingMail.objects.get(kind="engagement_request")
    deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mailoutbox) == ("unwanted", [])


def test_the_outbox_keeps_no_words_and_no_link(alice, staff):
    one = making.ask(alice, staff, subject="Canary subject")

    (mail,) = OutgoingMail.objects.filter(kind="engagement_request")

    assert sorted(mail.about) == ["ask", "token"]
    assert making.link_of(one) not in str(mail.about)


def test_an_archive_holds_what_was_asked_and_erasure_takes_it_away(alice, bob, staff):
    one = making.ask(alice, staff)
    making.ask(bob, staff, subject="Another")
    workflow.answer(one, "yes", word="Gladly.", by=alice)

    archived = [(line["subject"], line["text"], line["answer"], line["words"]) for line in sections["requests"].export(alice)]
    sections["requests"].erase(alice)

    assert archived == [("Two readers", "Twelve pages.", "yes", "Gladly.")]
    assert asked() == [("Bob Brandt", "Another")]


@pytest.mark.parametrize("rows", [1, 3])
def test_requests_in_the_admin_query_count(client, staff, django_assert_num_queries, rows):
    for number in range(rows):
        making.ask(make.ambassador(f"Person {number}"), staff, subject=f"Request {number}")
    client.force_login(staff)
    client.get("/admin/ambassadors/engagementrequest/")

    with django_assert_num_queries(6):
        client.get("/admin/ambassadors/engagementrequest/")


def test_who_asked_and_was_erased_since_is_the_support_team(alice, staff, mailoutbox):
    making.ask(alice, staff)
    sections["requests"].erase(staff)

    deliver_mail(OutgoingMail.objects.get(kind="engagement_request").pk)

    assert "The support team asks:" in mailoutbox[0].body
