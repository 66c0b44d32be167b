"""The nominee's side: what we hold on somebody without an account, told to their address and to nobody else."""

import re

import pytest
from django.test import Client

from ambassadors.models import Concern
from ambassadors.nominations import clearing
from ambassadors.nominations.privacy_export import what_is_held_of_their_case
from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from foundation.models import Token
from tests import make
from tests.ambassadors import admission_making as making

PAGE = "/community/joining/privacy/"
NIA = "nia@tidemark.example"


def page_of(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def ask(address: str):
    return Client().post(f"{PAGE}ask/", {"email": address}, follow=True)


def newest(mailoutbox, kind):
    deliver_mail(OutgoingMail.objects.filter(kind=kind).latest("pk").pk)
    return mailoutbox[-1]


def answer_for(mailoutbox, address=NIA):
    """Ask, open the link of the mail, press the button, and return the answer's mail."""
    ask(address)
    link = re.search(r"https?://[^/]+(/community/joining/privacy/\S+)", newest(mailoutbox, "nominee_link").body)[1]
    client = Client()
    for _look in range(10):
        client.get(link)
    assert not OutgoingMail.objects.filter(kind="nominee_answer").exists()
    client.post(f"{link}send/")
    return newest(mailoutbox, "nominee_answer"), link


def a_case(alice, **fields):
    case = making.nomination(
        alice, "Nia Nominee", **{"status": "declined", "email": "Nia@Tidemark.example", "relation": "SECRET-relation", **fields}
    )
    case.evidence.update(text="SECRET-evidence")
    making.assessed(case, making.vetter(), comment="SECRET-comment")
    Concern.objects.create(nomination=case, author=make.person("Cora Concern"), text="SECRET-concern")
    return case


@pytest.mark.row("R23")
def test_the_answer_holds_ones_own_data_and_no_word_of_others(alice, mailoutbox):
    a_case(alice)

    mail, link = answer_for(mailoutbox)

    everything = mail.body + str(mail.alternatives)
    assert mail.to == [NIA]
    for shown in ("Nia Nominee", "Harbour Trust", "declined", "2 texts", "given in confidence"):
        assert shown in mail.body
    assert [word for word in ("SECRET", "Alice", "Vera", "Cora") if word in everything] == []
    assert Client().post(f"{link}send/").status_code == 410
    assert OutgoingMail.objects.filter(kind="nominee_answer").count() == 1


@pytest.mark.row("R10")
def test_the_page_never_tells_whether_there_is_a_case(alice):
    a_case(alice)

    answers = [
        (answer.redirect_chain, answer.status_code, page_of(answer)) for answer in (ask(NIA), ask("nobody@tidemark.example"))
    ]

    assert answers[0] == answers[1]
    assert OutgoingMail.objects.filter(kind="nominee_link").count() == 2


def test_nobody_is_told_that_there_is_nothing(alice, mailoutbox):
    making.nomination(alice, status="draft", email=NIA)

    mail, _link = answer_for(mailoutbox)

    assert "we hold no nomination with this address" in mail.body


def test_what_is_left_of_a_forgotten_case_is_said(alice, mailoutbox):
    clearing.clear(a_case(alice))

    mail, _link = answer_for(mailoutbox)

    assert "a keyed hash of your address, and nothing else" in mail.body


def test_asking_often_is_refused_kindly(db):
    statuses = [ask(NIA).status_code for _time in range(4)]

    assert statuses == [200, 200, 200, 429]
    assert OutgoingMail.objects.count() == 3


def test_an_odd_address_is_refused_beside_its_field(db):
    page = Client().post(f"{PAGE}ask/", {"email": "nonsense"})

    assert list(page.context["form"].errors) == ["email"]
    assert OutgoingMail.objects.count() == 0


def test_a_newer_link_replaces_the_older_one(db, mailoutbox):
    ask(NIA)
    ask(NIA)

    assert Token.objects.filter(address=NIA, withdrawn_at=None).count() == 1
    for mail in OutgoingMail.objects.order_by("pk"):
        deliver_mail(mail.pk)
    assert len(mailoutbox) == 1


def test_the_page_says_for_how_long(client, db):
    assert "12 months after that was decided" in client.get(PAGE).content.decode()


def test_a_member_finds_their_case_in_their_archive_by_any_verified_address(alice, db):
    a_case(alice)
    nia = make.ambassador("Nia Nominee", email=NIA)

    (held,) = what_is_held_of_their_case(nia)

    assert (held["name"], held["state"], len(held["assessments"])) == ("Nia Nominee", "declined", 1)
    assert "SECRET" not in str(held)


def test_forgetting_a_case_forgets_who_asked_about_it(alice, mailoutbox):
    case = a_case(alice)
    answer_for(mailoutbox)

    clearing.clear(case)

    assert not OutgoingMail.objects.filter(address__iexact=NIA).exists()
    assert not Token.objects.filter(address__iexact=NIA).exists()
