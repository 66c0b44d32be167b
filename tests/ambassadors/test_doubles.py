"""Whether somebody who is put forward is known here already, who is told, and that nobody else can find out."""

import re
import statistics
import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ambassadors.models import Ambassador, Nomination, NominationMatch, User
from ambassadors.nominations import clearing, doubles, workflow
from ambassadors.nominations.matching import email_key, keys_of, may_be_one, name_key
from ambassadors.nominations.panel import doubles_panel
from tests import make
from tests.ambassadors import admission_making as making
from tests.races import at_once

URL = "/nominations/"
J_SMITH = {"name": "J. Smith", "email": "jsmith@X.org", "reason": "Changes minds."}


def page_of(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def flagged() -> list:
    rows = NominationMatch.objects.order_by("pk").select_related("other", "person")
    return [str(match.other or match.person) for match in rows]


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("John Smith", "J. Smith", True),
        ("john  SMITH", "John Smith", True),
        ("Smith, John", "John Smith", True),
        ("Dr. José Núñez", "jose nunez", True),
        ("John A. Smith", "John Smith", True),
        ("John Smith PhD", "John Smith", True),
        ("Seán O'Neil", "Sean ONeil", True),
        ("किरण देसाई", "किरण देसाई", True),
        ("किरण देसाई", "कमल देसाई", False),
        ("김민수", "김민수", True),
        ("王小明", "王小红", False),
        ("John Smith", "Jane Smith", False),
        ("John Smith", "John Smithson", False),
        ("Smith", "John Smith", False),
        ("", "", False),
        ("...", "!!!", False),
        ("Dr", "Dr", True),
    ],
)
def test_names_that_may_be_one_persons(mine, theirs, expected):
    assert may_be_one(name_key(mine), name_key(theirs)) is expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("jsmith@X.org", "JSmith@x.org ", True),
        ("jsmith+news@x.org", "jsmith@x.org", True),
        ("j.smith@gmail.com", "jsmith@googlemail.com", True),
        ("j.smith@x.org", "jsmith@x.org", False),
        ("jsmith@x.org", "jsmith@y.org", False),
    ],
)
def test_addresses_of_one_mailbox(mine, theirs, expected):
    assert (email_key(mine) == email_key(theirs)) is expected
    assert email_key("no address") == ""


def test_keys_fit_their_columns_in_any_script():
    for text in ("한국사회복지공동모금회" * 20, "㍿" * 160, "İ" * 160, "ﷺ" * 160):
        for key, room in zip(keys_of(text[:120], text[:200] + "@x.org", text[:160]), (120, 254, 160), strict=True):
            assert len(key) <= room


@pytest.mark.row("B1")
def test_a_double_is_shown_to_leads_and_to_others_only_when_they_may_know(alice, bob):
    """John Smith is an ambassador in the first case, bob's entry in the second, alice's own in the third."""
    lead = making.lead()
    john = make.ambassador("John Smith", email="jsmith@x.org")

    shown = signed_in(alice).post(f"{URL}drop/", J_SMITH)
    assert [one.user for one in shown.context["known"].ambassadors] == [john]
    assert Nomination.objects.count() == 0

    john.ambassador.delete()
    EmailAddress.objects.filter(user=john).delete()
    john.delete()
    workflow.drop_prospect("John Smith", email="jsmith@x.org", reason="Known for years.", by=bob)
    answer = signed_in(alice).post(f"{URL}drop/", J_SMITH, follow=True)
    dropped = Nomination.objects.get(nominator=alice)
    assert answer.redirect_chain == [(URL, 302)]
    assert ("John Smith" in page_of(answer), "Known for years" in page_of(answer)) == (False, False)
    assert [line.name for line in doubles_panel(dropped, lead).lines] == ["John Smith"]
    assert doubles_panel(dropped, bob).lines == []

    again = signed_in(alice).post(f"{URL}drop/", J_SMITH)
    assert again.context["known"].own == [dropped]
    assert Nomination.objects.count() == 2


def worlds(kind, bob):
    """Who is here when alice drops a name: nobody, or somebody she must not hear of."""
    if kind == "another's prospect":
        making.nomination(bob, "John Smith", status="prospect", email="jsmith@x.org")
    if kind == "another's case":
        making.nomination(bob, "John Smith", status="vetting", email="jsmith@x.org")
    if kind == "declined":
        making.nomination(bob, "John Smith", status="declined", email="jsmith@x.org")
    if kind == "forgotten":
        clearing.clear(making.nomination(bob, "John Smith", status="declined", email="jsmith@x.org"))
    if kind == "former":
        make.ambassador("John Smith", email="jsmith@x.org", status="alumni")
    if kind == "hidden":
        make.ambassador("John Smith", email="jsmith@x.org", listed_for="staff")
    if kind == "second address":
        EmailAddress.objects.create(user=make.ambassador("Una Unlike"), email="jsmith@x.org", verified=True)


