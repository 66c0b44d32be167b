"""How the community is made up, now and with some nominees added: sectors, role labels, places. For members and staff, not for visitors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador, Nomination
from foundation.audiences import Audience, reached_by
from foundation.figures import Bar, bars
from foundation.models import RoleLabel, Sector

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST = 12  # bars of one figure; the table behind it has them all


@dataclass(frozen=True)
class Part:
    """One category: how many people have it now, and with the nominees."""

    label: str
    before: int
    after: int
    share_before: int
    share_after: int


@dataclass(frozen=True)
class Composition:
    """One way to look at the whole, its largest part first; parts that nobody has yet stand at the end, for they are the gaps."""

    title: str
    parts: list[Part]

    @property
    def figure(self) -> dict[str, Any]:
        """What `components/figure.html` takes."""
        drawn = [Bar(part.label, _words(part), part.share_after) for part in self.parts[:MOST]]
        text = _("Share of all people now, and with those who are considered here.")
        drawings = [("wide", bars(drawn, wide=True)), ("narrow", bars(drawn, wide=False))]
        return {
            "figure": {"label": text, "drawings": drawings},
            "text": text,
            "head": [_("Category"), _("Now"), _("With them")],
            "rows": [
                [part.label, _share(part.share_before, part.before), _share(part.share_after, part.after)] for part in self.parts
            ],
        }


def composition_with(nominations: Iterable[int], reader: User | AnonymousUser) -> list[Composition]:
    """Return sectors, role labels and countries before and after the nominations of these keys.

    Counted are those whom the reader finds in the directory, by what the reader may see of them: a number that held others as well would
    tell, by what the directory lacks, of somebody who has hidden.
    """
    reach = reached_by(reader)
    if Audience.MEMBERS not in reach:
        return []
    cases = list(Nomination.objects.filter(pk__in=list(nominations)).select_related("sector"))
    people: Any = Ambassador.objects.listed_to(reader).active().order_by()  # unscoped: narrower than `visible_to`
    whole = people.count()
    views = [
        (_("Sectors"), *_by_sector(people, cases, reach)),
        (_("Roles"), *_by_role(people, cases, reach)),
        (_("Places"), *_by_country(people, cases, reach)),
    ]
    return [Composition(title, _parts(before, added, offered, whole, len(cases))) for title, before, added, offered in views]


def _by_sector(people: Any, cases: list[Nomination], reach: set[str]) -> tuple[dict[str, int], Counter[str], list[str]]:
    rows = people.filter(sector_audience__in=reach, sector__isnull=False).values_list("sector__name").annotate(Count("pk"))
    return dict(rows), Counter(one.sector.name for one in cases if one.sector), _names(Sector)


def _by_role(people: Any, cases: list[Nomination], reach: set[str]) -> tuple[dict[str, int], Counter[str], list[str]]:
    rows = people.filter(role_labels_audience__in=reach, role_labels__isnull=False)
    return dict(rows.values_list("role_labels__name").annotate(Count("pk"))), _roles_of(cases), _names(RoleLabel)


def _by_country(people: Any, cases: list[Nomination], reach: set[str]) -> tuple[dict[str, int], Counter[str], list[str]]:
    rows = people.filter(~Q(place__country=""), place_audience__in=reach, place__isnull=False)
    added = Counter(country for one in cases if (country := one.place.rpartition(",")[2].strip()) and "," in one.place)
    return dict(rows.values_list("place__country").annotate(Count("pk"))), added, []


def _roles_of(cases: list[Nomination]) -> Counter[str]:
    rows = Nomination.role_labels.through.objects.filter(nomination__in=cases)
    return Counter(rows.values_list("rolelabel__name", flat=True))


def _names(terms: Any) -> list[str]:
    return list(terms.objects.offered().values_list("name", flat=True))


def _parts(before: dict[str, int], added: Counter[str], offered: list[str], whole: int, new: int) -> list[Part]:
    labels = {*before, *added, *offered}
    parts = [
        Part(label, now, now + added[label], _percent(now, whole), _percent(now + added[label], whole + new))
        for label in labels
        for now in [before.get(label, 0)]
    ]
    return sorted(parts, key=lambda part: (-part.after, part.label))


def _percent(number: int, whole: int) -> int:
    return round(100 * number / whole) if whole else 0


def _share(percent: int, number: int) -> str:
    return f"{percent} % ({number})"


def _words(part: Part) -> str:
    if part.before == part.after:
        return _share(part.share_after, part.after)
    return f"{part.share_before} → {part.share_after} %"
