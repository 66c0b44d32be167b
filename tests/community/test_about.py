from __future__ import annotations

import re

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from community.models import TeamMember
from community.stories.workflow import team
from foundation.models import Upload
from foundation.privacy_export import archive_of, erase
from foundation.uploads import checked
from foundation.workflow import TransitionRefused
from tests import make
from tests.community import making
from tests.foundation.files import picture, sent

ABOUT = "/about/"
TICKED = {"name": "on", "text": "on", "photo": "on"}


def about(client) -> str:
    client.logout()
    return client.get(ABOUT).content.decode()


def photo():
    return checked(sent(picture(), "face.jpg"))


@pytest.fixture
def nell(db):
    return make.person("Nell Nakamura", is_staff=True, email="nell@people.example.org")


@pytest.mark.row("J13")
def test_about_shows_of_each_person_what_they_confirmed_and_leads_to_the_form(client, staff, nell):
    member = making.team_member(
        nell, by=staff, role="Knowledge manager", text="I keep what we learn.", photo=photo(), alt="Nell, laughing"
    )
    making.supporter("Harbour Foundation", by=staff, url="https://harbour.example.org/", text="Pays for the lights.")
    assert "Knowledge manager" not in about(client)

    client.force_login(nell)
    proposed = client.get("/settings/team/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', proposed)[1]
    client.post("/settings/team/confirm/", {"name": "on", "seen": seen})
    page = about(client)

    member.refresh_from_db()
    assert ("Nell Nakamura" in page, "Knowledge manager" in page, "Harbour Foundation" in page) == (True, True, True)
    assert ("I keep what we learn." in page, member.photo.get_absolute_url() in page) == (False, False)
    assert client.get(member.photo.get_absolute_url()).status_code == 404
    assert f'href="/contact/?to={member.slug}"' in page
    form = client.get(f"/contact/?to={member.slug}").content.decode()
    assert re.findall(r'<option value="([^"]+)" selected>', form) == [member.slug]
    assert re.findall(r"mailto:|[\w.+-]+@[\w-]+\.[\w.]+", page) == []


def test_without_a_name_the_role_stands_alone(client, staff, nell):
    making.team_member(nell, by=staff, role="Community manager", shown=["text"])

    page = about(client)

    assert ("Nell" in page, "Community manager" in page, "Ask me anything." in page) == (False, True, True)


def test_a_new_proposal_waits_while_the_page_keeps_what_was_confirmed(client, staff, nell, django_capture_on_commit_callbacks):
    member = making.team_member(nell, by=staff, text="Old words.", shown=["name", "text"])
    member.text = "New words."
    with django_capture_on_commit_callbacks(execute=True):
        team.propose(member, by=staff, changed="text")

    assert ("Old words." in about(client), "New words." in about(client)) == (True, False)
    assert [letter.recipients() for letter in django_mail.outbox] == [[nell.email]]
    client.force_login(nell)
    assert "/settings/team/" in client.get("/desk/").content.decode()

    client.post("/settings/team/confirm/", {**TICKED, "seen": member.words_mark})
    assert ("Old words." in about(client), "New words." in about(client)) == (False, True)


def test_a_proposal_that_changed_since_it_was_read_is_not_confirmed(staff, nell):
    member = making.team_member(nell, by=staff)
    read = member.words_mark
    member.text = "Words that nobody read."
    team.propose(member, by=staff, changed="text")

    with pytest.raises(TransitionRefused):
        team.confirm(member, by=nell, name=True, text=True, photo=False, seen=read)


def test_nobody_confirms_in_anothers_place(staff, nell):
    member = making.team_member(nell, by=staff)

    with pytest.raises(PermissionDenied):
        team.confirm(member, by=staff, name=True, text=True, photo=False)


def test_a_photo_is_everybodys_only_while_it_is_shown(client, staff, nell, bob):
    member = making.team_member(nell, by=staff, photo=photo(), alt="Nell", shown=["name", "photo"])
    url = member.photo.get_absolute_url()

    answers = [client.get(url).status_code]
    team.confirm(member, by=nell, name=True, text=False, photo=False)
    answers += [client.get(url).status_code]
    client.force_login(nell)
    answers += [client.get(url).status_code]
    client.force_login(bob)
    answers += [client.get(url).status_code]

    assert answers == [200, 404, 200, 404]


def test_taking_oneself_off_the_page_works_at_once(client, staff, nell):
    member = making.team_member(nell, by=staff, photo=photo(), alt="Nell", shown=["name", "text", "photo"])
    client.force_login(nell)

    client.post("/settings/team/hide/")

    member.refresh_from_db()
    assert "Nell" not in about(client)
    assert (member.status, member.shown_name, member.shown_photo_id) == ("hidden", "", None)


def test_somebody_whose_account_is_closed_is_not_on_the_page(client, staff, nell):
    making.team_member(nell, by=staff, shown=["name"])

    nell.is_active = False
    nell.save()

    assert "Nell" not in about(client)


def test_the_archive_holds_the_line_and_erasure_takes_it_with_its_pictures(client, staff, nell):
    making.team_member(nell, by=staff, role="Editor", photo=photo(), alt="Nell", shown=["name", "photo"])
    assert [record["role"] for record in archive_of(nell)["team"]] == ["Editor"]

    erase(nell)

    assert (TeamMember.objects.count(), Upload.objects.count()) == (0, 0)
    assert "Editor" not in about(client)


def test_a_supporter_without_https_is_refused_beside_the_field(client, staff):
    client.force_login(staff)

    response = client.post(
        "/admin/community/supporter/add/", {"name": "Old", "url": "http://old.example.org/", "position": "1", "alt": ""}
    )

    assert "Give the address as https" in response.content.decode()


def test_the_admin_proposes_and_asks(client, staff, nell, django_capture_on_commit_callbacks):
    client.force_login(staff)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            "/admin/community/teammember/add/",
            {"user": nell.pk, "role": "Editor", "slug": "editor", "text": "", "position": "1", "alt": ""},
        )

    assert list(TeamMember.objects.values_list("user", "role", "status")) == [(nell.pk, "Editor", "asked")]
    assert "“Editor”" in django_mail.outbox[0].body


@pytest.mark.parametrize("rows", [1, 3])
def test_about_query_count(client, staff, rows, django_assert_num_queries):
    for number in range(rows):
        making.team_member(
            make.person(f"Person {number}", is_staff=True), by=staff, photo=photo(), alt="A face", shown=["name", "photo"]
        )
        making.supporter(f"Supporter {number}", by=staff)
    client.get(reverse("community:news-list"))

    with django_assert_num_queries(7):
        client.get(ABOUT)
