"""The pages of those who assess: blind first, then side by side; and nothing for whoever stepped back."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import AssessmentMark, CriteriaEdition, Criterion, Nomination, VettingAssignment
from ambassadors.nominations import criteria
from ambassadors.vetting import workflow
from tests import make
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db
LIST = "/vetting/"


@pytest.fixture
def case(alice):
    return making.nomination(alice, status="vetting")


@pytest.fixture
def vera():
    return making.vetter()


def page_of(one) -> str:
    return reverse("ambassadors:vetting-detail", args=[one.pk])


def entering(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def whole(case, **changes) -> dict[str, str]:
    marks = {f"mark-{one.pk}": "clearly" for one in case.criteria.criteria.filter(kind="must")}
    return {"revision": "1", "comment": "She asks.", "view": "invite", "acquaintance": "slightly", **marks, **changes}


def other_assessment(case):
    """Somebody else's, with a word in each place where one can be."""
    given = making.assessed(case, making.vetter("Olu Other"), comment="QUAY one", view="decline", acquaintance="well")
    criterion = case.criteria.criteria.first()
    AssessmentMark.objects.create(assignment=given, criterion=criterion, mark="partly", comment="QUAY two")
    given.answers.create(question=case.criteria.questions.get(), text="QUAY three")
    VettingAssignment.objects.filter(pk=given.pk).update(amendment="QUAY four", amended_view="unsure", amended_at=timezone.now())
    return given


@pytest.mark.row("B3")
def test_no_vetter_reads_another_before_giving_their_own_and_a_recused_one_reads_nothing(case, vera):
    other_assessment(case)
    own = making.assignment(case, vera)
    client = entering(vera)
    places = [LIST, page_of(own), "/desk/", "/search/?q=nominee", "/settings/", "/settings/data/"]

    before = "".join(client.get(place).content.decode() for place in places)
    assert "QUAY" not in before
    assert "Olu Other" not in client.get(page_of(own)).content.decode()
    refused = client.post(reverse("ambassadors:vetting-give", args=[own.pk]), whole(case, view=""))
    assert "QUAY" not in refused.content.decode()
    draft = client.post(reverse("ambassadors:vetting-save", args=[own.pk]), whole(case), follow=True)
    assert "QUAY" not in draft.content.decode()

    after = client.post(reverse("ambassadors:vetting-give", args=[own.pk]), whole(case, revision="2"), follow=True).content.decode()
    assert [word for word in ("QUAY one", "QUAY two", "QUAY three", "QUAY four", "Olu Other") if word not in after] == []

    client.post(reverse("ambassadors:vetting-step-back", args=[own.pk]))
    assert [client.get(page_of(own)).status_code, client.get(LIST).status_code] == [404, 200]
    nothing = "".join(client.get(place).content.decode() for place in places)
    assert [word for word in ("QUAY", case.name, case.organization, "Seen for") if word in nothing] == []


def test_words_survive_what_is_missing_and_the_summary_leads_to_it(case, vera, client):
    own = making.assignment(case, vera)
    must = case.criteria.criteria.filter(kind="must").first()
    client.force_login(vera)

    page = client.post(
        reverse("ambassadors:vetting-give", args=[own.pk]),
        whole(case, **{f"mark-{must.pk}": "", f"word-{must.pk}": "A harbour <b>"}),
    )

    text = page.content.decode()
    assert "She asks." in text
    assert "A harbour &lt;b&gt;" in text
    assert f'href="#id_mark-{must.pk}"' in text
    own.refresh_from_db()
    assert (own.status, own.comment) == ("assigned", "")


def test_a_draft_is_there_again_and_a_second_window_keeps_its_words(case, vera, client):
    own = making.assignment(case, vera)
    client.force_login(vera)
    client.post(reverse("ambassadors:vetting-save", args=[own.pk]), {"revision": "1", "comment": "First window"})

    assert "First window" in client.get(page_of(own)).content.decode()
    page = client.post(reverse("ambassadors:vetting-save", args=[own.pk]), {"revision": "1", "comment": "Second window"})
    assert "You have changed this in another window." in page.content.decode()
    assert "Second window" in page.content.decode()
    own.refresh_from_db()
    assert own.comment == "First window"
    client.post(reverse("ambassadors:vetting-save", args=[own.pk]), {"revision": "2", "comment": "Second window"})
    own.refresh_from_db()
    assert own.comment == "Second window"


