"""Canaries in the pages of the public site: a draft is the support team's, what is published is everybody's."""

from __future__ import annotations

from community.models import Page, PageKey
from community.pages import workflow
from tests.community import contact_canaries, stories_canaries, update_canaries
from tests.leaks import TEAM, Garden


def plant(garden: Garden) -> None:
    draft_of_a_page(garden)
    stories_canaries.plant(garden)
    contact_canaries.plant(garden)
    update_canaries.plant(garden)


def draft_of_a_page(garden: Garden) -> None:
    def canary(field: str) -> str:
        return garden.canary(f"community.PageEdition.{field}", *TEAM)

    draft = workflow.draft_begin(Page.objects.create(key=PageKey.NORMS), by=garden.cast.staff)
    texts = {field: canary(field) for field in ("title", "lead", "note")}
    workflow.draft_save(draft, by=garden.cast.staff, revision=1, **texts, body=f"<p>{canary('body')}</p>")
