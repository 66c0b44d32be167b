"""The page on which an edition, or one part of it, is written or read by those who make it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from foundation import footnotes
from foundation.differences import changes
from foundation.richtext import as_typed
from products import rules
from products.drafting import saving
from products.drafting.comparing import Passage, paragraphs_of, passages
from products.drafting.forms import EditionForm, PartNewForm
from products.drafting.lookups import reader_of
from products.drafting.words import has_one_text
from products.models import Edition, EditionPart, EditionRevision
from products.road.around import ways_around
from products.road.obstacles import in_the_way


@dataclass(frozen=True)
class PartLine:
    """A part in the list beside: what it is called, how long it is, and whether its footnotes need a look."""

    slug: str
    title: str
    pillar: str
    words: int
    problems: int
    is_current: bool


@dataclass(frozen=True)
class Other:
    """A text that somebody else saved meanwhile: what it is called, and how what one typed differs from it."""

    label: str
    passages: tuple[Passage, ...]


def edition_page(
    request: HttpRequest,
    edition: Edition,
    part: EditionPart | None,
    form: EditionForm,
    *,
    part_form: PartNewForm | None = None,
    meanwhile: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Show the page: `part` is None on that of the edition itself. `meanwhile` are the fields that somebody else saved."""
    me, one_text = reader_of(request), has_one_text(edition)
    may_submit = edition.can_be_written and rules.may_submit(me, edition)
    parts = list(edition.parts.select_related("pillar"))
    shown = part or (parts[0] if one_text and parts else None)
    context: dict[str, Any] = {
        "edition": edition,
        "product": edition.product,
        "part": part,
        "form": form,
        "part_form": part_form or PartNewForm(),
        "may_write": rules.may_write(me, edition),
        "writes": rules.writes(me, edition.product),
        "may_submit": may_submit,
        "reasons": in_the_way(edition, "submit") if may_submit else [],
        "ways": ways_around(me, edition, here="" if part else "edition-edit"),
        "one_text": one_text,
        "parts": [] if one_text else lines_of(parts, part),
        "problems": footnotes.problems(shown.body) if shown else [],
        "body": footnotes.web(shown.body) if shown else SafeString(""),
        "unsaved": _unsaved(form) if form.is_bound and not rules.may_write(me, edition) else [],
        "others": _others(request, form, meanwhile),
        "last": EditionRevision.objects.visible_to(me).filter(edition=edition).select_related("by").first(),
    }
    return render(request, "products/drafting/edition_edit.html", context, status=status)


def lines_of(parts: list[EditionPart], current: EditionPart | None) -> list[PartLine]:
    """The parts as lines of a list."""
    return [
        PartLine(
            slug=one.slug,
            title=one.title or (one.pillar.name if one.pillar else one.slug.replace("-", " ").capitalize()),
            pillar=one.pillar.name if one.pillar else "",
            words=len(as_typed(footnotes.without(one.body)).split()),
            problems=len(footnotes.problems(one.body)),
            is_current=current is not None and current.pk == one.pk,
        )
        for one in parts
    ]


def _others(request: HttpRequest, form: EditionForm, names: Iterable[str]) -> list[Other]:
    """What is kept now of the fields that two people changed, against what this one typed."""
    if not names or not form.is_valid():
        return []
    # The form has filled its instance with what was typed.
    now = saving.kept(Edition.objects.visible_to(request.user).get(pk=form.instance.pk), form.names, form.part)
    mine = form.written()
    return [
        Other(str(form.fields[name].label), passages(changes(paragraphs_of(now[name]), paragraphs_of(mine[name]))))
        for name in names
    ]


def _unsaved(form: EditionForm) -> list[tuple[str, str]]:
    """What was typed and can not be saved any more, by field: to be copied from the page."""
    said = form.written() if form.is_valid() else {}
    texts = {name: as_typed(text) if name == "body" else text for name, text in said.items() if name != "pillar"}
    return [(str(form.fields[name].label), text) for name, text in texts.items() if text]
