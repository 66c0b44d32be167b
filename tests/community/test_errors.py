import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def broken(settings):
    """A client to whom errors come as pages, on a site where things break."""
    settings.ROOT_URLCONF = "tests.community.broken_urls"
    return Client(raise_request_exception=False)


def heading(response) -> str:
    return response.content.decode().partition("<h1>")[2].partition("</h1>")[0]


def test_unknown_address_asks_a_visitor_to_sign_in(client, db):
    response = client.get("/no/such/page/")

    assert (response.status_code, heading(response)) == (404, "There is nothing at this address")
    assert f'href="{reverse("account_login")}"' in response.content.decode()


def test_unknown_address_leads_a_member_to_the_desk(client, alice):
    client.force_login(alice)

    response = client.get("/no/such/page/")

    assert (response.status_code, heading(response)) == (404, "There is nothing at this address")
    assert f'href="{reverse("community:desk")}"' in response.content.decode()


def test_refusal_says_why(client, alumna):
    client.force_login(alumna)

    response = client.get(reverse("community:desk"))

    assert (response.status_code, heading(response)) == (403, "You cannot do this")
    assert "This page is for active ambassadors." in response.content.decode()


def test_form_without_a_token_asks_to_send_it_again(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "somebody@example.org"})

    assert (response.status_code, heading(response)) == (403, "Please send it again")


def test_address_for_buttons_says_so_and_keeps_its_allow_header(client, db):
    response = client.post(reverse("community:home"))

    assert (response.status_code, heading(response)) == (405, "This address only answers to a button")
    assert response.headers["Allow"] == "GET"


def test_address_for_buttons_sends_no_page_to_a_program(client, db):
    response = client.post(reverse("community:home"), headers={"Accept": "application/json"})

    assert (response.status_code, response.content) == (405, b"")


# These three run without the `db` fixture: a query would fail them.
def test_defect_gets_a_page_without_database(broken):
    response = broken.get("/broken/defect/")

    assert (response.status_code, heading(response)) == (500, "That is our fault, not yours")


def test_unreachable_database_is_a_passing_503(broken):
    response = broken.get("/broken/database/")

    assert (response.status_code, heading(response)) == (503, "Back in a moment")
    assert response.headers["Retry-After"] == "30"


def test_nonsense_gets_a_page_without_database(broken):
    response = broken.get("/broken/nonsense/")

    assert (response.status_code, heading(response)) == (400, "This could not be read")
