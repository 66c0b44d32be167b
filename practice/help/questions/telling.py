"""What in a text would tell who asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from practice.models import PracticeAdministrator, PracticeOrganization, Respondent

LEAST = 4  # letters of a word of the organisation's name that could tell it
OF_A_NAME = 3
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:https?://|www\.)\S+|\+?\d[\d ()/-]{6,}\d")


def what_tells(words: str, organization: PracticeOrganization) -> list[str]:
    """Return what in `words` names the organisation, a person of it, or a way to reach somebody; in the order of the text, each once."""
    found = [match.group() for match in ADDRESS.finditer(words)]
    for name in _names(organization):
        found += [match.group() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE)]
    places = {one.casefold(): words.find(one) for one in found}
    return sorted({one.casefold(): one for one in found}.values(), key=lambda one: places[one.casefold()])


def _names(organization: PracticeOrganization) -> Iterator[str]:
    yield from {organization.name, *_long(re.findall(r"\w+", organization.name), LEAST)}
    seats = PracticeAdministrator.objects.filter(organization=organization).values_list("person__name", flat=True)
    asked = Respondent.objects.filter(session__organization=organization).values_list("name", flat=True)
    yield from {word for name in {*seats, *asked} for word in _long(re.findall(r"\w+", name), OF_A_NAME)}


def _long(words: Iterable[str], least: int) -> list[str]:
    return [word for word in words if len(word) >= least]
