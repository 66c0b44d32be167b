from __future__ import annotations

import threading
import time

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from ambassadors import workflow
from ambassadors.models import Ambassador, Organization, RosterFile, User
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from tests import make
from tests.races import at_once

PEOPLE = "/admin/ambassadors/ambassador/"
ACCOUNTS = "/admin/ambassadors/user/"
ROSTER = b"Name;E-mail\nAmara Diallo;amara@harbour.example\nBj\xc3\xb6rn \xc3\x85ngstr\xc3\xb6m;bjorn@harbour.example\n"


@pytest.fixture
def sue(db):
    """Somebody of the support team who may decide who else is."""
    return make.person("Sue Sato", is_staff=True, is_superuser=True)


@pytest.fixture
def lena(staff):
    return workflow.list_person("Lena Listed", "lena@people.example.org", by=staff, place="Porto")


def upload(client, content: bytes = ROSTER, name: str = "our people.csv"):
    return client.post(f"{PEOPLE}roster/", {"file": SimpleUploadedFile(name, content)})


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("who", ["alice", "alumna", None])
@pytest.mark.parametrize(
    "url", [PEOPLE, ACCOUNTS, "/admin/ambassadors/organization/", f"{PEOPLE}roster/", f"{PEOPLE}1/move/invite/"]
)
def test_admin_is_for_the_support_team(client, request, db, who, url):
    if who:
        client.force_login(request.getfixturevalue(who))

    response = client.get(url, follow=True)

    assert (response.status_code, response.request["PATH_INFO"]) == (
        (403, response.request["PATH_INFO"]) if who else (200, "/accounts/login/")
    )


@pytest.mark.parametrize("who", ["staff", "sue"])
def test_staff_open_every_page_about_people(client, request, alice, lena, who):
    client.force_login(request.getfixturevalue(who))

    pages = [
        PEOPLE,
        f"{PEOPLE}add/",
        f"{PEOPLE}{alice.ambassador.pk}/change/",
        f"{PEOPLE}{lena.pk}/change/",
        f"{PEOPLE}{lena.pk}/move/invite/",
        f"{PEOPLE}roster/",
        ACCOUNTS,
        f"{ACCOUNTS}{alice.pk}/change/",
        "/admin/ambassadors/organization/",
        "/admin/ambassadors/organization/add/",
    ]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize(
    ("query", "names"),
    [("lena", ["Lena Listed"]), ("LÉNA", ["Lena Listed"]), ("alice-amadi@people", ["Alice Amadi"]), ("Pörto", ["Lena Listed"])],
)
def test_staff_search_people(client, staff, alice, lena, query, names):
    client.force_login(staff)

    found = client.get(PEOPLE, {"q": query}).context["cl"].queryset

    assert [str(person) for person in found] == names


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("url", "queries"), [(PEOPLE, 6), (ACCOUNTS, 4)])
def test_admin_list_query_count(client, staff, django_assert_num_queries, rows, url, queries):
    for number in range(rows):
        make.ambassador(f"Nadia {number}", organization=f"House {number}")
    client.force_login(staff)

    with django_assert_num_queries(queries):
        client.get(url)


def test_staff_put_a_person_on_the_roster_by_hand(client, staff):
    client.force_login(staff)

    response = client.post(
        f"{PEOPLE}add/", {"name": " Dana  Doe ", "email": "Dana@people.example.org", "organization": "Harbour", "place": "Oslo"}
    )

    dana = Ambassador.objects.get()
    assert (response.status_code, dana.user.name, dana.user.email) == (302, "Dana Doe", "dana@people.example.org")
    assert (dana.status, dana.organization.name, str(dana.place), dana.user.is_active) == ("listed", "Harbour", "Oslo", False)
    assert HistoryEntry.objects.get(about=dana.user).actor == staff


def test_staff_are_told_that_an_address_is_here_already(client, staff, alice):
    EmailAddress.objects.create(user=alice, email="alice@home.example.org", verified=True)
    client.force_login(staff)

    response = client.post(f"{PEOPLE}add/", {"name": "Alice", "email": "ALICE@home.example.org"})

    assert response.context["adminform"].form.errors == {"email": ["This is the address of Alice Amadi, who is here already."]}


