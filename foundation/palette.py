"""The colours that the community's accent must get on with: a mirror of static/css/tokens.css (a test compares the two).

An accent is one colour. On light pages it is used as it is; on dark ones in a calmer tone, lightened until it can be read. It stands as text
on every surface and as ground under the text of a filled button, so `weakest(accent)` answers with the worst contrast of all of these.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

AA_TEXT = 4.5
CALM = 0.45  # and how saturated it may be
COMFORT = 6.0  # what the dark tone is lightened to: thin letters glow on dark
SOFT = 0.10  # how much accent there is in --color-accent-soft


@dataclass(frozen=True)
class Mode:
    """Surfaces, the raised one second, and the inks of one colour scheme."""

    surfaces: tuple[str, str, str]
    ink: str
    ink_muted: str
    on_accent: str


LIGHT = Mode(surfaces=("#fbfaf7", "#ffffff", "#f2efe8"), ink="#1f1d1a", ink_muted="#5c574f", on_accent="#ffffff")
DARK = Mode(surfaces=("#171613", "#201e1b", "#100f0d"), ink="#ece7de", ink_muted="#b3ac9f", on_accent="#171613")


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """`share` of `colour` in `other`, as `color-mix(in srgb, …)` does it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _weakest_in(mode: Mode, accent: str) -> float:
    grounds = (*mode.surfaces, mix(accent, mode.surfaces[1], SOFT))
    return min(*(contrast(accent, ground) for ground in grounds), contrast(accent, mode.on_accent))


def dark_tone(accent: str) -> str:
    """The accent as dark pages use it: a little calmer, and as light as it must be to be read there."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(accent)))
    tones = (_colour(hue, step / 100, min(saturation, CALM)) for step in range(round(lightness * 100), 101))
    return next(tone for tone in tones if _weakest_in(DARK, tone) >= COMFORT)


def _colour(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))


def weakest(accent: str) -> float:
    """The worst contrast that the accent has anywhere on a light or dark page. Below `AA_TEXT` it must be refused."""
    return min(_weakest_in(LIGHT, accent), _weakest_in(DARK, dark_tone(accent)))