KINDS = ["nobody", "another's prospect", "another's case", "declined", "forgotten", "former", "hidden", "second address"]


@pytest.mark.row("R10")
@pytest.mark.row("B1")
def test_the_page_reads_the_same_byte_for_byte(alice, bob):
    pages = []
    for kind in KINDS:
        Nomination.objects.all().delete()
        worlds(kind, bob)
        answer = signed_in(alice).post(f"{URL}drop/", J_SMITH, follow=True)
        dropped = Nomination.objects.get(nominator=alice)
        pages.append((answer.redirect_chain, answer.status_code, page_of(answer).replace(f"/{dropped.pk}/", "/pk/")))
        is_flagged = NominationMatch.objects.filter(nomination=dropped).exists() or doubles.is_known_as_declined(dropped)
        assert is_flagged == (kind != "nobody"), kind
        Ambassador.objects.exclude(user__in=[alice, bob]).delete()
        User.objects.exclude(pk__in=[alice.pk, bob.pk]).delete()

    assert pages == [pages[0]] * len(KINDS)


@pytest.mark.row("R10")
def test_dropping_a_name_takes_as_long_for_everybody(alice, bob):
    client = signed_in(alice)
    worlds("another's case", bob)
    known, unknown = J_SMITH, {"name": "Q. Nobody", "email": "qnobody@z.org", "reason": "Changes minds."}

    def milliseconds(data):
        Nomination.objects.filter(nominator=alice).delete()
        started = time.thread_time()
        client.post(f"{URL}drop/", data)
        return (time.thread_time() - started) * 1000

    for data in (known, unknown):
        milliseconds(data)
    taken = [(milliseconds(known), milliseconds(unknown)) for _round in range(15)]
    medians = [statistics.median(times) for times in zip(*taken, strict=True)]

    assert max(medians) < 1.5 * min(medians), medians


@pytest.mark.parametrize(
    "email", ["alice.amadi@tidemark.example", "Alice.Second@tidemark.example", "alice.second+x@tidemark.example"]
)
def test_nobody_puts_themselves_forward(db, email):
    alice = make.ambassador("Alice Amadi", email="alice.amadi@tidemark.example")
    EmailAddress.objects.create(user=alice, email="alice.second@tidemark.example", verified=True)

    page = signed_in(alice).post(f"{URL}drop/", {"name": "A. Friend", "reason": "Myself.", "email": email})

    assert page.context["form"].errors == {"email": ["This is your own address. You are here already, and we are glad of it."]}
    assert Nomination.objects.count() == 0


def test_somebody_who_is_here_is_not_put_forward(alice, bob):
    for url in ("drop/", "new/"):
        page = signed_in(alice).post(URL + url, {"name": "Whoever", "reason": "x", "email": bob.email.upper(), "anyway": "1"})
        assert page.context["form"].errors == {"email": ["Bob Brandt is an ambassador already."]}
    assert Nomination.objects.count() == 0


def test_a_namesake_can_be_put_forward_after_a_look(alice, bob):
    client = signed_in(alice)
    data = {"name": "Bob Brandt", "reason": "Another one.", "email": "bb@tidemark.example"}
    first = client.post(f"{URL}drop/", data)
    client.post(f"{URL}drop/", data | {"anyway": "1"})

    assert [one.user for one in first.context["known"].ambassadors] == [bob]
    assert (Nomination.objects.get().name, flagged()) == ("Bob Brandt", ["Bob Brandt"])


def test_a_nickname_at_the_same_place_is_flagged(alice, bob):
    making.nomination(bob, "William Smith", email="ws@x.org", organization="Harbour Trust")
    make.ambassador("Bill Jones", organization="Harbour Trust")

    for name in ("Bill Smith", "Will Jones", "Bill Smythe"):
        workflow.drop_prospect(name, reason="x", organization="HARBOUR  trust", by=alice)

    assert flagged() == ["William Smith", "Bill Jones"]


def test_drafts_of_others_are_not_flagged(alice, bob):
    making.nomination(bob, "John Smith", status="draft")

    workflow.drop_prospect("John Smith", reason="x", by=alice)

    assert flagged() == []


def a_pair(alice, bob, mine="submitted", theirs="submitted"):
    first = making.nomination(alice, "John Smith", status=mine)
    second = making.nomination(bob, "J. Smith", status=theirs)
    return first, second, NominationMatch.objects.create(nomination=second, other=first)


