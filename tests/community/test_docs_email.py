"""docs/email.md says what is so: its refusals, states, addresses and scripts are tried."""

from __future__ import annotations

import re
import stat
import subprocess

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import resolve

from correspondence.inbound.registry import inbound
from correspondence.models import InboundMail, OutgoingMail
from correspondence.providers import PROVIDERS
from tests.community.test_settings import PRODUCTION, read  # noqa: F401  a fixture
from tests.sources import ROOT

GUIDE = (ROOT / "docs" / "email.md").read_text(encoding="utf-8")
REFUSALS = re.findall(r"^\| `([A-Z_]+)` \| `(\S+)` \| `(\S+)` \| (.+) \|$", GUIDE, re.MULTILINE)
PROOFS = {"ANYMAIL_WEBHOOK_SECRET": "user:a-secret-of-many-letters", "ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY": "key"}


def section(title: str) -> str:
    return GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_word(words: object) -> str:
    return re.match(r"\w+", str(words)).group()


def first_cells(text: str) -> set[str]:
    return {cell.strip() for cell in re.findall(r"^\| (\w[^|]*) \|", text, re.MULTILINE)}


@pytest.mark.parametrize(
    ("name", "right", "wrong", "sentence"), REFUSALS, ids=[f"{name}={wrong}" for name, _, wrong, _ in REFUSALS]
)
def test_each_setting_starts_with_its_example_and_refuses_with_the_sentence_that_stands_there(read, name, right, wrong, sentence):  # noqa: F811
    assert read(**PRODUCTION | PROOFS | {name: right})["MAIL_DOMAIN"] != ""

    with pytest.raises(ImproperlyConfigured) as refusal:
        read(**PRODUCTION | {name: wrong})

    assert str(refusal.value) == sentence


def test_every_setting_of_mail_is_in_the_table():
    assert {name for name, *_ in REFUSALS} == {
        "EMAIL_URL", "MAIL_DOMAIN", "INBOUND_IMAP_URL", "MAIL_PROVIDERS", "ANYMAIL_WEBHOOK_SECRET", "SITE_URL",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "choices"),
    [("What goes out", OutgoingMail.State), ("What comes in", InboundMail.Outcome)],
    ids=["states", "outcomes"],
)
def test_what_can_become_of_a_mail_is_told_in_the_words_of_the_admin(title, choices):
    told = first_cells(section(title))

    assert {first_word(label) for label in choices.labels} - {first_word(cell) for cell in told} == set()


def test_the_addresses_that_it_names_lead_somewhere(db):
    named = set(re.findall(r"`([a-z]+)(?:\+<token>)?@`", section("What comes in")))

    assert len(named) >= 12
    assert {prefix for prefix in named if prefix not in inbound} == set()


def test_the_webhooks_that_it_names_are_there():
    named = re.findall(r"community\.example\.org(/mail/hooks/(\w+)/\w+/)", GUIDE)

    assert {resolve(path).view_name for path, _ in named} == {"correspondence:hook-receive"}
    assert {provider for _, provider in named} == {"postmark", "mailgun"}
    assert {name for name in PROVIDERS if f"`{name}`" not in GUIDE and f"/{name}/" not in GUIDE} == set()


@pytest.fixture
def receive(tmp_path):
    """The script of the guide, beside a site whose Python is `python` (a line of shell); returns its exit code and what it was given."""
    script = next(block for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)).replace("/srv/concentric", str(tmp_path))
    (tmp_path / "receive").write_text(script)
    (tmp_path / "receive").chmod(stat.S_IRWXU)

    def run(python: str | None, environment: str | None = "MAIL_DOMAIN=mail.example.org") -> tuple[int, str]:
        if environment is not None:
            (tmp_path / "env").write_text(environment)
        if python is not None:
            (tmp_path / "app" / ".venv" / "bin").mkdir(parents=True)
            (tmp_path / "app" / ".venv" / "bin" / "python").write_text(f"#!/bin/sh\n{python}\n")
            (tmp_path / "app" / ".venv" / "bin" / "python").chmod(stat.S_IRWXU)
        done = subprocess.run(
            [tmp_path / "receive", "--to", "reply+a@mail.example.org", "--from", ""], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout.strip()

    return run


@pytest.mark.parametrize(
    ("python", "environment", "code"),
    [
        ("exit 0", "", 0),
        ("exit 75", "", 75),
        ("exit 1", "", 75),  # Python ended with a traceback: a release in the middle of its update
        ("exit 66", "", 75),
        (None, "", 75),  # nothing is installed
        ("exit 0", None, 75),  # the settings are gone
        ("exit 0", "(", 75),  # or broken
    ],
)
def test_the_script_between_mail_server_and_site_never_loses_a_mail(receive, python, environment, code):
    assert receive(python, environment)[0] == code


def test_the_script_hands_on_who_wrote_to_whom_and_the_settings(receive):
    words = receive('echo "$MAIL_DOMAIN|$1|$2|$3|$4|$5|$6"')

    assert words == (0, "mail.example.org|manage.py|receive_mail|--to|reply+a@mail.example.org|--from|")
