"""House rules of mail, for every kind that any app registers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template

from correspondence import addresses, rendering
from correspondence.kinds import kinds
from correspondence.models import MailText, OutgoingMail

pytestmark = pytest.mark.django_db
KINDS = sorted(name for name, _ in kinds.items())
UNRESOLVED = "UNRESOLVED<%s>"
ANSWERED_AT = {"mail_held": {"confirm+example@community.example.org"}}  # an answer to the mail goes there anyway
HOW_TO_PRESS = "press it and send the mail as it is"  # in the plain part there is an address to write to
CUT_OFF_AT = 102_000  # what large mail services show of a mail before they cut it off


@pytest.fixture
def strict(settings):
    """Templates say what they were not given."""
    engines.__init__()
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, UNRESOLVED
    yield
    engine.string_if_invalid = before


def test_there_are_kinds():
    assert "waiting" in KINDS


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("part", ["subject.txt", "txt", "html"])
def test_every_kind_has_its_three_templates(name, part):
    try:
        get_template(f"emails/{name}.{part}")
    except TemplateDoesNotExist:
        pytest.fail(f"templates/emails/{name}.{part} is missing")


@pytest.mark.parametrize("name", KINDS)
def test_its_sample_fills_every_place(strict, name):
    shown = rendering.preview(kinds[name])

    assert re.findall(r"UNRESOLVED.{0,60}", shown.subject + shown.text + shown.html) == []
    assert shown.subject
    assert "\n" not in shown.subject
    assert "{{" not in shown.text + shown.html
    assert "&#x27;" not in shown.text + shown.subject


@pytest.mark.parametrize("name", KINDS)
def test_its_html_fetches_nothing(name):
    html = rendering.preview(kinds[name]).html

    assert re.findall(r"<(?:img|link|script|iframe|object|embed|form|video|audio|source)\b[^>]*>", html) == []
    assert re.findall(r"url\(|@import|@font-face|\s(?:src|srcset|background|poster)=|\son\w+=", html) == []
    assert len(html.encode()) < CUT_OFF_AT


@pytest.mark.parametrize("name", KINDS)
def test_its_text_says_all_that_its_html_says(name):
    """Each link, and each word: whoever reads the plain part misses nothing. A link may be called otherwise, for its address stands there."""
    shown = rendering.preview(kinds[name])
    soup = BeautifulSoup(shown.html, "html.parser").find(class_="mail")
    soup.find(class_="mail__from").decompose()  # in the plain part the name of the site stands at its foot alone
    links = {link["href"].partition("?")[0].removeprefix("mailto:") for link in soup.find_all("a")}
    for link in soup.find_all("a"):
        link.decompose()

    assert {link for link in links if link not in shown.text} - ANSWERED_AT.get(name, set()) == set()
    assert words(soup.get_text(" ").replace(HOW_TO_PRESS, "")) - words(shown.text + shown.subject) == set()


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@pytest.mark.row("R33")
@pytest.mark.parametrize("name", KINDS)
def test_its_foot_tells_the_truth(name):
    kind = kinds[name]
    shown = rendering.preview(kind)
    link = f"{settings.SITE_URL}/unsubscribe/example/"

    assert [link in part for part in (shown.text, shown.html)] == [kind.optional] * 2
    for part in (shown.text, shown.html):
        assert re.search(r"answer|reply", part, re.IGNORECASE), "it does not say who reads an answer"
        assert not re.search(r"do not (answer|reply)|no-?reply|unmonitored", part, re.IGNORECASE)


@pytest.mark.parametrize("name", KINDS)
def test_its_headers_are_those_of_its_preference(name):
    mail = OutgoingMail.objects.create(kind=name, key="k", address="x@people.example.org")

    headers = rendering.headers_for(mail, kinds[name])

    assert ("List-Unsubscribe" in headers) == kinds[name].optional
    assert headers["Reply-To"].endswith(f"@{settings.MAIL_DOMAIN}")


@pytest.mark.parametrize("name", KINDS)
def test_own_words_replace_all_of_its_text(name):
    kind = kinds[name]
    MailText.objects.create(kind=name, part="text", body="Our own words.")
    before = rendering.preview(replace(kind, name=name))

    assert before.text.count("Our own words.") == 1
    assert before.html.count("Our own words.") == 1


@pytest.mark.parametrize("name", KINDS)
def test_its_placeholders_are_in_its_sample(name):
    kind = kinds[name]
    known = rendering.everywhere(kind, None).keys() | kind.sample().keys()

    assert set(kind.placeholders) - known == set()
    assert set(kind.required) - set(kind.placeholders) == set()


def test_local_parts_are_short_enough(alice):
    mail = OutgoingMail(pk=2**63 - 1, kind="waiting", person=alice)

    assert len(addresses.bounce_address(mail).split("@")[0]) <= 64
    assert len(addresses.unsubscribe_address(mail).split("@")[0]) <= 64