def test_a_lead_joins_two_nominations_and_both_nominators_follow_one(alice, bob, django_capture_on_commit_callbacks):
    first, second, match = a_pair(alice, bob, mine="vetting")
    lead = signed_in(making.lead())

    answer = lead.post(f"{URL}doubles/{match.pk}/join/", {"next": "/admin/"})

    second.refresh_from_db(), match.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert (second.status, second.joined_to, match.status) == ("joined to another", first, "same")
    page = page_of(signed_in(bob).get(second.get_absolute_url()))
    assert ("the two go on as one" in page, "Members of GrowCom read it" in page, "Alice" in page) == (True, True, False)


def test_the_one_that_has_come_less_far_is_joined(alice, bob):
    first, second, match = a_pair(alice, bob, mine="submitted", theirs="slate")

    workflow.join(match, by=making.lead())

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.status, first.joined_to, second.status) == ("joined to another", second, "slate")


def test_a_prospect_that_is_the_same_person_stays_its_authors(alice, bob):
    first, second, match = a_pair(alice, bob, mine="prospect")

    workflow.join(match, by=making.lead())

    first.refresh_from_db(), second.refresh_from_db(), match.refresh_from_db()
    assert (first.status, second.status, match.status) == ("prospect", "submitted", "same")


def test_two_people_are_told_apart_and_joined_after_all(alice, bob):
    _first, second, match = a_pair(alice, bob)
    lead = signed_in(making.lead())

    lead.post(f"{URL}doubles/{match.pk}/tell-apart/", {"next": "https://evil.example/"})
    match.refresh_from_db()
    assert match.status == "different"

    lead.post(f"{URL}doubles/{match.pk}/join/")
    match.refresh_from_db(), second.refresh_from_db()
    assert (match.status, second.status) == ("same", "joined to another")


def test_no_address_of_strangers_is_led_to(alice, bob):
    _first, _second, match = a_pair(alice, bob)

    answer = signed_in(making.lead()).post(f"{URL}doubles/{match.pk}/tell-apart/", {"next": "https://evil.example/"})

    assert answer["Location"] == "/admin/"


def test_a_lead_who_nominated_one_of_the_two_decides_nothing_and_reads_neither_afterwards(alice):
    lead, other_lead = making.lead("Lea Lead"), making.lead("Lou Lead")
    _first, second, match = a_pair(alice, lead, mine="vetting")

    answer = signed_in(lead).post(f"{URL}doubles/{match.pk}/join/")
    workflow.join(match, by=other_lead)

    assert answer.status_code == 404
    second.refresh_from_db()
    assert list(Nomination.objects.led_by(lead)) == []
    assert set(Nomination.objects.led_by(other_lead)) == {second.joined_to, second}


def test_staff_without_a_duty_see_no_match(alice, bob, staff):
    _first, second, _match = a_pair(alice, bob)

    for reader in (staff, alice, AnonymousUser()):
        assert list(NominationMatch.objects.visible_to(reader)) == []
    assert not doubles_panel(second, staff)


def test_somebody_declined_and_forgotten_is_known_to_leads_by_the_hash(alice, bob):
    worlds("forgotten", bob)
    dropped = workflow.drop_prospect("Somebody Else", email="JSmith+work@x.org", reason="x", by=alice)

    panel = doubles_panel(dropped, making.lead())

    assert (panel.lines, panel.was_declined, bool(panel)) == ([], True, True)


@pytest.mark.django_db(transaction=True)
def test_two_who_put_the_same_person_forward_at_once_are_seen_by_the_second():
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")

    def drop(by):
        with transaction.atomic():
            made = workflow.drop_prospect("John Smith", reason="x", by=by)
            time.sleep(0.3)  # both have written before either is committed
        return made

    made = at_once(*(lambda by=by: drop(by) for by in (alice, bob)))

    assert [one.name for one in made] == ["John Smith", "John Smith"]
    assert flagged() == ["John Smith"]


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_join_crosswise_leave_one_case():
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    first, second, match = a_pair(alice, bob)
    mirror = NominationMatch.objects.create(nomination=first, other=second)
    leads = [making.lead("Lea Lead"), making.lead("Lou Lead")]

    at_once(lambda: workflow.join(match, by=leads[0]), lambda: workflow.join(mirror, by=leads[1]))

    assert sorted(Nomination.objects.values_list("status", flat=True)) == ["joined to another", "submitted"]
    assert Nomination.objects.get(status="joined to another").joined_to == Nomination.objects.get(status="submitted")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_panel_costs_the_same_however_many_match(alice, bob, rows, django_assert_num_queries):
    case = making.nomination(alice, decided_at=timezone.now())
    for number in range(rows):
        NominationMatch.objects.create(nomination=case, person=make.ambassador(f"Nia Nominee {number}"))
    lead = making.lead()

    with django_assert_num_queries(5):
        panel = doubles_panel(case, lead)

    assert len(panel.lines) == rows
