"""Who wants to hear when an announced product is there: confirmed from their mailbox, told once, and forgotten."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from correspondence import due
from correspondence.models import OutgoingMail
from foundation import proof
from foundation.privacy_export import erase
from products.models import Edition, LaunchWish, Product
from products.road import workflow as road
from products.window import wishes
from products.window.tasks import forget_wishes
from tests import make
from tests.products import making

pytestmark = pytest.mark.django_db
NOOR = "noor@elsewhere.example"
PAGE = "/products/performance-practised/tell-me/"


@pytest.fixture
def product(db):
    return making.announced(make.ambassador("Win Writer"))


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """Send the form, each time from another internet address."""
    numbers = iter(range(1, 250))

    def ask(address=NOOR, **changed):
        fields = {"address": address, "begun": proof.begin(at=time.time() - 60)} | changed
        with django_capture_on_commit_callbacks(execute=True):
            return Client(REMOTE_ADDR=f"203.0.113.{next(numbers)}").post(f"{PAGE}send/", fields)

    return ask


def launch(product) -> Edition:
    """Take its edition the whole road."""
    edition = product.newest
    road.submit(edition, by=edition.created_by, revision=edition.revision)
    making.reviewed(edition)
    road.present(edition, by=making.editor(), revision=edition.revision)
    making.days_pass(edition)
    road.approve(edition, by=making.editor(), revision=edition.revision)
    road.publish(edition, by=making.editor(), revision=edition.revision)
    return edition


def link_in(letter) -> str:
    return re.search(r"http://localhost(/tell-me/[a-z2-7]+/)", letter.body).group(1)


def told() -> list[list[str]]:
    return sorted(one.to for one in mail.outbox if one.subject.startswith("It is there"))


@pytest.mark.row("F14")
def test_whoever_asked_is_mailed_once_at_launch(client, product, ask, django_capture_on_commit_callbacks):
    """A visitor by a confirmed address, a member by one press; whoever did not confirm hears nothing."""
    member = make.ambassador("Mo Member")
    assert "March 2027" in client.get("/products/performance-practised/").content.decode()
    assert ask().headers["Location"] == "/tell-me/waits/"
    ask("idle@elsewhere.example")
    link = link_in(mail.outbox[0])
    client.get(link)  # programs that scan mail open links
    assert LaunchWish.objects.filter(confirmed_at__isnull=False).count() == 0
    client.post(f"{link}confirm/"), client.post(f"{link}confirm/")
    client.force_login(member)
    client.post(f"{PAGE}keep/"), client.post(f"{PAGE}keep/")

    with django_capture_on_commit_callbacks(execute=True):
        edition = launch(product)
    assert told() == [[member.email], [NOOR]]
    letter = next(one for one in mail.outbox if one.to == [NOOR] and one.subject == "It is there: Performance, practised")
    assert "http://localhost/products/performance-practised/" in letter.body

    with django_capture_on_commit_callbacks(execute=True):
        due.post_all()
        road.retire(edition, by=making.editor(), because="A number was wrong.", is_withdrawn=True)
        second = making.next_edition(edition, edition.created_by)
        launch(Product.objects.get(newest=second))
        due.post_all()
    assert len(told()) == 2


def test_the_answer_is_the_same_whoever_is_known_and_one_mail_a_day_goes_to_an_address(product, ask):
    answers = [ask(address) for address in (NOOR, NOOR.upper(), make.ambassador("Mo Member").email)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(302, b"")}
    assert (len(mail.outbox), LaunchWish.objects.count()) == (2, 2)


def test_robots_and_floods_are_refused_kindly(product, ask, monkeypatch):
    assert ask(homepage="https://spam.example").status_code == 200
    monkeypatch.setattr(wishes, "ASKED_A_DAY", 1)
    ask()
    assert ask("other@elsewhere.example").status_code == 429
    assert LaunchWish.objects.count() == 1


def test_what_nobody_announced_or_is_out_already_takes_no_wishes(client, product):
    hidden, out = (
        making.draft(make.ambassador("Ana Abel"), title="Hidden").product,
        making.published(make.ambassador("Ben Ode")).product,
    )
    assert client.get(f"/products/{hidden.slug}/tell-me/").status_code == 404
    assert client.get(f"/products/{out.slug}/tell-me/").status_code == 404


def test_all_that_is_kept_is_shown_and_deleted(client, product, ask):
    ask()
    link = link_in(mail.outbox[0])
    assert NOOR in client.get(link).content.decode()
    client.post(f"{link}delete/")

    assert (LaunchWish.objects.count(), OutgoingMail.objects.filter(address=NOOR).count()) == (0, 0)
    assert client.get(link).status_code == 410


def test_what_is_not_confirmed_or_was_told_is_forgotten_after_a_week(product, ask, django_capture_on_commit_callbacks):
    ask()
    ask("told@elsewhere.example")
    wishes.confirm(LaunchWish.objects.get(address="told@elsewhere.example"))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        forget_wishes()
        assert list(LaunchWish.objects.values_list("address", flat=True)) == ["told@elsewhere.example"]
        with django_capture_on_commit_callbacks(execute=True):
            launch(product)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        forget_wishes()

    assert (LaunchWish.objects.count(), OutgoingMail.objects.filter(person=None).count()) == (0, 0)


def test_who_is_erased_is_not_told(product, ask):
    member = make.ambassador("Mo Member")
    ask(member.email)
    wishes.keep(product, by=member)
    erase(member)
    assert LaunchWish.objects.count() == 0