def test_staff_correct_a_profile_until_its_owner_is_invited(client, staff, lena):
    client.force_login(staff)
    url = f"{PEOPLE}{lena.pk}/change/"

    client.post(url, {"place": "Braga", "status": "active", "listed_for": "public", "bio": "Words in her mouth"})
    lena.refresh_from_db()
    assert (str(lena.place), lena.status, lena.listed_for, lena.bio) == ("Braga", "listed", "members", "")

    workflow.invite_to_sign_in(lena, by=staff)
    client.post(url, {"place": "Faro"})
    lena.refresh_from_db()
    assert str(lena.place) == "Braga"


def test_staff_see_what_happened_to_a_person(client, staff, lena):
    workflow.invite_to_sign_in(lena, by=staff)
    client.force_login(staff)

    for page in (f"{PEOPLE}{lena.pk}/change/", f"{ACCOUNTS}{lena.user_id}/change/"):
        assert [line.verb for line in client.get(page).context["history"]] == ["invited to sign in", "put on the roster"]
        assert "put on the roster" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("word", "status", "after"),
    [
        ("invite", "listed", "active"),
        ("pause", "active", "paused"),
        ("resume", "paused", "active"),
        ("make-alumni", "active", "alumni"),
        ("reactivate", "alumni", "active"),
        ("remove", "listed", "removed"),
    ],
)
def test_a_button_shows_what_it_does_and_does_it_when_pressed(client, staff, word, status, after):
    person = make.ambassador("Some One", status=status).ambassador
    client.force_login(staff)
    url = f"{PEOPLE}{person.pk}/move/{word}/"

    page = client.get(url)
    person.refresh_from_db()
    assert (page.status_code, person.status) == (200, status)

    client.post(url, {"reason": "As agreed by telephone"})
    person.refresh_from_db()
    assert person.status == after


def test_removing_without_a_reason_is_asked_again(client, staff, lena):
    client.force_login(staff)

    response = client.post(f"{PEOPLE}{lena.pk}/move/remove/", {"reason": " "})

    lena.refresh_from_db()
    assert (response.status_code, said(response), lena.status) == (
        200,
        ["Give the reason: it is kept in the history."],
        "listed",
    )


@pytest.mark.parametrize("word", ["invite", "nonsense", "resume"])
def test_a_button_that_is_not_offered_does_nothing(client, staff, alice, word):
    client.force_login(staff)

    response = client.post(f"{PEOPLE}{alice.ambassador.pk}/move/{word}/", follow=True)

    alice.ambassador.refresh_from_db()
    assert (alice.ambassador.status, len(said(response))) == ("active", 1)


def test_inviting_a_selection_asks_once_more(client, staff, alice):
    waiting = [workflow.list_person(f"Lena {number}", f"lena{number}@people.example.org", by=staff) for number in range(2)]
    client.force_login(staff)
    data = {"action": "invite_selected", "_selected_action": [waiting[0].pk, waiting[1].pk, alice.ambassador.pk]}

    asked = client.post(PEOPLE, data)
    assert ([str(person) for person in asked.context["people"]], asked.context["others"]) == (["Lena 0", "Lena 1"], 1)
    assert OutgoingMail.objects.count() == 0

    done = client.post(PEOPLE, data | {"confirmed": "yes"}, follow=True)
    assert said(done) == ["2 people are invited."]
    assert sorted(OutgoingMail.objects.values_list("kind", "person__name")) == [
        ("invited_to_sign_in", f"Lena {number}") for number in range(2)
    ]


def test_uploaded_roster_shows_what_would_happen_and_waits_for_the_button(client, staff, alice):
    client.force_login(staff)

    preview = client.get(upload(client, ROSTER + f"Alice;{alice.email}\n".encode()).url)

    text = preview.content.decode()
    assert [part in text for part in ("2 people would come", "Björn Ångström", "1 person is here already", "Import them")] == [
        True
    ] * 4
    assert Ambassador.objects.filter(status="listed").count() == 0

    done = client.post(reverse("admin:roster-import", args=[preview.context["file"].pk]), follow=True)

    assert said(done) == ["2 people are on the roster now. Nobody was mailed: choose whom to invite when you are ready."]
    assert list(Ambassador.objects.filter(status="listed").values_list("user__name", flat=True)) == [
        "Amara Diallo",
        "Björn Ångström",
    ]
    assert (RosterFile.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert set(HistoryEntry.objects.values_list("actor__name", "via")) == {("Sam Staff", "import")}


def test_uploaded_roster_with_mistakes_has_no_button(client, staff):
    client.force_login(staff)

    preview = client.get(upload(client, ROSTER + b"Cy;nowhere\n").url)

    text = preview.content.decode()
    assert ("line 4, E-mail: “nowhere” is not an e-mail address." in text, "Import them" in text) == (True, False)
    client.post(reverse("admin:roster-import", args=[preview.context["file"].pk]))
    assert Ambassador.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "The submitted file is empty."),
        (b"PK\x03\x04", "This is a workbook of Excel. Save it as “CSV UTF-8” and give me that file."),
        (b"x" * 1_000_001, "This file is larger than 1 MB. Longer rosters go in by the command import_ambassadors."),
    ],
)
def test_an_upload_that_is_no_roster_is_refused_beside_the_field(client, staff, content, error):
    client.force_login(staff)

    response = upload(client, content)

    assert response.context["form"].errors == {"file": [error]}
    assert RosterFile.objects.count() == 0


