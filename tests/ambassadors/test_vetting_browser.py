"""Vetting in a browser: three nominees from submitted to invited in the admin, and a vetter's own page, on a phone as well."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ambassadors.models import Decision, Invitation, Nomination, VettingAssignment
from correspondence.models import OutgoingMail
from tests import make
from tests.accessibility import CONTRAST, axe, sideways
from tests.ambassadors import admission_making as making
from tests.ambassadors.test_vetting_pages import other_assessment
from tests.browser import PHONE, loaded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ["Nia North", "Noor East", "Nils South"]


def three_from_submitted_to_invited(open_page):
    """Drive three nominees through vetting by links, lists and buttons alone; return the page, its lead and the cases."""
    lead = making.lead()
    alice = make.ambassador("Alice Amadi")
    vetters = [making.vetter(name) for name in ("Vera Vetter", "Olu Other")]
    cases = [making.nomination(alice, name) for name in NAMES]
    page = open_page(lead)
    page.goto("/desk/")
    page.get_by_role("link", name="Look at it").first.click()
    for name in NAMES:
        page.get_by_role("checkbox", name=name).check()
    page.locator("select[name=action]").select_option("assign_selected")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).first.click()
    for box in loaded(page).get_by_role("checkbox", name="Lea Lead").all():
        box.uncheck()
    for name in ("Vera Vetter", "Olu Other"):
        for box in page.get_by_role("checkbox", name=name).all():
            box.check()
    page.get_by_role("button", name="Give them").click()
    expect(page.get_by_text("3 cases are with their vetters.")).to_be_visible()
    for vetter in vetters:
        assess_all(open_page(vetter))
    for name in NAMES:
        page.goto("/admin/ambassadors/nomination/?waits=ready")
        page.get_by_role("link", name=name).click()
        page.get_by_label("invite", exact=True).check()
        page.get_by_label("Reasons, for the file").fill("Both vetters see it clearly.")
        page.get_by_role("button", name="Decide").click()
        expect(page.get_by_text("Decided. The nominator gets the words")).to_be_visible()
    return page, lead, cases


def assess_all(page) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name="Vetting").first.click()
    for name in NAMES:
        page.get_by_role("link", name=name).click()
        for mark in loaded(page).get_by_label("clearly").all():
            mark.check()
        page.get_by_label("slightly").check()
        page.get_by_label("invite").check()
        page.get_by_label("Your assessment, in a few sentences").fill("She listens before she speaks.")
        page.get_by_role("button", name="Give your assessment").click()
        expect(page.get_by_text("Thank you: your assessment is given.")).to_be_visible()
        page.goto(reverse("ambassadors:vetting-list"))


def test_three_nominees_go_from_submitted_to_invited_without_typing_an_id(open_page):
    _page, lead, cases = three_from_submitted_to_invited(open_page)

    assert list(Nomination.objects.order_by("pk").values_list("name", "status")) == [(name, "approved") for name in NAMES]
    assert VettingAssignment.objects.filter(status="assessed").count() == 6
    assert list(Decision.objects.values_list("outcome", "by")) == [("invite", lead.pk)] * len(cases)
    assert list(Invitation.objects.order_by("pk").values_list("name", "status")) == [(name, "sent") for name in NAMES]
    mails = OutgoingMail.objects.filter(kind="invitation").order_by("pk").values_list("address", flat=True)
    assert list(mails) == [case.email for case in cases]


def test_a_case_is_assessed_on_a_phone_and_read_side_by_side(open_page):
    alice, vera = make.ambassador("Alice Amadi"), making.vetter()
    case = making.nomination(alice, "Nia Nominee-with-a-Very-Long-Name-Of-Her-Own", status="vetting")
    other_assessment(case)
    one = making.assignment(case, vera)
    page = open_page(vera, viewport=PHONE, java_script_enabled=False)
    url = reverse("ambassadors:vetting-detail", args=[one.pk])
    page.goto(url)
    page.get_by_role("button", name="Give your assessment").click()
    expect(page.get_by_role("heading", name="Please look at this again")).to_be_visible()
    for mark in loaded(page).get_by_label("partly").all():
        mark.check()
    page.get_by_label("slightly").check()
    page.get_by_label("not now").check()
    page.get_by_role("button", name="Give your assessment").click()
    expect(page.get_by_text("QUAY one")).to_be_visible()

    judged = open_page(vera, viewport=PHONE)
    for address in (url, "/vetting/"):
        judged.goto(address)
        assert sideways(judged) == []
        assert axe(judged) == []


def test_the_pages_of_the_queue_can_be_read_by_everybody(open_page):
    alice, lead = make.ambassador("Alice Amadi"), making.lead()
    case = making.nomination(alice, status="vetting")
    other_assessment(case)
    making.assignment(case, making.vetter())
    page = open_page(lead, viewport=PHONE)
    for address in ("/admin/ambassadors/nomination/", f"/admin/ambassadors/nomination/{case.pk}/change/"):
        page.goto(address)
        assert axe(page, CONTRAST) == []
        assert sideways(page) == []
