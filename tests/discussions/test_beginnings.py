"""What somebody has begun to begin is kept for them until it is there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from discussions.models import Draft, Thread
from discussions.posts.beginnings import beginning_of, save_beginning
from discussions.words import to_plain
from foundation.privacy_export import erase
from tests import make
from tests.browser import PHONE
from tests.discussions import making

SAVE, DROP, START, PREVIEW = (
    "/discussions/new/draft/",
    "/discussions/new/draft/delete/",
    "/discussions/new/",
    "/discussions/preview/",
)


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


def begun(space, **fields) -> dict:
    return {"to": "", "space": space.slug, "kind": "question", "subject": "Tides", "body": "Who has a table?", **fields}


def values(answer) -> list[str]:
    form = answer.context["form"]
    return [to_plain(str(form[name].value() or "")) for name in ("space", "kind", "subject", "body") if name in form.fields]


def test_a_beginning_is_there_again_until_it_is_started(as_alice, alice, bob):
    tides, moons = making.topic("Tides"), making.topic("Moons")
    save_beginning(by=bob, subject="Bob's", body="<p>His.</p>")

    as_alice.post(SAVE, begun(tides))
    assert as_alice.post(SAVE, begun(tides, body="Who has a table of tides?")).status_code == 204

    again = as_alice.get(START)
    assert values(again) == [tides.slug, "question", "Tides", "Who has a table of tides?"]
    assert "You began this on" in again.content.decode()
    asked = as_alice.get(START, {"space": moons.slug, "subject": "Moons"})
    assert values(asked) == [moons.slug, "question", "Moons", "Who has a table of tides?"]

    as_alice.post(START, begun(moons))
    assert Thread.objects.get(subject="Tides").space == moons
    assert list(Draft.objects.values_list("person", flat=True)) == [bob.pk]
    assert values(as_alice.get(START)) == ["", "discussion", "", ""]


def test_what_is_written_to_some_people_is_kept_for_them_alone_in_any_order(as_alice, alice, bob):
    make.ambassador("Carla Costa")
    both = f"{START}?to=carla-costa&to=bob-brandt"

    as_alice.post(SAVE, {"to": "carla-costa,bob-brandt", "subject": "Our survey", "body": "Shall we?"})

    assert values(as_alice.get(f"{START}?to=bob-brandt&to=carla-costa")) == ["Our survey", "Shall we?"]
    assert [values(as_alice.get(page)) for page in (f"{START}?to=bob-brandt", START)] == [["", ""], ["", "discussion", "", ""]]
    as_alice.post(both, {"subject": "Our survey", "body": "Shall we?"})
    assert (Thread.objects.count(), Draft.objects.count()) == (1, 0)


def test_without_script_the_preview_keeps_it_and_a_button_throws_it_away(as_alice, alice, bob):
    as_alice.post(PREVIEW, begun(making.topic()))
    as_alice.post(PREVIEW, {"to": "bob-brandt", "subject": "Our survey", "body": "Shall we?"})
    assert [to_plain(draft.body) for draft in Draft.objects.order_by("pk")] == ["Who has a table?", "Shall we?"]

    answer = as_alice.post(DROP, {"to": "bob-brandt"})

    assert answer.url == f"{START}?to=bob-brandt"
    assert beginning_of(alice, "bob-brandt") is None
    assert as_alice.post(DROP, {"to": ""}).url == START
    assert Draft.objects.count() == 0


def test_nothing_begun_is_nothing_kept_and_what_cannot_be_kept_is_refused(as_alice, alice, bob):
    hidden = making.micro(bob, openness="hidden")
    as_alice.post(SAVE, {"to": "", "subject": "Tides", "body": ""})

    refused = [as_alice.post(SAVE, begun(hidden)), as_alice.post(SAVE, {"subject": "x" * 151}), as_alice.post(SAVE, {"to": "\0"})]
    assert ([answer.status_code for answer in refused], beginning_of(alice).subject) == ([400, 400, 400], "Tides")

    as_alice.post(SAVE, {"to": "", "subject": " ", "body": "<p></p>", "body-format": "html"})
    assert Draft.objects.count() == 0


def test_a_beginning_goes_with_its_person(alice, bob):
    for person in (alice, bob):
        save_beginning(by=person, subject="Tides")

    erase(alice)

    assert list(Draft.objects.values_list("person", flat=True)) == [bob.pk]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_beginning_outlasts_a_lost_connection(open_page, watched):
    alice = make.ambassador("Alice Amadi")
    space = making.topic()
    page = open_page(alice, viewport=PHONE)
    page.goto(START)
    editor = page.get_by_role("textbox", name="Your message")

    page.get_by_label("What it is about").fill("Tides")
    page.get_by_role("combobox", name="Where").select_option(space.slug)
    page.get_by_label("A question").check()
    editor.press_sequentially("Who has")
    expect(page.get_by_text("Kept as a draft.")).to_be_visible()
    assert beginning_of(alice).space == space

    watched.expected += ["Failed to load resource"]
    page.context.set_offline(True)
    editor.press_sequentially(" a table?")
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.context.set_offline(False)
    page.goto(START)
    expect(editor).to_have_text("Who has a table?")
    expect(page.get_by_label("A question")).to_be_checked()

    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tides")
    page.wait_for_function("Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length === 0")
    page.goto(START)
    expect(page.get_by_label("What it is about")).to_have_value("")
    assert Draft.objects.count() == 0
