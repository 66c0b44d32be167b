"""An instrument as the text of its product's edition: reviewers comment on each proof point, and readers, print and search find it there."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.models import Pillar
from practice.instruments.content import Instrument, Module, Principle, Scale

ABOUT = "about-it"


def parts_of(instrument: Instrument) -> list[dict[str, Any]]:
    """Return the parts of an edition that say what `instrument` asks, as `drafting.save_edition` takes them: one a module, after the first."""
    pillars = dict(Pillar.objects.values_list("slug", "pk"))
    first = {"slug": ABOUT, "title": _("What it is"), "body": _about(instrument), "pillar_id": None}
    modules = [
        {"slug": module.key, "title": module.title, "body": _module(module), "pillar_id": pillars.get(module.pillar)}
        for module in instrument.modules
    ]
    return [first, *modules]


def _about(instrument: Instrument) -> SafeString:
    points = sum(1 for _point in instrument.proof_points)
    said = {"modules": len(instrument.modules), "points": points}
    size = _("%(modules)s modules with %(points)s proof points; each module stands on its own.") % said
    about = format_html("<p>{}</p>", instrument.about) if instrument.about else SafeString("")
    each = _scale(_("Each proof point is answered by:"), instrument.practice)
    weight = _scale(_("Of each principle it is asked:"), instrument.importance)
    return about + format_html("<p>{}</p>", size) + each + weight


def _scale(said: str, scale: Scale) -> SafeString:
    answers = format_html_join("", "<li>{}</li>", ((answer,) for answer in scale.answers))
    return format_html("<p>{} {}</p><ol>{}</ol>", said, scale.question, answers)


def _module(module: Module) -> SafeString:
    about = format_html("<p>{}</p>", module.about) if module.about else SafeString("")
    return about + format_html_join("", "{}", ((_principle(principle),) for principle in module.principles))


def _principle(principle: Principle) -> SafeString:
    points = format_html_join("", "<li>{} {}</li>", ((point.code, point.text) for point in principle.proof_points))
    return format_html("<h2>{} {}</h2><ul>{}</ul>", principle.code, principle.title, points)