def test_a_case_that_was_decided_while_one_wrote_hands_the_words_back(case, vera, client):
    own = making.assignment(case, vera)
    workflow.decide(case, "decline", reasons="SECRET", told="No.", revision=case.revision, by=making.lead())
    client.force_login(vera)

    page = client.post(reverse("ambassadors:vetting-give", args=[own.pk]), whole(case))

    assert page.status_code == 409
    assert "She asks." in page.content.decode()
    assert [word for word in ("SECRET", case.organization, "decline") if word in page.content.decode()] == []


def test_criteria_stand_with_their_explanation_and_the_evidence_and_an_old_case_keeps_its_edition(case, vera, client):
    own = making.assignment(case, vera)
    author = make.person("Cora Second", is_staff=True)
    draft = criteria.begin_draft(by=author)
    Criterion.objects.filter(edition=draft).update(text="Quite another thing")
    criteria.publish(draft, revision=draft.revision, by=author)
    client.force_login(vera)

    text = client.get(page_of(own)).content.decode()

    assert CriteriaEdition.objects.in_force().number == 2
    wanted = ("Changes minds", "What shows “Changes minds”.", "Seen for changes minds.", "What would they bring?", "edition 1")
    assert [word for word in wanted if word not in text] == []
    assert "Quite another thing" not in text


@pytest.mark.row("B11")
def test_editing_the_form_does_not_alter_the_form_of_a_closed_case(case, vera, client):
    own = making.assessed(case, vera)
    lead = making.lead()
    workflow.decide(case, "decline", reasons="x", told="y", revision=case.revision, by=lead)

    def shown() -> list[str]:
        text = client.get(page_of(own)).content.decode()
        return [word for word in ("Changes minds", "Asks for results", "Leaves room", "What would they bring?") if word in text]

    client.force_login(vera)
    before = shown()
    draft = criteria.begin_draft(by=lead)
    draft.criteria.all().delete()
    draft.questions.all().delete()
    Criterion.objects.create(edition=draft, kind="must", text="Something new")
    criteria.publish(draft, revision=draft.revision, by=lead)

    assert before == shown() == ["Changes minds", "Asks for results", "Leaves room", "What would they bring?"]
    assert "Something new" not in client.get(page_of(own)).content.decode()


def test_late_is_said_kindly_and_nothing_waiting_is_calm(case, vera, client, bob):
    own = making.assignment(case, vera, due_on=timezone.localdate() - datetime.timedelta(days=3))
    client.force_login(vera)
    assert "still welcome" in client.get(LIST).content.decode()
    assert "It is still welcome, a short one too." in client.get(page_of(own)).content.decode()

    client.force_login(making.duty(bob))
    assert "Nothing waits for you" in client.get(LIST).content.decode()


def test_the_entry_in_the_head_is_for_those_with_a_duty_and_costs_nothing(vera, bob, client, django_assert_num_queries):
    counts = []
    for person in (vera, bob):
        client.force_login(person)
        client.get("/norms/")
        with django_assert_num_queries(4) as captured:
            text = client.get("/community/commitments/").content.decode()
        counts.append((LIST in text, len(captured)))

    assert [shown for shown, _count in counts] == [True, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_list_and_of_a_case(rows, alice, vera, client, django_assert_num_queries):
    for number in range(rows):
        making.assignment(making.nomination(alice, f"Nominee {number}", status="vetting"), vera)
        own = making.assessed(making.nomination(alice, f"Given {number}", status="vetting"), vera)
    for number in range(rows):
        making.assessed(own.nomination, making.vetter(f"Other {number}"))
    client.force_login(vera)
    client.get(LIST)

    with django_assert_num_queries(6):
        client.get(LIST)
    with django_assert_num_queries(12):
        client.get(page_of(own))


def test_staff_without_a_duty_find_nothing(case, staff, client):
    making.assignment(case, making.vetter())
    client.force_login(staff)

    assert client.get(LIST).status_code == 404
    assert Nomination.objects.visible_to(staff).count() == 0
