from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from foundation import intake, privacy_export, pulse, search
from foundation.registry import Registry
from foundation.workflow import record


def test_a_name_is_taken_once():
    registry = Registry("thing")
    registry.add("one", 1)

    with pytest.raises(ValueError, match="thing 'one' is registered twice"):
        registry.add("one", 2)


@pytest.fixture
def borrowed(monkeypatch):
    """Entries that a test adds are gone after it."""
    for registry in (search.audience_keys, intake.intake, pulse.pulse):
        monkeypatch.setattr(registry, "_entries", {})


def test_a_reader_holds_the_keys_of_their_level_and_those_that_apps_hand_out(borrowed, alice, alumna, staff):
    search.audience_keys.add("spaces", lambda reader: {f"space:{reader.pk}": "Their space"})

    keys = [search.keys_of(reader) for reader in (AnonymousUser(), alumna, alice, staff)]

    assert keys == [
        {"public"},
        {"public", f"space:{alumna.pk}"},
        {"public", "members", f"space:{alice.pk}"},
        {"public", "members", "staff", f"space:{staff.pk}"},
    ]


def test_doors_and_figures_come_the_lightest_first(borrowed, alice):
    intake.intake.add("late", intake.Door("Late", "", lambda reader: "/late/", weight=20))
    intake.intake.add("early", intake.Door("Early", "", lambda reader: "/early/", weight=1))
    intake.intake.add("closed", intake.Door("Closed", "", lambda reader: None))
    pulse.pulse.add("people", pulse.Figure("People", "All of them", lambda: [pulse.Reading(3, of=4)]))

    assert [url for _, url in intake.doors_for(alice)] == ["/early/", "/late/"]
    assert [readings for _, readings in pulse.figures()] == [[pulse.Reading(3, of=4)]]


@pytest.mark.row("R24")
def test_an_archive_holds_ones_own_history_and_erasure_leaves_a_pseudonym(alice, bob, monkeypatch):
    monkeypatch.setattr(privacy_export.sections, "_entries", {"history": privacy_export.sections["history"]})
    record("changed the address", alice, by=bob, about=alice)
    record("changed the address", bob, by=alice, about=bob)

    archive = privacy_export.archive_of(alice)["history"]
    privacy_export.erase(alice)

    assert [(line["what"], line["by"], line["via"]) for line in archive] == [("changed the address", "Bob Brandt", "web")]
    assert privacy_export.archive_of(alice)["history"] == []
    assert [line["by"] for line in privacy_export.archive_of(bob)["history"]] == ["a former member"]
