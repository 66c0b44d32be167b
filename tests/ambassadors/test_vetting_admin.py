"""The queue in the admin: whose it is, what it costs, and every move by a button that is there only when the move is."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import AdmissionRules, Concern, ContactNote, Decision, Nomination, Recusal, VettingAssignment, VettingDuty
from ambassadors.vetting import workflow
from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from foundation.desk import cards_for
from foundation.models import HistoryEntry, Sector
from tests import make
from tests.ambassadors import admission_making as making
from tests.ambassadors.test_vetting_pages import entering, other_assessment

pytestmark = pytest.mark.django_db
QUEUE = "/admin/ambassadors/nomination/"


@pytest.fixture
def lead():
    return making.lead()


@pytest.fixture
def decider():
    return making.duty(make.person("Dee Decides", is_staff=True), decides=True, is_vetter=False)


@pytest.fixture
def case(alice):
    return making.nomination(alice, status="vetting")


def case_page(case) -> str:
    return f"{QUEUE}{case.pk}/change/"


def names(client, query="") -> list[str]:
    page = client.get(QUEUE + query)
    return [one.name for one in page.context["cl"].result_list]


def post(client, name, pk, data=None):
    return client.post(reverse(f"admin:{name}", args=[pk]), data or {}, follow=True)


# Whose it is


def everything(case) -> list[tuple[str, dict]]:
    """Every address of a case in the admin, with data that would do something."""
    waiting = making.assignment(case, making.vetter("Wim Waits"))
    concern = Concern.objects.create(nomination=case, text="Something.")
    other = making.vetter("Olu Other")
    return [
        (reverse("admin:nomination-take-up", args=[case.pk]), {}),
        (reverse("admin:nomination-assign", args=[case.pk]), {"vetters": [other.pk]}),
        (
            reverse("admin:nomination-decide", args=[case.pk]),
            {"revision": case.revision, "outcome": "decline", "reasons": "x", "told": "y"},
        ),
        (reverse("admin:nomination-look-again", args=[case.pk]), {}),
        (reverse("admin:nomination-step-back", args=[case.pk]), {}),
        (reverse("admin:nomination-concern", args=[case.pk]), {"text": "x"}),
        (reverse("admin:assignment-substitute", args=[waiting.pk]), {"vetter": other.pk}),
        (reverse("admin:assignment-take-back", args=[waiting.pk]), {}),
        (reverse("admin:concern-settle", args=[concern.pk]), {"outcome": "x"}),
    ]


def snapshot():
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Nomination, VettingAssignment, Concern, Decision, Recusal, OutgoingMail)
    ]


@pytest.mark.row("R23")
@pytest.mark.parametrize("who", ["staff", "superuser", "vetter", "nominating lead", "nominee who leads", "recused lead"])
def test_case_data_are_for_those_with_a_duty_in_the_case_and_recusal_removes_access(who, case, lead, staff, alice):
    people = {
        "staff": lambda: staff,
        "superuser": lambda: make.person("Sue Sato", is_staff=True, is_superuser=True),
        "vetter": lambda: making.duty(make.person("Val Vetter", is_staff=True)),
        "nominating lead": lambda: making.lead("Nora Nominates"),
        "nominee who leads": lambda: making.lead("Ned Nominee"),
        "recused lead": lambda: making.lead("Rae Recused"),
    }
    person = people[who]()
    if who == "nominating lead":
        Nomination.objects.filter(pk=case.pk).update(nominator=person)
    if who == "nominee who leads":
        Nomination.objects.filter(pk=case.pk).update(nominee=person)
    given = making.assessed(case, making.vetter("Gia Gave"), comment="QUAY")
    addresses = everything(case)
    client = entering(person)
    if who == "recused lead":
        assert "QUAY" in client.get(case_page(case)).content.decode()
        workflow.step_back(case, by=person)
    before = snapshot()

    answers = [client.get(case_page(case)).status_code, *(client.post(url, data).status_code for url, data in addresses)]
    assert answers == [404] * (len(addresses) + 1)
    assert client.get(reverse("ambassadors:vetting-detail", args=[given.pk])).status_code == 404
    assert snapshot() == before
    places = [QUEUE, "/desk/", "/vetting/", "/search/?q=Nominee", "/settings/history/", "/admin/foundation/historyentry/"]
    heard = "".join(client.get(place).content.decode() for place in places)
    assert [word for word in ("QUAY", "Harbour Trust", "Nia Nominee", "Seen for") if word in heard] == []


def test_the_door_is_a_duty(client, staff, decider, case):
    client.force_login(staff)
    assert client.get(QUEUE).status_code == 403
    client.force_login(decider)
    assert names(client) == ["Nia Nominee"]


def test_concerns_are_for_leads_alone(lead, decider, case):
    Concern.objects.create(nomination=case, text="QUAY of a debt")

    assert "QUAY" in entering(lead).get(case_page(case)).content.decode()
    assert "QUAY" not in entering(decider).get(case_page(case)).content.decode()
    assert "with an open concern" not in entering(decider).get(QUEUE).content.decode()
    assert names(entering(decider), "?waits=concern") == ["Nia Nominee"]  # no filter of theirs: the list as it is
    assert names(entering(lead), "?waits=concern") == ["Nia Nominee"]


def test_a_lead_who_assesses_the_case_is_blind_first_too(lead, case, client):
    other_assessment(case)
    making.assignment(case, lead)
    client.force_login(lead)

    text = client.get(case_page(case)).content.decode()

    assert "QUAY" not in text
    assert "Olu Other" not in text
    assert "give your own first" in text


# What it costs


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_queue_and_of_a_case(rows, alice, lead, client, django_assert_num_queries):
    for number in range(rows):
        case = making.nomination(alice, f"Nominee {number}", status="vetting")
        making.assessed(case, making.vetter(f"Vetter {number}"))
    for number in range(rows):
        making.assessed(case, making.vetter(f"Another {number}"))
        making.assignment(case, making.vetter(f"Waits {number}"))
        Concern.objects.create(nomination=case, text="So.")
    client.force_login(lead)
    client.get(QUEUE)
    client.get(case_page(case))

    with django_assert_num_queries(5):
        client.get(QUEUE)
    with django_assert_num_queries(44):
        client.get(case_page(case))


def test_two_thousand_nominations_page_in_the_same_queries(alice, lead, client, django_assert_num_queries):
    edition = making.edition()
    now = timezone.now()
    Nomination.objects.bulk_create(
        Nomination(nominator=alice, name=f"Nominee {number:04d}", status="submitted", criteria=edition, submitted_at=now)
        for number in range(2000)
    )
    client.force_login(lead)
    client.get(QUEUE)

    for query in ("", "?p=40", "?waits=new", "?q=0042"):
        with django_assert_num_queries(5):
            assert client.get(QUEUE + query).status_code == 200


# Filters


def test_filters_find_what_waits(alice, bob, lead, client):
    day = datetime.timedelta(days=1)
    sector = Sector.objects.create(name="Harbours")
    AdmissionRules.objects.create(pk=1, vetters_a_case=1)
    making.nomination(alice, "New", sector=sector)
    overdue = making.nomination(alice, "Overdue", status="vetting")
    making.assignment(overdue, making.vetter(), due_on=timezone.localdate() - day)
    ready = making.nomination(alice, "Ready", status="vetting", submitted_at=timezone.now() - 40 * day)
    making.assessed(ready, making.vetter("Gia Gave"))
    closed = making.nomination(alice, "Closed Slate", status="slate")
    making.slate(closed, status="closed")
    making.slate(making.nomination(alice, "Open Slate", status="slate"))
    worry = making.nomination(alice, "Worry", status="vetting")
    Concern.objects.create(nomination=worry, text="x")
    making.assignment(worry, lead)
    back = making.nomination(alice, "Back", status="vetting")
    Decision.objects.create(nomination=back, outcome="not now", reasons="x")
    making.nomination(alice, "Declined", status="declined")
    making.nomination(lead, "Own", status="submitted")
    client.force_login(lead)

    found = {
        word: sorted(names(client, f"?waits={word}"))
        for word in ("new", "unassigned", "overdue", "ready", "concern", "back", "mine")
    }

    assert found == {
        "new": ["New"],
        "unassigned": ["Back", "New"],
        "overdue": ["Overdue"],
        "ready": ["Closed Slate", "Ready"],
        "concern": ["Worry"],
        "back": ["Back"],
        "mine": ["Worry"],
    }
    assert names(client, "?state=declined") == ["Declined"]
    assert names(client, "?age=old") == ["Ready"]
    assert names(client, f"?sector__id__exact={sector.pk}") == ["New"]
    assert names(client, "?q=worr") == ["Worry"]


# Moves


def test_each_step_is_a_button_that_is_there_when_the_move_is(alice, lead, client):
    case = making.nomination(alice)
    vera, olu = making.vetter(), making.vetter("Olu Other")
    client.force_login(lead)

    page = client.get(case_page(case)).content.decode()
    assert [word in page for word in ("take-up/", "assign/", "decide/", "look-again/")] == [True, True, True, False]
    assert '<select name="status"' not in page
    post(client, "nomination-assign", case.pk, {"vetters": [vera.pk]})
    case.refresh_from_db()
    assert case.status == "vetting"
    one = case.assignments.get()
    post(client, "assignment-substitute", one.pk, {"vetter": olu.pk})
    assert list(case.assignments.order_by("pk").values_list("vetter__name", "status")) == [
        ("Vera Vetter", "withdrawn"),
        ("Olu Other", "assigned"),
    ]
    post(client, "assignment-take-back", case.assignments.get(status="assigned").pk)
    assert case.assignments.filter(status="withdrawn").count() == 2


def test_a_decision_that_lacks_something_keeps_its_words(lead, case, client):
    client.force_login(lead)
    data = {"revision": case.revision, "outcome": "not now", "reasons": "QUAY reasons", "told": "", "revisit_on": ""}

    page = post(client, "nomination-decide", case.pk, data).content.decode()

    assert "QUAY reasons" in page
    assert "Write what the nominator is told." in page
    case.refresh_from_db()
    assert case.status == "vetting"


def test_of_two_deciders_the_second_is_asked_to_look_again_with_their_words_kept(lead, decider, case):
    data = {"revision": case.revision, "outcome": "decline", "reasons": "QUAY of the second", "told": "Sorry."}
    post(entering(lead), "nomination-decide", case.pk, {**data, "outcome": "invite", "reasons": "First."})

    page = post(entering(decider), "nomination-decide", case.pk, data).content.decode()

    assert "The case has changed since you opened this page." in page
    assert "QUAY of the second" in page
    assert list(Decision.objects.values_list("outcome", "by__name")) == [("invite", "Lea Lead")]


@pytest.mark.row("B5")
def test_the_mail_for_not_now_holds_no_word_of_what_was_confidential(lead, decider, case, alice, mailoutbox):
    secret = {
        "comment": "CONFIDENTIAL comment",
        "mark": "CONFIDENTIAL mark",
        "answer": "CONFIDENTIAL answer",
        "amendment": "CONFIDENTIAL amendment",
        "concern": "CONFIDENTIAL concern",
        "outcome": "CONFIDENTIAL outcome",
        "reasons": "CONFIDENTIAL reasons",
    }
    given = making.assessed(case, making.vetter(), comment=secret["comment"], amendment=secret["amendment"])
    given.marks.create(criterion=case.criteria.criteria.first(), mark="partly", comment=secret["mark"])
    given.answers.create(question=case.criteria.questions.get(), text=secret["answer"])
    Concern.objects.create(nomination=case, author=given.vetter, text=secret["concern"], outcome=secret["outcome"])
    day = timezone.localdate() + datetime.timedelta(days=200)
    told = "We would love to meet her once the new school stands."
    data = {
        "revision": case.revision,
        "outcome": "not now",
        "reasons": secret["reasons"],
        "told": told,
        "revisit_on": day.isoformat(),
    }

    post(entering(decider), "nomination-decide", case.pk, data)
    for row in OutgoingMail.objects.filter(kind="nomination_decided"):
        deliver_mail(row.pk)

    [mail] = [mail for mail in mailoutbox if mail.to == [alice.email]]
    whole = mail.message().as_string() + mail.body + "".join(str(part[0]) for part in mail.alternatives)
    assert told in mail.body
    assert [word for word in [*secret.values(), "CONFIDENTIAL", "Vera Vetter", "Dee Decides"] if word in whole] == []


def test_a_mail_that_waited_is_not_sent_to_whoever_stepped_back(lead, case, mailoutbox):
    vera, second = making.vetter(), making.lead("Sol Second")
    [given] = workflow.assign(case, [vera], by=lead)
    workflow.raise_concern(case, "x", by=lead)
    for person in (vera, second):
        workflow.step_back(case, by=person)

    for row in OutgoingMail.objects.filter(person__in=[vera, second]):
        deliver_mail(row.pk)

    assert [mail for mail in mailoutbox if mail.to[0] in {vera.email, second.email}] == []
    assert given.pk


def test_no_mail_to_a_vetter_or_lead_names_the_nominee(lead, case, mailoutbox):
    vera = making.vetter()
    workflow.assign(case, [vera], by=lead)
    workflow.raise_concern(case, "A debt", by=vera)
    for row in OutgoingMail.objects.all():
        deliver_mail(row.pk)

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([vera.email, lead.email])
    assert [word for mail in mailoutbox for word in ("Nia", "Nominee", "A debt") if word in mail.message().as_string()] == []


def test_many_are_given_at_once_as_proposed(alice, lead, client):
    VettingDuty.objects.filter(person=lead).update(is_vetter=False)
    people = [making.vetter(name) for name in ("Ann", "Ben")]
    cases = [making.nomination(alice, f"Nominee {number}") for number in range(2)]
    client.force_login(lead)

    keys = [str(one.pk) for one in cases]
    page = client.post(QUEUE, {"action": "assign_selected", "_selected_action": keys})
    assert [(one.name, sorted(chosen)) for one, _able, chosen in page.context["rows"]] == [
        (one.name, sorted(person.pk for person in people)) for one in cases
    ]
    data = {"case": keys, **{f"vetters-{key}": [person.pk for person in people] for key in keys}}
    client.post(reverse("admin:nomination-assign-many"), data)

    assert list(Nomination.objects.order_by("pk").values_list("status", flat=True)) == ["vetting", "vetting"]
    assert VettingAssignment.objects.count() == 4


def test_many_are_taken_up(alice, lead, client):
    cases = [making.nomination(alice, f"Nominee {number}") for number in range(2)]
    client.force_login(lead)

    client.post(QUEUE, {"action": "take_up_selected", "_selected_action": [one.pk for one in cases]})

    assert set(Nomination.objects.values_list("status", flat=True)) == {"vetting"}


# Duties, rules, notes


def test_leads_give_duties_in_the_admin_and_staff_only_read_them(lead, bob, staff, client):
    client.force_login(staff)
    assert client.get("/admin/ambassadors/vettingduty/").status_code == 200
    assert client.post("/admin/ambassadors/vettingduty/add/", {"person": bob.pk, "is_vetter": "on"}).status_code == 403
    client.force_login(lead)
    client.post("/admin/ambassadors/vettingduty/add/", {"person": bob.pk, "is_vetter": "on"})
    assert VettingDuty.objects.filter(person=bob, is_vetter=True, is_lead=False).exists()
    assert HistoryEntry.objects.about(bob).values_list("verb", flat=True).get() == "gave a duty in GrowCom"

    post(client, "duty-release", bob.vetting_duty.pk)
    assert not VettingDuty.objects.filter(person=bob).exists()
    page = post(client, "duty-release", lead.vetting_duty.pk).content.decode()
    assert "is the last vetting lead" in page


def test_leads_change_the_rules_and_staff_read_them(lead, staff, client):
    data = {"vetters_a_case": 3, "vetting_days": 10, "slate_days": 8, "invitation_days": 20, "months_kept": 6}
    url = "/admin/ambassadors/admissionrules/1/change/"
    client.force_login(staff)
    assert [client.get(url).status_code, client.post(url, data).status_code] == [200, 403]
    client.force_login(lead)
    client.post(url, data)
    assert AdmissionRules.current().vetters_a_case == 3


@pytest.mark.row("C9")
def test_the_archive_of_a_member_holds_the_notes_about_them(staff, alice, bob, client, monkeypatch):
    monkeypatch.setattr("ambassadors.accounts.confirmation.recently_confirmed", lambda request: True)
    from ambassadors.models import Archive
    from ambassadors.owndata import archive

    client.force_login(staff)
    page = client.get(f"/admin/ambassadors/contactnote/add/?ambassador={alice.ambassador.pk}")
    assert page.status_code == 200
    data = {"ambassador": alice.ambassador.pk, "kind": "call", "on": "2026-11-02", "text": "She would rather write than call."}
    client.post("/admin/ambassadors/contactnote/add/", data)
    note = ContactNote.objects.get()
    assert (note.by, note.text) == (staff, "She would rather write than call.")
    assert "She would rather write" not in entering(bob).get(alice.ambassador.get_absolute_url()).content.decode()

    import io
    import zipfile

    client.force_login(alice)
    client.post(reverse("owndata:archive-ask"))
    row = Archive.objects.get(person=alice)
    archive.prepare(row.pk)
    response = client.get(reverse("owndata:archive-download", args=[row.pk]))
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    words = "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    assert "She would rather write than call." in words


# The desk


def test_cards_lie_on_the_desks_of_those_with_a_duty(alice, lead, decider, staff):
    vera = making.vetter()
    case = making.nomination(alice)
    making.assignment(
        making.nomination(alice, "Late One", status="vetting"), vera, due_on=timezone.localdate() - datetime.timedelta(days=2)
    )
    Concern.objects.create(nomination=case, text="x")
    back = making.nomination(alice, "Back", status="vetting")
    Decision.objects.create(nomination=back, outcome="not now", reasons="x")
    making.assessed(back, making.vetter("A"))
    making.assessed(back, making.vetter("B"))

    def titles(person):
        return sorted(
            card.title
            for card in cards_for(type(person).objects.get(pk=person.pk))
            if "/vetting/" in card.url or "nomination/?" in card.url
        )

    assert titles(vera) == ["Your view of Late One"]
    assert titles(lead) == [
        "1 case is ready to be decided",
        "1 case waits for a late assessment",
        "1 case with an open concern",
        "1 new nomination",
        "1 “not now” has come back",
    ]
    assert titles(decider) == ["1 case is ready to be decided"]
    assert titles(staff) == []
    assert Client().get(QUEUE).status_code == 302
