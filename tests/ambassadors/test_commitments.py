"""What everybody engages to do: written as editions, affirmed once, asked again only where staff say that it matters."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from ambassadors.commitments import workflow
from ambassadors.defaults import COMMITMENTS, fill_engagement
from ambassadors.models import Affirmation, CommitmentsEdition
from correspondence import outbox
from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from foundation.privacy_export import sections
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import engagement_making as making
from tests.races import at_once

PAGE = "/community/commitments/"
MARCH, JUNE = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC), datetime.datetime(2026, 6, 15, 9, tzinfo=datetime.UTC)


def asked_on_the_desk(person):
    return [card.title for card in cards_for(person) if card.url == PAGE]


def affirm(client, number):
    return client.post(reverse("ambassadors:commitments-affirm", args=[number]))


def deliver_all():
    for mail in OutgoingMail.objects.filter(kind="commitments_changed", state="queued"):
        deliver_mail(mail.pk)


@pytest.mark.row("A2")
def test_a_member_is_asked_once_after_a_material_edition_and_the_record_shows_both_dates(client, alice, staff, mailoutbox):
    making.edition(staff, "help where I can")
    with time_machine.travel(MARCH, tick=False):
        client.force_login(alice)
        affirm(client, 1)
    assert asked_on_the_desk(alice) == []

    second = making.edition(staff, "help where I can", "ask when I do not know", is_material=True, change="The second one is new.")
    deliver_all()
    outbox.post_many("commitments_changed", [alice.pk], key=f"commitments-changed:{second.pk}", edition=second.pk)
    deliver_all()

    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([alice.email], "Our commitments have changed")]
    assert "The second one is new." in mailoutbox[0].body
    assert asked_on_the_desk(alice) == ["Our commitments have changed"]
    with time_machine.travel(JUNE, tick=False):
        client.force_login(alice)
        affirm(client, 2)
    assert asked_on_the_desk(alice) == []
    client.force_login(alice)
    own = client.get(PAGE).content.decode()
    assert ("Edition 1: affirmed on 2 March 2026" in own, "Edition 2: affirmed on 15 June 2026" in own) == (True, True)
    client.force_login(staff)
    record = client.get(reverse("admin:ambassadors_affirmation_changelist")).content.decode()
    assert ("2 March 2026" in record, "15 June 2026" in record) == (True, True)


@pytest.mark.row("A2")
def test_a_new_member_reads_five_commitments_and_affirms_them_once(client, alice, staff):
    fill_engagement(staff)
    client.force_login(alice)
    assert asked_on_the_desk(alice) == ["What we engage to do"]

    page = client.get(PAGE).content.decode()
    with time_machine.travel(MARCH, tick=False):
        affirm(client, 1)
    with time_machine.travel(JUNE, tick=False):
        affirm(client, 1)

    assert [text in page for text, _explanation in COMMITMENTS] == [True] * 5
    assert asked_on_the_desk(alice) == []
    (one,) = Affirmation.objects.all()
    assert (one.ambassador, one.edition.number, one.answer, one.at, one.via) == (alice.ambassador, 1, "affirmed", MARCH, "web")
    lines = HistoryEntry.objects.filter(about=alice).values_list("verb", "target_name", "actor", "via")
    assert list(lines) == [("affirmed the commitments", "Edition 1", alice.pk, "web")]


def test_an_edition_that_is_not_material_asks_nobody(client, alice, bob, staff, mailoutbox):
    making.edition(staff)
    workflow.affirm(alice.ambassador, CommitmentsEdition.objects.current(), by=alice)

    making.edition(staff, "help where I can, gladly", change="A word more.")
    deliver_all()

    assert mailoutbox == []
    assert asked_on_the_desk(alice) == []
    assert asked_on_the_desk(bob) == ["Our commitments have changed"]  # who affirmed none yet reads what holds today
    affirm_page = client.get(PAGE)
    assert affirm_page.context["edition"].number == 2


def test_not_now_is_an_answer_that_can_be_changed(client, alice, staff):
    making.edition(staff)
    client.force_login(alice)

    client.post(reverse("ambassadors:commitments-set-aside", args=[1]))

    assert asked_on_the_desk(alice) == []
    assert "Nobody asks again" in client.get(PAGE).content.decode()
    affirm(client, 1)
    client.post(reverse("ambassadors:commitments-set-aside", args=[1]))
    assert list(Affirmation.objects.values_list("answer", flat=True)) == ["affirmed"]
    verbs = HistoryEntry.objects.filter(about=alice).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["set the commitments aside", "affirmed the commitments"]


@pytest.mark.parametrize("answer", [workflow.affirm, workflow.set_aside])
def test_the_mail_does_not_go_to_who_has_answered_in_the_meantime(alice, staff, mailoutbox, answer):
    workflow.affirm(alice.ambassador, making.edition(staff), by=alice)
    answer(alice.ambassador, making.edition(staff, is_material=True), by=alice)

    deliver_all()

    assert mailoutbox == []
    assert OutgoingMail.objects.get(kind="commitments_changed").state == "unwanted"


def test_only_who_affirmed_before_is_mailed(alice, bob, alumna, staff):
    first = making.edition(staff)
    for person in (alice, alumna):
        workflow.affirm(person.ambassador, first, by=person)
    workflow.set_aside(bob.ambassador, first, by=bob)

    making.edition(staff, is_material=True)

    assert [mail.person for mail in OutgoingMail.objects.filter(kind="commitments_changed")] == [alice]
    assert asked_on_the_desk(bob) == ["Our commitments have changed"]
    assert asked_on_the_desk(staff) == []


def test_an_older_edition_takes_no_affirmation_any_more(client, alice, staff):
    making.edition(staff)
    making.edition(staff)
    client.force_login(alice)

    response = client.post(reverse("ambassadors:commitments-affirm", args=[1]), follow=True)

    assert [str(message) for message in response.context["messages"]] == ["There is a newer edition. Please read that one."]
    assert not Affirmation.objects.exists()


def test_nobody_affirms_for_somebody_else(alice, bob, staff):
    with pytest.raises(PermissionDenied):
        workflow.affirm(alice.ambassador, making.edition(staff), by=bob)


@pytest.mark.django_db(transaction=True)
def test_a_double_press_affirms_once():
    staff, alice = make.person("Sam Staff", is_staff=True), make.ambassador("Alice Amadi")
    edition = making.edition(staff)

    results = at_once(*[lambda: workflow.affirm(alice.ambassador, edition, by=alice) for _ in range(3)])

    assert sorted(results) == [False, False, True]
    assert Affirmation.objects.count() == HistoryEntry.objects.filter(about=alice).count() == 1


# Writing and publishing


def test_staff_write_look_and_publish(client, staff):
    making.edition(staff, "help where I can")
    client.force_login(staff)

    draft_page = client.post("/admin/ambassadors/commitmentsedition/begin/")["Location"]
    draft = CommitmentsEdition.objects.get(number=2)
    (item,) = draft.items.all()
    rows = {"items-TOTAL_FORMS": "2", "items-INITIAL_FORMS": "1", "items-MIN_NUM_FORMS": "0", "items-MAX_NUM_FORMS": "1000"}
    rows |= {"items-0-id": item.pk, "items-0-edition": draft.pk, "items-0-text": "help gladly", "items-0-position": "1"}
    rows |= {"items-1-id": "", "items-1-edition": draft.pk, "items-1-text": "ask when I do not know", "items-1-position": "2"}
    client.post(draft_page, {"change": "The second one is new.", "is_material": "on", **rows})
    assert "ask when I do not know" not in client.get(PAGE).content.decode()
    preview = client.get(f"/admin/ambassadors/commitmentsedition/{draft.pk}/preview/").content.decode()
    assert "ask when I do not know" in preview
    client.post(f"/admin/ambassadors/commitmentsedition/{draft.pk}/publish/", {"revision": "2"})

    draft.refresh_from_db()
    assert (draft.status, draft.is_material, [str(item) for item in draft.items.all()]) == (
        "published",
        True,
        ["help gladly", "ask when I do not know"],
    )
    page = client.get(PAGE).content.decode()
    assert page.index("ask when I do not know") < page.index("Earlier editions") < page.index("help where I can")


def test_a_draft_is_published_in_the_wording_that_was_looked_at(client, staff):
    draft = workflow.begin_draft(by=staff)
    draft.items.create(text="help where I can")
    seen = draft.revision
    workflow.wrote(draft, by=staff)
    client.force_login(staff)

    response = client.post(f"/admin/ambassadors/commitmentsedition/{draft.pk}/publish/", {"revision": seen}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "A colleague has changed the draft in the meantime. Please look at it again."
    ]
    assert CommitmentsEdition.objects.get().is_draft


def test_a_published_edition_is_never_rewritten(client, staff):
    edition = making.edition(staff, "help where I can")
    client.force_login(staff)

    page = client.post(f"/admin/ambassadors/commitmentsedition/{edition.pk}/change/", {"change": "Rewritten"})

    edition.refresh_from_db()
    assert (page.status_code, edition.change) == (403, "")
    with pytest.raises(PermissionDenied):
        workflow.wrote(edition, by=staff)
    with pytest.raises(TransitionRefused):
        workflow.publish(edition, revision=edition.revision, by=staff)


def test_an_empty_edition_is_not_published(staff):
    draft = workflow.begin_draft(by=staff)

    with pytest.raises(ValidationError):
        workflow.publish(draft, revision=draft.revision, by=staff)


def test_only_the_support_team_publishes(alice, staff):
    draft = workflow.begin_draft(by=staff)
    draft.items.create(text="help where I can")

    with pytest.raises(PermissionDenied):
        workflow.publish(draft, revision=draft.revision, by=alice)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_write_on_one_draft():
    staff = make.person("Sam Staff", is_staff=True)

    first, second = at_once(*[lambda: workflow.begin_draft(by=staff) for _ in range(2)])

    assert first == second == CommitmentsEdition.objects.get()


@pytest.mark.parametrize("rows", [1, 3])
def test_commitments_query_count(client, alice, staff, django_assert_num_queries, rows):
    for number in range(rows):
        edition = making.edition(staff, *[f"promise {number} {item}" for item in range(rows)])
        workflow.affirm(alice.ambassador, edition, by=alice)
    client.force_login(alice)
    client.get(PAGE)

    with django_assert_num_queries(8):
        client.get(PAGE)


def test_an_archive_holds_affirmations_and_erasure_takes_them_away(alice, bob, staff):
    with time_machine.travel(MARCH, tick=False):
        edition = making.edition(staff)
        for person in (alice, bob):
            workflow.affirm(person.ambassador, edition, by=person)

    archived = list(sections["affirmations"].export(alice))
    sections["affirmations"].erase(alice)

    assert archived == [{"edition": 1, "answer": "affirmed", "at": MARCH, "via": "web"}]
    assert [one.ambassador for one in Affirmation.objects.all()] == [bob.ambassador]
    assert timezone.now() > MARCH
