import re

import pytest

from foundation import palette
from foundation.models import Community
from tests.community.test_conventions import ROOT

TOKENS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")


def token(name: str) -> tuple[str, str]:
    found = re.search(rf"--color-{name}: light-dark\((#\w{{6}}), (#\w{{6}})\);", TOKENS)
    assert found, name
    return found[1], found[2]


def test_palette_mirrors_the_tokens():
    both = (palette.LIGHT, palette.DARK)
    assert [token("surface"), token("surface-raised"), token("surface-sunken")] == list(
        zip(palette.LIGHT.surfaces, palette.DARK.surfaces, strict=True)
    )
    assert token("ink") == tuple(mode.ink for mode in both)
    assert token("ink-muted") == tuple(mode.ink_muted for mode in both)
    assert token("on-accent") == tuple(mode.on_accent for mode in both)
    assert f"--color-accent-soft: color-mix(in srgb, var(--color-accent) {palette.SOFT:.0%}" in TOKENS


def test_accent_of_the_tokens_is_the_default_of_the_community():
    accent = Community._meta.get_field("accent").default

    assert token("accent") == (accent, palette.dark_tone(accent))


@pytest.mark.parametrize("mode", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "ink_muted"])
def test_text_can_be_read_on_every_surface(mode, name):
    assert min(palette.contrast(getattr(mode, name), surface) for surface in mode.surfaces) >= palette.AA_TEXT


@pytest.mark.parametrize("name", ["danger", "success", "warning"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_warnings_can_be_read_on_their_own_ground_and_on_every_surface(name, scheme):
    surfaces = (palette.LIGHT, palette.DARK)[scheme].surfaces
    grounds = [token(f"{name}-soft")[scheme], *surfaces]

    assert min(palette.contrast(token(name)[scheme], ground) for ground in grounds) >= palette.AA_TEXT


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_edges_of_controls_stand_out(scheme):
    surfaces = (palette.LIGHT, palette.DARK)[scheme].surfaces

    assert min(palette.contrast(token("line-strong")[scheme], surface) for surface in surfaces) >= 3


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0f6b62", "#0f6b62", 1.0)]
)
def test_contrast_as_wcag_counts_it(one, other, ratio):
    assert round(palette.contrast(one, other), 2) == ratio


@pytest.mark.parametrize(
    ("accent", "is_fit"), [("#0f6b62", True), ("#7a1f4b", True), ("#000000", True), ("#ffd400", False), ("#8a8a8a", False)]
)
def test_an_accent_that_cannot_be_read_is_found_out(accent, is_fit):
    assert (palette.weakest(accent) >= palette.AA_TEXT) == is_fit
