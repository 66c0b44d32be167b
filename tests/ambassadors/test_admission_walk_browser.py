"""The whole road as four people, each in a browser of their own: who nominates, who vets, who leads and decides, who comes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ambassadors.models import AdmissionRules, Ambassador, Invitation, Nomination
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail
from tests import make
from tests.ambassadors import admission_making, engagement_making
from tests.ambassadors import inviting_making as making
from tests.browser import PHONE, loaded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def nominates(page) -> None:
    """From the list of one's own nominations to a submitted one."""
    page.goto("/nominations/new/")
    page.get_by_label("Name", exact=True).fill("Nia Nominee")
    page.get_by_role("button", name="Save as a draft").click()
    page.locator("[name=email]").fill("nia@people.example.org")
    page.locator("[name=organization]").fill("Harbour Trust")
    page.locator("[name=relation]").fill("We taught together for years.")
    page.locator("[name=slate_text]").fill("Nia runs a school that parents queue for.")
    for field in loaded(page).locator("textarea[name^=evidence_]").all():
        field.fill("I saw it last spring.")
    page.locator("[name=conflict][value=none]").check()
    page.locator("[name=nominee_knows][value=yes]").check()
    page.get_by_role("button", name="Save and submit").click()
    expect(page.get_by_text("With the vetting leads").first).to_be_visible()


def gives_it_to(page, vetter: str) -> None:
    page.goto("/admin/ambassadors/nomination/")
    page.get_by_role("checkbox", name="Nia Nominee").check()
    page.locator("select[name=action]").select_option("assign_selected")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).first.click()
    for box in loaded(page).get_by_role("checkbox", name="Lea Lead").all():
        box.uncheck()
    for box in page.get_by_role("checkbox", name=vetter).all():
        box.check()
    page.get_by_role("button", name="Give them").click()
    expect(page.locator(".messagelist")).to_be_visible()


def assesses(page) -> None:
    page.goto("/vetting/")
    page.get_by_role("link", name="Nia Nominee").click()
    for mark in loaded(page).get_by_label("clearly").all():
        mark.check()
    page.get_by_label("slightly").check()
    page.get_by_label("invite").check()
    page.get_by_label("Your assessment, in a few sentences").fill("She listens before she speaks.")
    page.get_by_role("button", name="Give your assessment").click()
    expect(page.get_by_text("Thank you: your assessment is given.")).to_be_visible()


def decides(page) -> None:
    page.goto("/admin/ambassadors/nomination/?waits=ready")
    page.get_by_role("link", name="Nia Nominee").click()
    page.get_by_label("invite", exact=True).check()
    page.get_by_label("Reasons, for the file").fill("It is clear to all who read it.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided. The nominator gets the words")).to_be_visible()


def comes(page) -> None:
    """From the link in the mail to the desk."""
    url = kinds["invitation"].context(OutgoingMail.objects.get(kind="invitation"))["url"]
    page.goto(re.sub(r"^https?://[^/]+", "", url))
    expect(page.get_by_text("Alice Amadi put you forward").first).to_be_visible()
    page.get_by_role("button", name="I affirm these commitments").click()
    page.get_by_role("button", name="Accept the invitation").click()
    page.get_by_label("Code").fill(making.code_of(Invitation.objects.get()))
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url("**/desk/")


def test_from_a_nomination_to_the_first_sign_in_as_four_people(open_page):
    admission_making.edition()
    engagement_making.edition(make.person("Cato Commitments", is_staff=True), "listen", "say what I think")
    alice, lead, vera = make.ambassador("Alice Amadi"), admission_making.lead(), admission_making.vetter()
    admission_making.vetter("Olu Other")
    AdmissionRules.objects.create(pk=1, vetters_a_case=1)
    nominators, leads = open_page(alice, viewport=PHONE), open_page(lead)
    nominates(nominators)
    gives_it_to(leads, "Vera Vetter")
    assesses(open_page(vera, viewport=PHONE))
    decides(leads)
    comes(open_page(viewport=PHONE))
    case = Nomination.objects.get()
    assert (case.status, case.nominee.ambassador.status) == ("approved", "active")
    assert Ambassador.objects.get(user__email="nia@people.example.org").organization.name == "Harbour Trust"
    nominators.goto(case.get_absolute_url())
    expect(nominators.get_by_text("They have accepted, and are an ambassador.")).to_be_visible()
