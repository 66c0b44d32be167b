"""“I need…”: it finds those who offered the topic and are there, and nobody too often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from ambassadors.models import SlotOffer, SpeakingSlot
from correspondence import allowance
from correspondence.models import OutgoingMail
from discussions.models import Need, NeedAlert, Post, Responder, Thread
from discussions.needs import workflow
from discussions.workflow import reply
from foundation.desk import cards_for
from foundation.models import Community, Topic
from tests import make
from tests.ambassadors import engagement_making
from tests.discussions import making, prompting

pytestmark = pytest.mark.django_db
SUBJECT = ["School budgets"]


@pytest.fixture
def space():
    Community.objects.create(pk=1, name="Harbour Lights", asks_a_month=2)
    return making.topic()


def need(space, by, **fields) -> Need:
    topic = Topic.objects.get_or_create(name=SUBJECT[0])[0]
    return workflow.start_need(space, topic, by=by, **{"subject": "A second pair of eyes", "body": "Who would look?", **fields})


def told() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="need_alert").values_list("person__name", flat=True))


@pytest.mark.row("D16")
def test_it_reaches_those_who_offered_the_topic_and_are_there_and_nobody_too_often(client, space, alice):
    make.ambassador("Knows", topics=SUBJECT)
    make.ambassador("Other topic", topics=["Choirs"])
    make.ambassador("Away", topics=SUBJECT, away_until="2099-01-01")
    make.ambassador("Paused", topics=SUBJECT, status="paused")
    make.ambassador("Discreet", topics=SUBJECT, topics_audience="staff")
    make.ambassador("Left", topics=SUBJECT, status="alumni")
    type(alice.ambassador).objects.get(user=alice).topics.set(Topic.objects.filter(name=SUBJECT[0]))
    client.force_login(alice)
    asked = {"topic": Topic.objects.get(name=SUBJECT[0]).pk, "space": space.pk, "body": "Who would look at it with me?"}
    after = []

    for number in range(3):
        client.post(reverse("discussions:need-start"), {**asked, "subject": f"A second pair of eyes, {number}"})
        after.append(told())
    NeedAlert.objects.update(at=F("at") - timedelta(days=31))
    client.post(reverse("discussions:need-start"), {**asked, "subject": "Once more"})

    assert after == [["Knows"], ["Knows", "Knows"], ["Knows", "Knows"]]  # twice a month is the most
    assert told() == ["Knows"] * 3
    assert [thread.kind for thread in Thread.objects.all()] == ["question"] * 4


@pytest.mark.row("D16")
def test_whatever_asked_somebody_this_month_counts(space, alice, staff):
    rounds = [prompting.next_round(prompting.series(making.micro(alice), alice)) for _number in range(2)]
    slot = SpeakingSlot.objects.create(title="A panel", on="2027-02-01", wanted_by="2027-01-20", place="Leeds", audience="Deans")
    a_request, a_request_and_a_slot, a_slot_and_a_prompt, two_prompts, a_prompt = (
        make.ambassador(name, topics=SUBJECT)
        for name in ("A request", "A request and a slot", "A slot and a prompt", "Two prompts", "A prompt")
    )
    for person in (a_request, a_request_and_a_slot):
        engagement_making.ask(person, staff, subject=f"For {person}")
    for person in (a_request_and_a_slot, a_slot_and_a_prompt):
        SlotOffer.objects.create(slot=slot, person=person)
    for person in (a_slot_and_a_prompt, two_prompts, a_prompt):
        Responder.objects.create(round=rounds[0], person=person)
    Responder.objects.create(round=rounds[1], person=two_prompts)

    need(space, alice)

    assert told() == ["A prompt", "A request"]


def test_a_form_sent_twice_asks_once(client, space, alice):
    make.ambassador("Knows", topics=SUBJECT)
    client.force_login(alice)
    form = client.get(reverse("discussions:need-start")).context["form"]
    said = {
        "subject": "Eyes",
        "topic": Topic.objects.get().pk,
        "space": space.pk,
        "body": "Who?",
        "sent_key": form["sent_key"].value(),
    }

    for _press in range(2):
        client.post(reverse("discussions:need-start"), said)

    assert (Need.objects.count(), told()) == (1, ["Knows"])


def test_in_a_micro_community_it_stays_among_those_who_can_answer_there(alice):
    make.ambassador("Outside", topics=SUBJECT)
    space = making.micro(alice, openness="open")
    making.join(space, make.ambassador("Inside", topics=SUBJECT))
    making.join(space, make.ambassador("Reads along", topics=SUBJECT), "promoter")

    need(space, alice)

    assert told() == ["Inside"]


def test_who_was_asked_least_is_asked_first(space, alice, monkeypatch):
    people = [make.ambassador(name, topics=SUBJECT) for name in ("Anna", "Ben", "Cleo")]
    first = need(space, alice)
    NeedAlert.objects.filter(need=first).exclude(person=people[0]).delete()
    monkeypatch.setattr(workflow, "MOST", 2)

    second = need(space, alice)

    assert sorted(str(alert.person) for alert in second.alerts.all()) == ["Ben", "Cleo"]


def test_once_something_has_helped_nobody_is_asked_any_more(space, alice):
    knows = make.ambassador("Knows", topics=SUBJECT)
    one = need(space, alice)
    mail = OutgoingMail.objects.get(kind="need_alert")
    before = allowance.refusal(mail), [card.title for card in cards_for(knows) if "I need" in card.title]
    answer = reply(one.thread, by=knows, body="Gladly.")
    Thread.objects.filter(pk=one.thread_id).update(helped=answer)

    assert before == ("", ["I need: A second pair of eyes"])
    assert allowance.refusal(OutgoingMail.objects.get(pk=mail.pk)) == "no longer wanted"
    assert [card.title for card in cards_for(knows) if "I need" in card.title] == []
    assert Post.objects.filter(thread=one.thread).count() == 2


def test_the_page_says_with_what_and_not_whom_it_reached(client, space, alice, bob):
    make.ambassador("Knows About Budgets", topics=SUBJECT)
    one = need(space, alice)
    client.force_login(bob)

    page = client.get(one.thread.get_absolute_url()).content.decode()

    assert "help with School budgets" in page
    assert "Knows About Budgets" not in page
