"""One's own nominations on the web: dropped, written, submitted, followed, taken back."""

import html

import pytest
from django.utils import timezone

from ambassadors.models import CriteriaEdition, Criterion, Evidence, Nomination, NominationMatch
from ambassadors.nominations import criteria, workflow
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from tests import make
from tests.ambassadors import admission_making as making
from tests.ambassadors.admission_access import whole

URL = "/nominations/"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    return client


@pytest.mark.row("B2")
def test_without_one_must_a_nomination_is_a_draft_and_not_submitted(signed_in, alice):
    data = whole(None)
    must = making.edition().criteria.filter(kind="must").first()
    del data[f"evidence_{must.pk}"]

    made = signed_in.post(f"{URL}new/", data, follow=True)
    draft = Nomination.objects.get()
    answer = signed_in.post(f"{URL}{draft.pk}/submit/", data | {"revision": draft.revision})

    draft.refresh_from_db()
    assert (made.status_code, draft.status, draft.nominator, answer.status_code) == (200, "draft", alice, 200)
    assert answer.context["form"].errors == {f"evidence_{must.pk}": ["Say what you have seen."]}
    assert OutgoingMail.objects.count() == 0

    signed_in.post(f"{URL}{draft.pk}/submit/", data | {"revision": draft.revision, f"evidence_{must.pk}": "A column a month."})

    draft.refresh_from_db()
    assert (draft.status, draft.criteria, draft.submitted_at is not None) == ("submitted", making.edition(), True)
    assert list(OutgoingMail.objects.values_list("kind", "person")) == [("nomination_received", alice.pk)]


def test_everything_that_is_missing_is_said_beside_its_field(signed_in):
    making.edition()
    signed_in.post(f"{URL}new/", {"name": "Nia Nominee"})
    draft = Nomination.objects.get()

    page = signed_in.get(f"{URL}{draft.pk}/")
    answer = signed_in.post(f"{URL}{draft.pk}/submit/", {"name": "Nia Nominee", "revision": 1, "conflict": "some"})

    musts = {f"evidence_{one.pk}" for one in Criterion.objects.filter(kind="must")}
    assert dict(page.context["missing"]).keys() == {"email", "relation", "conflict", "nominee_knows", "slate_text"} | musts
    assert answer.context["form"].errors.keys() == {"email", "relation", "conflict_text", "nominee_knows", "slate_text"} | musts


def test_words_that_are_refused_are_still_in_the_form(signed_in, alice):
    making.edition()
    data = whole(None) | {"email": "no address", "relation": "Words that took me an hour."}

    page = signed_in.post(f"{URL}new/", data)

    assert (Nomination.objects.count(), page.status_code) == (0, 200)
    assert "Words that took me an hour." in text_of(page)
    assert list(page.context["form"].errors) == ["email"]


def test_the_second_of_two_windows_is_told_and_keeps_its_words(signed_in, alice):
    data = whole(None)
    signed_in.post(f"{URL}new/", data)
    draft = Nomination.objects.get()
    signed_in.post(f"{URL}{draft.pk}/save/", data | {"revision": 1, "relation": "First window."})

    page = signed_in.post(f"{URL}{draft.pk}/save/", data | {"revision": 1, "relation": "Second window."})

    draft.refresh_from_db()
    assert (draft.relation, draft.revision, page.context["other_window"]) == ("First window.", 2, True)
    assert "Second window." in text_of(page)
    assert "You have saved this in another window" in text_of(page)

    signed_in.post(
        f"{URL}{draft.pk}/save/", data | {"revision": page.context["form"]["revision"].value(), "relation": "Second window."}
    )

    draft.refresh_from_db()
    assert (draft.relation, draft.revision) == ("Second window.", 3)


