"""The end of the road in a browser: the mail, the page, the commitments, the code, the desk; on a phone, with scripts and without."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ambassadors.inviting import workflow
from ambassadors.models import Ambassador, Invitation
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail
from foundation.models import Sector
from tests import make
from tests.accessibility import axe, sideways
from tests.ambassadors import admission_making
from tests.ambassadors import inviting_making as making
from tests.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS", "")


def link_in_the_mail() -> str:
    url = kinds["invitation"].context(OutgoingMail.objects.get(kind="invitation"))["url"]
    return re.sub(r"^https?://[^/]+", "", url)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_mail_to_the_desk_on_a_phone(open_page, scripts):
    invitation = making.invited(organization="Harbour Trust")
    page = open_page(viewport=PHONE, java_script_enabled=scripts)
    page.goto(link_in_the_mail())
    expect(page.get_by_role("button", name="Accept the invitation")).to_be_disabled()
    page.get_by_role("button", name="I affirm these commitments").click()
    expect(page.get_by_label("Organisation")).to_have_value("Harbour Trust")
    page.get_by_label("Place").fill("Porto, Portugal")
    page.get_by_role("button", name="Accept the invitation").click()
    page.get_by_label("Code").fill(making.code_of(invitation))
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url("**/desk/")
    expect(page.get_by_text("Welcome. It is good to have you here.")).to_be_visible()
    assert Ambassador.objects.get(user__email=invitation.email).place.name == "Porto"


def test_somebody_else_signs_out_and_opens_the_link_again(open_page, watched):
    making.invited()
    page = open_page(make.ambassador("Bob Brandt"), viewport=PHONE)
    watched.expected.append("403")
    page.goto(link_in_the_mail())
    page.get_by_role("button", name="Sign out, and open the link again").click()
    expect(page.get_by_role("button", name="I affirm these commitments")).to_be_visible()


def test_a_dead_link_asks_for_a_new_one(open_page, watched):
    making.invited()
    link = link_in_the_mail()
    workflow.withdraw(Invitation.objects.get(), by=admission_making.lead())
    page = open_page(viewport=PHONE)
    watched.expected.append("410")
    page.goto(link)
    page.get_by_role("button", name="Ask for a new one").click()
    expect(page.get_by_role("heading", name="Thank you, a person looks into it")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_pages_are_for_everybody_and_fit(open_page, watched, size, scheme):
    """No complaint of axe, no sideways scrolling; with SHOTS set to a folder, a picture of each page for whoever judges its look."""
    watched.expected += ["410", "403"]
    for name in ("Education", "Health"):
        Sector.objects.get_or_create(name=name)
    for number in range(3):
        make.ambassador(f"Public Person {number}", listed_for="public", job_title="Head of something long", organization="Tidemark")
    invitation = making.affirmed(organization="Harbour Trust", email="nia@people.example.org")
    workflow.write_word(invitation, "You asked the best question of the day. Bring the next one here.", by=invitation.cosigner)
    fresh = making.invited("Wilhelmina Featherstonehaugh-Okonkwo", nominator=invitation.cosigner)
    dead = making.invited("Dea Dead", nominator=invitation.cosigner)
    link = making.url("detail", dead)
    workflow.withdraw(dead, by=admission_making.lead())
    with_code, _code = making.with_code("Cody Code", nominator=invitation.cosigner)
    pages = {
        "affirmed": making.url("detail", invitation),
        "fresh": making.url("detail", fresh),
        "code": making.url("code", with_code),
        "dead": link,
        "asked": reverse("ambassadors:invitation-asked"),
        "declined": reverse("ambassadors:invitation-declined"),
        "joining": reverse("ambassadors:joining"),
    }
    page = open_page(viewport=PHONE if size == "phone" else DESKTOP, color_scheme=scheme)
    for name, url in pages.items():
        page.goto(url)
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}-{size}-{scheme}.png", full_page=True)
        assert sideways(page) == [], name
        assert axe(page) == [], name


def test_a_lead_runs_an_invitation_by_its_buttons(open_page):
    """From the list to the row, and from one state to the next, without typing an id."""
    lead = admission_making.lead()
    invitation = making.invited()
    page = open_page(lead)
    page.goto(reverse("admin:ambassadors_invitation_changelist"))
    page.get_by_role("link", name="Nia Nominee").click()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Invite again").click()
    expect(page.get_by_role("button", name="Send a new link")).to_be_visible()
    invitation.refresh_from_db()
    assert invitation.status == "sent"
