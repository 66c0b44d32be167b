"""The report of a round as plain data for the typesetter. Every figure is read as the pages read it: what they leave out is not here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.models import Community
from practice.models import Action
from practice.results.reading import Results
from practice.results.statistics import Spread, tones
from practice.results.telling import in_a_minute
from practice.voting.reading import outcome_of_round

if TYPE_CHECKING:
    from practice.models import LearningSession
    from practice.results.reading import PointResult, PrincipleResult
    from practice.voting.reading import Standing

Node = dict[str, Any]
MOST_MOVED = 8


def report_of(results: Results) -> Node:
    """Return what stands in the report of `results`, which are read with words."""
    session, asks = results.session, results.asks
    community = Community.current()
    return {
        "title": _("How %(name)s sees itself") % {"name": session.organization.name},
        "community": community.name,
        "accent": community.accent,
        "lang": settings.LANGUAGE_CODE.split("-")[0],
        "organization": session.organization.name,
        "about": _about(results),
        "purpose": session.purpose,
        "facts": _facts(session),
        "notice": _(
            "These are the views of those who answered, for the organisation to talk about. Nobody from outside has judged anything:"
            " there is no total, no rank and no grade, and one organisation is not comparable with another."
        ),
        "sentences": in_a_minute(results),
        "scale": list(asks.practice.answers),
        "tones": tones(len(asks.practice.answers)),
        "question": asks.practice.question,
        "findings": [one for one in _findings(results) if one["items"]],
        "modules": [
            {
                "title": module.module.title,
                "about": module.module.about,
                "principles": [_principle(one, results) for one in module.principles],
            }
            for module in results.modules
        ],
        "priorities": _priorities(session),
        "unmapped": [f"{point.code} {point.text}" for point in results.unmapped],
        "actions": _actions(session),
        "reading": _how_to_read(results),
        "words": _words(),
    }


def _about(results: Results) -> str:
    edition = results.session.instrument_edition.edition
    title = _("%(title)s, edition %(label)s") % {"title": edition.title, "label": edition.label}
    if len(results.modules) == len(results.chosen):
        return title
    return ", ".join([title, *(module.module.title for module in results.modules)])


def _facts(session: LearningSession) -> list[str]:
    days = [
        _("Round %(number)s") % {"number": session.number},
        _("opened on %(day)s") % {"day": _day(session.opened_at)} if session.opened_at else "",
        _("closed on %(day)s") % {"day": _day(session.closed_at)} if session.closed_at else _("still open"),
    ]
    openly = (
        _("Anonymous: figures stand on %(minimum)s answers or more.") % {"minimum": session.minimum}
        if session.is_anonymous
        else _("Open: those who answered knew that answers carry names.")
    )
    return [", ".join(filter(None, days)), openly]


def _findings(results: Results) -> list[Node]:
    return [
        {"title": _("Where you differ most"), "items": [_named(one) for one in results.most_apart]},
        {
            "title": _("What many do not know"),
            "items": [
                _("%(point)s (%(unknown)s of %(people)s)") % {"point": _named(one), "unknown": one.dont_know, "people": one.people}
                for one in results.least_known
            ],
        },
        {"title": _("Where it is most so"), "items": [_named(one) for one in results.strongest]},
        {"title": _("Where it is least so"), "items": [_named(one) for one in results.weakest]},
        {
            "title": _("What has moved since last time"),
            "items": [f"{_named(one)} ({_moved(one)})" for one in results.moved[:MOST_MOVED]],
        },
        {
            "title": _("What matters more than it is so"),
            "items": [f"{one.principle.code} {one.principle.title}" for one in results.wanting[:5]],
        },
    ]


def _principle(one: PrincipleResult, results: Results) -> Node:
    return {
        "title": f"{one.principle.code} {one.principle.title}",
        "importance": _importance(one, results),
        "points": [_point(point, results) for point in one.points],
        "notes": [{"code": point.point.code, "words": said.words, "by": said.by} for point in one.points for said in point.notes],
    }


def _point(point: PointResult, results: Results) -> Node:
    spread = point.spread
    found: Node = {"code": point.point.code, "text": point.point.text, "counts": [], "before": []}
    if spread is None:
        return found | {"few": _("Too few have answered for it to be shown.")}
    said = [_mind(spread), _moved(point) if point.has_moved else ""]
    return found | {
        "few": "" if spread.people else _("Nobody has chosen a place on the scale, or too few for it to be shown."),
        "counts": list(spread.counts),
        "before": list(point.before.counts) if point.before else [],
        "unknown": point.dont_know,
        "not_ours": point.not_ours,
        "said": ", ".join(filter(None, said)),
        "alt": _drawn(spread, results.asks.practice.answers),
    }


def _drawn(spread: Spread, scale: tuple[str, ...]) -> str:
    """What the drawing of a spread shows, in words."""
    return ", ".join(f"{label}: {count}" for label, count in zip(scale, spread.counts, strict=True))


def _mind(spread: Spread) -> str:
    if spread.agreement is None:
        return ""
    return _("apart") if spread.is_apart else _("of one mind") if spread.is_of_one_mind else _("mixed")


def _moved(point: PointResult) -> str:
    by = formats.number_format(abs(point.moved or 0), 1)
    return _("up %(by)s since last time") % {"by": by} if (point.moved or 0) > 0 else _("down %(by)s since last time") % {"by": by}


def _importance(one: PrincipleResult, results: Results) -> str:
    if one.importance is None or one.importance.mean is None:
        return ""
    asks = results.asks.importance
    return _("%(question)s %(mean)s of %(most)s on the whole, from %(people)s.") % {
        "question": asks.question,
        "mean": formats.number_format(one.importance.mean, 1),
        "most": len(asks.answers),
        "people": ngettext("%s person", "%s people", one.importance.people) % one.importance.people,
    }


def _named(one: PointResult) -> str:
    return f"{one.point.code} {one.point.text}"


def _priorities(session: LearningSession) -> list[str]:
    """What a vote put first, once it is over."""
    vote = outcome_of_round(session)
    return [_counted(row) for row in vote.priorities] if vote else []


def _counted(row: Standing) -> str:
    dots = ngettext("%s dot", "%s dots", row.dots) % row.dots if row.dots is not None else ""
    hands = ngettext("%s in the room", "%s in the room", row.hands) % row.hands if row.hands is not None else ""
    name = " ".join(filter(None, (row.candidate.code, row.candidate.text)))
    return f"{name} ({', '.join(filter(None, (dots, hands)))})"


def _actions(session: LearningSession) -> list[list[str]]:
    """Those of the round, and what earlier ones left open."""
    own = list(Action.objects.filter(session=session).order_by("due_on", "pk"))
    before = list(Action.objects.promised_before(session).order_by("due_on", "pk"))
    return [[one.words, one.owner, _day(one.due_on), str(one.get_status_display())] for one in [*own, *before]]


def _how_to_read(results: Results) -> list[str]:
    said = [
        _("A bar is everybody who chose a place on the scale: the darker, the more it is so. The numbers beside it are people."),
        _(
            "“Of one mind”, “mixed” and “apart” say how far people agree: the consensus of W. J. Tastle and M. J. Wierman, International"
            " Journal of Approximate Reasoning 45 (2007) 531-545; from 0.75 it says “of one mind”, below 0.5 “apart”."
        ),
    ]
    if results.since is not None:
        said.append(
            _("The thin bar is round %(number)s. A mean that moved by less than half a place is not called a change.")
            % {"number": results.since.number}
        )
    if results.session.is_anonymous:
        said.append(
            _("Where too few have answered nothing is shown, here as on the pages. Notes stand in the order of their letters.")
        )
    return said


def _words() -> Node:
    return {
        "purpose": _("What it was for"),
        "minute": _("In a minute"),
        "point": _("Proof point"),
        "spread": _("How the answers spread"),
        "unknown": _("Don't know"),
        "not_ours": _("Not ours"),
        "notes": _("What people could point at"),
        "actions": _("Who does what by when"),
        "priorities": _("What comes first"),
        "action": [_("Action"), _("Who"), _("By"), _("How it stands")],
        "unmapped": _("Asked in one of the two rounds only, and so not compared"),
        "reading": _("How to read this"),
        "scale": _("The scale"),
    }


def _day(when: Any) -> str:
    """A day, or the day of a moment in the site's own zone."""
    local = timezone.localtime(when) if hasattr(when, "tzinfo") else when
    return formats.date_format(local, "j F Y")