def test_a_draft_that_was_submitted_in_the_other_window_takes_no_more_words(signed_in, alice):
    draft = making.nomination(alice, status="submitted")

    page = signed_in.post(f"{URL}{draft.pk}/save/", whole(None) | {"revision": 1}, follow=True)

    draft.refresh_from_db()
    assert (draft.relation, "It is no draft any more" in text_of(page)) == ("We taught together for years.", True)


@pytest.mark.parametrize(
    "name", ["Ῥωξάνη Παπαδοπούλου-Κωνσταντινίδου", "王小明", "किरण देसाई", "김민수", "Seán O'Neil " + "x" * 100]
)
def test_names_in_any_script_and_of_any_length_come_through(signed_in, name):
    making.edition()
    organization = ("한국사회복지공동모금회" * 20)[:160]
    signed_in.post(f"{URL}new/", {"name": name, "organization": organization})

    draft = Nomination.objects.get()
    page = html.unescape(text_of(signed_in.get(URL)))

    assert (draft.name, draft.organization) == (name, organization)
    assert name in page


def test_a_new_edition_takes_the_evidence_along_and_loses_none(signed_in, alice, staff):
    data = whole(None) | {"evidence": ""}
    old = making.edition()
    changed = old.criteria.get(text="Asks for results")
    signed_in.post(f"{URL}new/", data | {f"evidence_{changed.pk}": "She asked me for mine."})
    draft = Nomination.objects.get()
    new = criteria.begin_draft(by=staff)
    CriteriaEdition.objects.filter(pk=new.pk).update(change="Results are now asked of others, too.")
    new.criteria.filter(text="Asks for results").update(text="Asks everybody for results")
    criteria.publish(new, revision=new.revision, by=staff)

    before = signed_in.get(f"{URL}{draft.pk}/")
    # The page in the browser still speaks of the old edition.
    signed_in.post(
        f"{URL}{draft.pk}/save/", data | {"revision": 1, "edition": old.pk, f"evidence_{changed.pk}": "Written meanwhile."}
    )
    after = signed_in.get(f"{URL}{draft.pk}/")

    draft.refresh_from_db()
    same = new.criteria.get(text="Changes minds")
    assert "Results are now asked of others, too." in text_of(before)
    assert draft.criteria == new
    assert after.context["form"].initial[f"evidence_{same.pk}"] == "Seen."
    assert after.context["form"].left_over == [("Asks for results", "Written meanwhile.")]
    assert list(dict(after.context["missing"])) == [f"evidence_{new.criteria.get(text__contains='everybody').pk}"]


def test_a_prospect_becomes_a_draft_and_goes_with_every_word(signed_in, alice):
    making.edition()
    signed_in.post(f"{URL}drop/", {"name": "Canarius Nominee", "reason": "Asks good questions."})
    prospect = Nomination.objects.get()

    signed_in.post(f"{URL}{prospect.pk}/begin/")
    prospect.refresh_from_db()
    assert prospect.status == "draft"

    signed_in.post(f"{URL}{prospect.pk}/discard/")
    assert Nomination.objects.count() == 0
    assert not HistoryEntry.objects.filter(target_name__contains="Canarius").exists()
    assert list(
        HistoryEntry.objects.filter(target_id=str(prospect.pk), verb__contains="threw").values_list("actor", flat=True)
    ) == [alice.pk]


def test_only_what_is_on_its_way_can_be_taken_back(signed_in, alice):
    for status, ends in [("vetting", "withdrawn"), ("approved", "withdrawn"), ("declined", "declined"), ("draft", "draft")]:
        case = making.nomination(alice, "Nia " + status, status=status)
        signed_in.post(f"{URL}{case.pk}/withdraw/")
        case.refresh_from_db()
        assert case.status == ends