def test_an_upload_is_seen_by_its_uploader_only(client, staff, sue):
    client.force_login(staff)
    url = upload(client).url
    client.force_login(sue)

    statuses = [client.get(url).status_code, client.post(f"{url}import/").status_code, client.post(f"{url}discard/").status_code]

    assert (statuses, RosterFile.objects.count()) == ([404, 404, 404], 1)


def test_an_upload_can_be_thrown_away(client, staff):
    client.force_login(staff)
    url = upload(client).url

    client.post(f"{url}discard/")

    assert (RosterFile.objects.count(), Ambassador.objects.count()) == (0, 0)


@pytest.mark.parametrize("word", ["import", "discard"])
def test_looking_at_the_address_of_a_button_changes_nothing(client, staff, word):
    client.force_login(staff)

    response = client.get(f"{upload(client).url}{word}/")

    assert (response.status_code, RosterFile.objects.count()) == (405, 1)


def test_who_is_of_the_support_team_is_decided_by_superusers(client, staff, sue, alice):
    client.force_login(staff)
    assert client.post(f"{ACCOUNTS}{alice.pk}/support/take/").status_code == 403

    client.force_login(sue)
    client.post(f"{ACCOUNTS}{alice.pk}/support/take/")
    alice.refresh_from_db()
    assert alice.is_staff
    client.post(f"{ACCOUNTS}{alice.pk}/support/release/")
    alice.refresh_from_db()
    assert not alice.is_staff
    assert list(HistoryEntry.objects.filter(about=alice).order_by("pk").values_list("verb", "actor__name")) == [
        ("taken into the support team", "Sue Sato"),
        ("released from the support team", "Sue Sato"),
    ]


def test_nobody_makes_themselves_more_by_the_form(client, staff):
    client.force_login(staff)

    client.post(f"{ACCOUNTS}{staff.pk}/change/", {"name": "Sam Stone", "is_superuser": "on", "email": "new@people.example.org"})

    staff.refresh_from_db()
    assert (staff.name, staff.is_superuser, staff.email) == ("Sam Stone", False, "sam-staff@people.example.org")


@pytest.mark.row("R29")
@pytest.mark.django_db(transaction=True)
def test_two_superusers_who_release_each_other_leave_one():
    pair = [make.person(name, is_staff=True, is_superuser=True) for name in ("Sue Sato", "Ute Uhl")]

    decided = threading.Event()

    def first():
        with transaction.atomic():
            workflow.release_from_support(pair[0], by=pair[1])
            decided.set()
            time.sleep(0.5)  # not committed yet while the second decides

    def second():
        decided.wait(timeout=10)
        workflow.release_from_support(pair[1], by=pair[0])

    results = at_once(first, second)

    assert [type(result).__name__ for result in results] == ["NoneType", "ValidationError"]
    assert User.objects.filter(is_superuser=True, is_staff=True).count() == 1


def test_an_organisation_with_people_is_not_deleted(client, staff):
    make.ambassador("Alice Amadi", organization="Harbour")
    client.force_login(staff)

    response = client.post(f"/admin/ambassadors/organization/{Organization.objects.get().pk}/delete/", {"post": "yes"})

    assert (response.status_code, Organization.objects.count()) == (403, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_person_does_not_grow_with_the_organisations(client, staff, lena, django_assert_num_queries, rows):
    for number in range(rows):
        Organization.objects.create(name=f"House {number}")
    client.force_login(staff)

    with django_assert_num_queries(10):
        page = client.get(f"{PEOPLE}{lena.pk}/change/").content.decode()

    assert "House 0" not in page
