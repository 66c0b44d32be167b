"""From an empty database to the first signed-in ambassador, as docs/founding.md tells it: by command, web and mail only."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from ambassadors.models import Ambassador

ROSTER = Path(__file__).parents[1] / "ambassadors" / "roster_of_a_harbour.csv"


def mails_to(address: str) -> list[str]:
    return [str(message.body) for message in mail.outbox if message.to == [address]]


def sign_in_by_code(client: Client, address: str, url: str = "/accounts/login/code/") -> str:
    client.post(url, {"email": address})
    code = re.search(r"^    (\S+)$", mails_to(address)[-1], re.MULTILINE)
    assert code is not None, mails_to(address)
    return client.post("/accounts/login/code/confirm/", {"code": code[1]}).url


def set_up_second_factor(client: Client) -> None:
    page = client.get("/accounts/2fa/totp/activate/")
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(page.context["form"].secret, counter))
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_founder_comes_from_an_empty_database_to_the_first_signed_in_ambassador(settings):
    settings.DEMO, settings.SECOND_FACTOR_FOR_STAFF = False, True
    call_command("found", name="Harbour Alliance", staff="ada@harbour.example", time_zone="Europe/Lisbon", stdout=io.StringIO())

    ada = Client()
    assert sign_in_by_code(ada, "ada@harbour.example") == "/desk/"
    assert ada.get("/desk/").url == "/accounts/2fa/"
    set_up_second_factor(ada)
    desk = ada.get("/desk/").content.decode()
    assert [point for point in ("Check the mail road", "Bring your people", "Invite the first people") if point in desk] == [
        "Check the mail road",
        "Bring your people",
    ]

    ada.post("/desk/mail/send/")
    assert "come all the way from your site" in mails_to("ada@harbour.example")[-1]
    assert "Check the mail road" not in ada.get("/desk/").content.decode()

    upload = ada.post("/admin/ambassadors/ambassador/roster/", {"file": SimpleUploadedFile(ROSTER.name, ROSTER.read_bytes())})
    assert "5 people would come onto the roster" in ada.get(upload.url).content.decode()
    ada.post(f"{upload.url}import/")
    assert (Ambassador.objects.count(), mails_to("bjorn@norrsken.example")) == (5, [])

    bjorn = Client()
    bjorn.post("/accounts/login/code/", {"email": "bjorn@norrsken.example"})
    assert bjorn.get("/ambassadors/").context["cards"] == []
    assert not any("code" in text for text in mails_to("bjorn@norrsken.example"))

    chosen = {
        "action": "invite_selected",
        "_selected_action": [Ambassador.objects.get(slug="bjorn-angstrom").pk],
        "confirmed": "yes",
    }
    ada.post("/admin/ambassadors/ambassador/", chosen)
    assert "Invite the first people" not in ada.get("/desk/").content.decode()

    invitation = mails_to("bjorn@norrsken.example")[-1]
    way_in = re.search(r"http://localhost(/\S+)", invitation)
    assert way_in is not None
    bjorn = Client()
    assert sign_in_by_code(bjorn, "bjorn@norrsken.example", way_in[1]) == "/desk/"
    assert [card.name for card in bjorn.get("/ambassadors/").context["cards"]] == [
        "Amara Diallo",
        "Björn Ångström",
        "Chiara D'Amico",
        "Li Na",
        "Siobhán O'Neill",
    ]
    assert bjorn.get("/ambassadors/bjorn-angstrom/").context["card"].is_own
