"""Speaking slots: offered to those who speak and are there, given to one, and talked about afterwards."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import EngagementOption, OutreachEntry, SlotOffer, SlotVolunteer, SpeakingSlot
from ambassadors.outreach import entries, slots
from ambassadors.workflow.standing import make_alumni
from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from foundation.desk import cards_for
from foundation.models import Community
from foundation.privacy_export import sections
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import engagement_making
from tests.ambassadors import outreach_making as making
from tests.ambassadors.test_outreach import answer, last_to, text_of
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.races import at_once

PAGE = "/outreach/speaking/"


def speaker(name: str, **fields):
    """Somebody who ticked that they speak."""
    person = make.ambassador(name, **fields)
    engagement_making.offer(person, "speak")
    EngagementOption.objects.filter(slug="speak").update(speaks=True)
    return person


def offered() -> list[str]:
    return sorted(SlotOffer.objects.values_list("person__name", flat=True))


def mails() -> list[tuple[str, str]]:
    return sorted(OutgoingMail.objects.exclude(kind="slot_offered").values_list("kind", "person__name"))


def standing() -> list[tuple[str, str]]:
    return sorted(SlotVolunteer.objects.values_list("person__name", "status"))


@pytest.mark.row("A11")
def test_of_two_volunteers_one_speaks_the_other_hears_politely_and_the_talk_counts(client, alice, staff, mailoutbox, time_machine):
    time_machine.move_to("2026-11-02T12:00:00Z")
    ada, ben = make.ambassador("Ada Abbot"), make.ambassador("Ben Brook")
    network = making.network("Funders", "funders")
    client.force_login(alice)
    place = {
        "title": "Results without fear",
        "on": "2026-11-20",
        "wanted_by": "2026-11-10",
        "place": "Leeds",
        "audience": "Trustees",
    }
    page = client.post(f"{PAGE}new/", place, follow=True)
    (slot,) = SpeakingSlot.objects.all()
    for person, words in ((ada, "I have a box of apples."), (ben, "")):
        client.force_login(person)
        client.post(f"{PAGE}{slot.pk}/volunteer/", {"words": words})
    client.force_login(alice)
    told = client.get(f"{PAGE}{slot.pk}/").context["volunteers"]
    client.post(f"{PAGE}{slot.pk}/give/{told[0].pk}/")

    for mail in OutgoingMail.objects.order_by("pk"):
        deliver_mail(mail.pk)
    assert (page.status_code, [(str(one.person), one.words) for one in told]) == (
        200,
        [("Ada Abbot", "I have a box of apples."), ("Ben Brook", "")],
    )
    assert sorted((mail.to[0].partition("@")[0], mail.subject) for mail in mailoutbox) == [
        ("ada-abbot", "You speak: Results without fear"),
        ("ben-brook", "Thank you for offering to speak: Results without fear"),
    ]
    assert standing() == [("Ada Abbot", "chosen"), ("Ben Brook", "thanked")]

    time_machine.move_to("2026-11-21T12:00:00Z")
    client.force_login(ada)
    client.post(
        f"{PAGE}{slot.pk}/log/", {"network": network.pk, "reach": "60", "certainty": "measured", "link": "tidemark.example/t"}
    )
    client.force_login(staff)
    totals = client.get("/admin/ambassadors/outreachentry/totals/").context
    assert totals["networks"]["rows"] == [["Funders", "1", "60", "0", "0"]]
    assert [(entry.what, entry.link, str(entry.on)) for entry in totals["sources"]] == [
        ("Talk: Results without fear", "https://tidemark.example/t", "2026-11-20")
    ]


def test_who_was_not_chosen_only_they_whoever_posted_it_and_the_team_see(client, alice, bob, staff):
    slot = making.slot(alice)
    ada, ben = make.ambassador("Ada Abbot"), make.ambassador("Ben Brook")
    chosen = making.volunteer(slot, ada)
    making.volunteer(slot, ben)
    slots.give(chosen, by=alice)
    sees = {}

    for reader in (alice, bob, staff, ada, ben):
        client.force_login(reader)
        pages = "".join(client.get(url).content.decode() for url in (PAGE, f"{PAGE}{slot.pk}/"))
        sees[str(reader)] = ("Ada Abbot" in pages, pages.count("Ben Brook") > (reader == ben))

    assert sees == {
        "Alice Amadi": (True, True),
        "Bob Brandt": (True, False),
        "Sam Staff": (True, True),
        "Ada Abbot": (True, False),
        "Ben Brook": (True, True),  # his own menu names him
    }


@pytest.mark.row("D16")
@pytest.mark.row("A9")
def test_a_slot_is_offered_to_those_who_speak_and_are_there_and_to_nobody_too_often(alice, staff):
    Community.objects.create(pk=1, name="Harbour Lights", asks_a_month=2)
    speaker("Speaks")
    speaker("Away", away_until="2099-01-01")
    speaker("Resting", status="paused")
    engagement_making.offer(speaker("Offer paused"), "speak", paused_from=timezone.localdate())
    make.ambassador("Ticked nothing")
    busy = speaker("Asked already")
    for number in range(2):
        engagement_making.ask(busy, staff, subject=f"Request {number}")

    after = []
    for _number in range(3):
        making.slot(alice)
        after.append(offered())

    assert after == [["Speaks"], ["Speaks"] * 2, ["Speaks"] * 2]


def test_the_topics_own_people_hear_of_a_slot_first(alice, monkeypatch):
    monkeypatch.setattr("ambassadors.outreach.offering.MOST", 1)
    speaker("Anybody")
    knows = speaker("Knows", topics=["School budgets"])
    speaker("Knows quietly", topics=["School budgets"], topics_audience="staff")

    making.slot(alice, topic=knows.ambassador.topics.get())

    assert offered() == ["Knows"]


@pytest.mark.parametrize(
    ("said", "volunteers", "declined", "outcome"),
    [
        ("Yes, I have given it twice.", [("Sue Speaks", "I have given it twice.")], False, "posted"),
        ("Gladly!", [("Sue Speaks", "")], False, "posted"),
        ("Not now, sorry.", [], True, "posted"),
        ("no", [], True, "posted"),
        ("Who would listen?", [], False, "refused"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_an_offer_is_answered_by_mail(smtp, said, volunteers, declined, outcome):  # noqa: F811
    alice, sue = make.ambassador("Alice Amadi"), speaker("Sue Speaks")
    making.slot(alice)

    mail = answer(last_to(smtp, sue), sue, said)

    assert mail.outcome == outcome
    assert list(SlotVolunteer.objects.values_list("person__name", "words")) == volunteers
    assert (SlotOffer.objects.get().declined_at is not None) == declined
    assert [card.title for card in cards_for(sue) if "Would you speak" in card.title] == (
        ["Would you speak? Twenty minutes on results"] if outcome == "refused" else []
    )


@pytest.mark.django_db(transaction=True)
def test_a_slot_that_two_give_at_once_has_one_speaker():
    alice, staff = make.ambassador("Alice Amadi"), make.person("Sam Staff", is_staff=True)
    slot = making.slot(alice)
    first, second = (making.volunteer(slot, make.ambassador(name)) for name in ("Ada Abbot", "Ben Brook"))

    results = at_once(lambda: slots.give(first, by=alice), lambda: slots.give(second, by=staff))

    slot.refresh_from_db()
    assert [type(result) for result in results if isinstance(result, Exception)] == [TransitionRefused]
    assert sorted(status for _name, status in standing()) == ["chosen", "thanked"]
    assert SlotVolunteer.objects.get(status="chosen").person == slot.speaker
    assert sorted(kind for kind, _name in mails() if kind != "slot_volunteered") == ["slot_given", "slot_thanks"]


def test_a_speaker_who_cannot_after_all_gives_the_slot_back(client, alice, bob):
    slot = making.slot(alice)
    ada = make.ambassador("Ada Abbot")
    slots.give(making.volunteer(slot, bob), by=alice)
    client.force_login(bob)

    client.post(f"{PAGE}{slot.pk}/withdraw/")
    making.volunteer(slot, ada)
    slots.give(SlotVolunteer.objects.get(person=ada), by=alice)

    slot.refresh_from_db()
    assert (slot.status, slot.speaker, standing()) == ("given", ada, [("Ada Abbot", "chosen"), ("Bob Brandt", "withdrawn")])
    assert ("slot_given_back", "Alice Amadi") in mails()


@pytest.mark.parametrize("road", ["leaving", "erasing"])
def test_a_talk_of_somebody_who_leaves_looks_for_a_speaker_again(alice, bob, staff, road):
    slot = making.slot(alice)
    slots.give(making.volunteer(slot, bob), by=alice)

    if road == "leaving":
        make_alumni(bob.ambassador, by=staff)
    else:
        sections["speaking"].erase(bob)

    slot.refresh_from_db()
    assert (slot.status, slot.speaker) == ("open", None)
    assert ("slot_given_back", "Alice Amadi") in mails()


def test_a_slot_that_is_called_off_tells_those_who_would_have_spoken(client, alice, bob):
    slot = making.slot(alice)
    making.volunteer(slot, bob)
    with pytest.raises(PermissionDenied):
        slots.call_off(slot, by=bob)
    client.force_login(alice)

    for _press in range(2):
        client.post(f"{PAGE}{slot.pk}/call-off/")

    slot.refresh_from_db()
    assert (slot.status, mails()) == ("called off", [("slot_called_off", "Bob Brandt"), ("slot_volunteered", "Alice Amadi")])
    with pytest.raises(TransitionRefused):
        making.volunteer(slot, make.ambassador("Late Lea"))


def test_no_slot_is_volunteered_for_after_its_day(alice, bob):
    slot = making.slot(alice)
    SpeakingSlot.objects.update(on=timezone.localdate() - making.DAY, wanted_by=timezone.localdate() - making.DAY)

    with pytest.raises(TransitionRefused):
        making.volunteer(slot, bob)


@pytest.mark.parametrize(
    ("field", "value"), [("on", "2001-01-01"), ("wanted_by", "2999-01-01"), ("place", ""), ("title", ""), ("audience", "")]
)
def test_what_is_wrong_with_a_slot_is_said_beside_its_field(client, alice, field, value):
    client.force_login(alice)
    day = f"{timezone.localdate() + 9 * making.DAY:%Y-%m-%d}"

    page = client.post(f"{PAGE}new/", {"title": "T", "on": day, "wanted_by": day, "place": "P", "audience": "A", field: value})

    assert (list(page.context["form"].errors), SpeakingSlot.objects.count()) == ([field], 0)


def test_the_speaker_is_asked_once_on_the_day_after(alice, bob, time_machine):
    time_machine.move_to("2026-11-02T12:00:00Z")
    slot = making.slot(alice, on=datetime.date(2026, 11, 20), wanted_by=datetime.date(2026, 11, 10))
    slots.give(making.volunteer(slot, bob), by=alice)
    reminded = []

    for day in (20, 21, 22):
        time_machine.move_to(f"2026-11-{day}T12:00:00Z")
        reminded.append(slots.remind_speakers())

    assert (reminded, [card.title for card in cards_for(bob) if "How was" in card.title]) == (
        [0, 1, 0],
        ["How was “Twenty minutes on results”?"],
    )
    making.network()
    entries.log(bob, slot=slot, what="Talk", network=making.network(), on=slot.on)
    assert [card.title for card in cards_for(bob) if "How was" in card.title] == []
    with pytest.raises(TransitionRefused):
        entries.log(bob, slot=slot, what="Talk", network=making.network(), on=slot.on)


@pytest.mark.row("A11")
@pytest.mark.django_db(transaction=True)
def test_the_speaker_answers_by_mail_who_listened(smtp):  # noqa: F811
    staff, ada = make.person("Sam Staff", is_staff=True), make.ambassador("Ada Abbot")
    making.network("Funders", "funders")
    making.talk(staff, ada)
    assert slots.remind_speakers() == 1

    answer(last_to(smtp, ada), ada, "Counted 60 funders, https://tidemark.example/talk")
    draft = text_of(last_to(smtp, ada))
    answer(last_to(smtp, ada), ada, "yes")

    assert "What you shared: Talk: Twenty minutes on results" in draft
    entry = OutreachEntry.objects.get()
    assert (entry.status, entry.reach, entry.certainty, entry.link) == ("logged", 60, "measured", "https://tidemark.example/talk")


def test_whoever_posted_a_slot_finds_volunteers_on_the_desk(alice, bob):
    slot = making.slot(alice)
    before = [card.title for card in cards_for(alice) if "Choose" in card.title]
    making.volunteer(slot, bob)

    (card,) = [card for card in cards_for(alice) if "Choose" in card.title]

    assert (before, card.title, card.url) == ([], "Choose who speaks: Twenty minutes on results", slot.get_absolute_url())


def test_a_change_is_told_to_whoever_speaks(client, alice, bob):
    slot = making.slot(alice)
    slots.give(making.volunteer(slot, bob), by=alice)
    client.force_login(alice)
    day = f"{slot.on + making.DAY:%Y-%m-%d}"
    said = {"title": slot.title, "on": day, "wanted_by": f"{slot.wanted_by:%Y-%m-%d}", "place": "York", "audience": slot.audience}

    for _press in range(2):
        client.post(reverse("ambassadors:slot-edit", args=[slot.pk]), said)

    slot.refresh_from_db()
    assert (slot.place, [row for row in mails() if row[0] == "slot_given"]) == ("York", [("slot_given", "Bob Brandt")] * 2)


def test_an_archive_has_what_somebody_posted_and_would_do(alice, bob):
    slot = making.slot(alice)
    making.volunteer(slot, bob)

    assert [line.get("posted") for line in sections["speaking"].export(alice)] == ["Twenty minutes on results"]
    assert [(line["volunteered_for"], line["words"]) for line in sections["speaking"].export(bob)] == [
        ("Twenty minutes on results", "I would.")
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_slots_query_count(client, alice, bob, rows, django_assert_num_queries):
    for number in range(rows):
        making.slot(alice, f"Slot {number}")
        making.talk(alice, bob, number + 1, title=f"Talk {number}")
    client.force_login(alice)
    client.get(PAGE)

    with django_assert_num_queries(6):
        client.get(PAGE)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_slot_query_count(client, alice, rows, django_assert_num_queries):
    slot = making.slot(alice)
    for number in range(rows):
        making.volunteer(slot, make.ambassador(f"Person {number}"))
    client.force_login(alice)
    client.get(slot.get_absolute_url())

    with django_assert_num_queries(5):
        client.get(slot.get_absolute_url())