def test_where_it_stands_is_said_without_a_confidential_word(signed_in, alice):
    from ambassadors.models import Concern, Decision

    case = making.nomination(alice, status="declined")
    making.assessed(case, making.vetter(), comment="SECRET comment")
    Concern.objects.create(nomination=case, author=make.person("Cora"), text="SECRET concern")
    Decision.objects.create(nomination=case, outcome="decline", reasons="SECRET reasons", told="Thank you for thinking of her.")

    pages = text_of(signed_in.get(URL)) + text_of(signed_in.get(f"{URL}{case.pk}/"))

    assert ("SECRET" in pages, "Vera" in pages, "Thank you for thinking of her." in pages, "Not invited" in pages) == (
        False,
        False,
        True,
        True,
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_many_there_are(signed_in, alice, rows, django_assert_num_queries):
    for number in range(rows):
        case = making.nomination(alice, f"Nia {number}", status="slate")
        making.slate(case)
        made = making.nomination(alice, f"Ida {number}", status="approved")
        making.invitation(made)
        twin = making.nomination(make.ambassador("Nominating Noor"), f"Una {number}", status="vetting")
        making.nomination(alice, f"Uma {number}", status="joined to another", joined_to=twin, decided_at=timezone.now())

    with django_assert_num_queries(13):
        page = signed_in.get(URL)

    assert len(page.context["lines"]) == 3 * rows


def test_a_long_list_goes_by_pages(signed_in, alice):
    for number in range(33):
        making.nomination(alice, f"Nia {number:02}", status="prospect")

    first = signed_in.get(URL)
    second = signed_in.get(URL, {"before": first.context["older"]})

    names = [line["nomination"].name for page in (first, second) for line in page.context["lines"]]
    assert names == [f"Nia {number:02}" for number in range(32, -1, -1)]
    assert second.context["older"] is None
    assert signed_in.get(URL, {"before": "nonsense"}).status_code == 200


def test_nothing_yet_explains_how_people_come_in(signed_in):
    assert "All ambassadors read a short text" in text_of(signed_in.get(URL))


def test_preview_shows_the_text_for_the_slate_and_nothing_else(signed_in, alice):
    case = making.nomination(alice, status="draft", slate_text="She runs a school.", relation="PRIVATE")

    page = text_of(signed_in.get(f"{URL}{case.pk}/preview/"))

    assert ("She runs a school." in page, "PRIVATE" in page, case.email in page) == (True, False, False)


def test_an_old_draft_and_what_has_moved_lie_on_the_desk(signed_in, alice):
    old = making.nomination(alice, "Odo Old", status="draft", created_at=timezone.now() - timezone.timedelta(days=9))
    making.nomination(alice, "Nia New", status="draft")
    moved = making.nomination(alice, "Mia Moved", status="submitted")
    making.nomination(alice, "Stan Still", status="vetting")
    from ambassadors.nominations import moves
    from foundation.workflow import apply

    apply(moves.TAKE_UP, moved, by=making.lead())

    page = text_of(signed_in.get("/desk/"))

    assert [name in page for name in ("Odo Old", "Mia Moved", "Nia New", "Stan Still")] == [True, True, False, False]
    assert f'href="{old.get_absolute_url()}"' in page


def test_submitting_twice_submits_once(signed_in, alice):
    signed_in.post(f"{URL}new/", whole(None))
    draft = Nomination.objects.get()
    for _press in range(2):
        signed_in.post(f"{URL}{draft.pk}/submit/", whole(None) | {"revision": draft.revision})

    assert HistoryEntry.objects.filter(verb="submitted a nomination").count() == 1
    assert OutgoingMail.objects.count() == 1


def test_evidence_that_is_emptied_goes(signed_in, alice):
    data = whole(None)
    signed_in.post(f"{URL}new/", data)
    draft = Nomination.objects.get()
    name = next(name for name in data if name.startswith("evidence_"))

    signed_in.post(f"{URL}{draft.pk}/save/", data | {"revision": 1, name: "  "})

    assert Evidence.objects.filter(nomination=draft).count() == 2
    assert NominationMatch.objects.count() == 0
    assert list(workflow.missing_in(draft)) == [name]
