"""Builders for resources."""

from __future__ import annotations

from ambassadors.models import User
from products.models import Edition
from products.resources import workflow
from tests.products import making

SUMMARY = "Forty minutes of a head teacher saying what she stopped doing, and how she told the parents."


def handed_in(by: User, title: str = "What we stopped doing", **fields) -> Edition:
    """A link that waits for an editor's look."""
    fields = {
        "link": "https://hull.tidemark.example/stopped",
        "summary": SUMMARY,
        "medium": "podcast",
        "licence": "CC BY 4.0",
    } | fields
    return Edition.objects.select_related("product").get(pk=workflow.contribute(by=by, title=title, **fields).pk)


def given_back() -> dict[str, object]:
    """What an editor says who gives the only resource back."""
    return {"revision": Edition.objects.get().revision, "note": "Say who made it, please."}


def let_in(by: User, **fields) -> Edition:
    """One that everybody finds."""
    edition = handed_in(by, **fields)
    workflow.let_in(edition, by=making.editor(), revision=edition.revision)
    return Edition.objects.select_related("product").get(pk=edition.pk)
