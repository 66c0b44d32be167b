"""How a page of the public site changes: a draft is begun, saved, published, looked at again, and an earlier text put back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import Page, PageEdition
from community.pages import rules
from foundation import richtext
from foundation.models import Via
from foundation.publication import publication_changed
from foundation.search import index
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

DRAFT, PUBLISHED, SUPERSEDED = PageEdition.Status.DRAFT, PageEdition.Status.PUBLISHED, PageEdition.Status.SUPERSEDED
TEXTS = ("title", "lead", "body", "note", "review_on")

PUBLISH = Transition("publish", frozenset({DRAFT}), PUBLISHED, rules.may_edit_pages, gettext_lazy("Publish"))
SUPERSEDE = Transition("supersede", frozenset({PUBLISHED}), SUPERSEDED, rules.may_edit_pages)


@transaction.atomic
def draft_begin(page: Page, *, by: User | None, via: Via = Via.WEB) -> PageEdition:
    """Return the draft of the page, making one from the published text (or an empty one) where there is none."""
    _lock(page)
    draft: PageEdition | None = page.editions.drafts().first()
    if draft is None:
        source = page.editions.published().first() or PageEdition(title=str(page))
        draft = _edition_like(source, page=page, written_by=by)
        record("began a draft", page, by=by, via=via)
    return draft


def draft_save(draft: PageEdition, *, by: User | None, revision: int, **texts: object) -> None:
    """Keep what was written. Raises TransitionRefused when somebody saved or published the draft since `revision`."""
    changed = {**texts, "revision": F("revision") + 1, "written_by": by, "written_at": timezone.now()}
    if "body" in texts:
        changed["body"] = richtext.clean(str(texts["body"]), previous=draft.body)
    # Two people may write at once: the filter on the revision lets exactly one of them save over what they have read.
    if PageEdition.objects.drafts().filter(pk=draft.pk, revision=revision).update(**changed) != 1:
        raise TransitionRefused(f"{draft} has been saved since")
    draft.refresh_from_db()


@transaction.atomic
def draft_discard(draft: PageEdition, *, by: User, revision: int) -> None:
    """Throw the draft away; what is published stays as it is. Raises TransitionRefused when it is another one by now."""
    gone, _kinds = PageEdition.objects.drafts().filter(pk=draft.pk, revision=revision).delete()
    if not gone:
        raise TransitionRefused(f"{draft} has been saved since")
    record("threw a draft away", draft.page, by=by)


@transaction.atomic
def edition_publish(draft: PageEdition, *, by: User | None, revision: int, via: Via = Via.WEB) -> None:
    """Show the draft to the readers of its page, in the place of what they saw until now.

    Raises TransitionRefused when the draft is not, or no longer, the text of `revision`.
    """
    page = _lock(draft.page)
    shown = page.editions.published().first()
    if shown is not None:
        apply(SUPERSEDE, shown, by=by, via=via)
    published: dict[str, Any] = {"number": _next_number(page), "published_by": by, "published_at": timezone.now()}
    apply(PUBLISH, draft, by=by, via=via, history_note=draft.note, revision=revision, **published)
    _site_changed(page)


@transaction.atomic
def edition_put_back(earlier: PageEdition, *, by: User, instead_of: int) -> PageEdition:
    """Publish an earlier text again, as a new edition; a draft that waits is left alone.

    Raises TransitionRefused unless `instead_of` is still the edition that is shown.
    """
    page = _lock(earlier.page)
    shown = page.editions.published().filter(pk=instead_of).first()
    if shown is None or earlier.number is None or earlier.pk == shown.pk or not rules.may_edit_pages(by, page):
        raise TransitionRefused(f"{earlier} cannot be put in the place of what is shown")
    apply(SUPERSEDE, shown, by=by)
    note = _("Edition %s put back.") % earlier.number
    published = {"status": PUBLISHED, "number": _next_number(page), "published_by": by, "published_at": timezone.now()}
    again = _edition_like(earlier, page=page, written_by=by, note=note, review_on=shown.review_on, **published)
    record("put back", again, by=by, note=note, after=PUBLISHED)
    _site_changed(page)
    return again


@transaction.atomic
def page_reviewed(edition: PageEdition, *, by: User, review_on: date) -> None:
    """Note that somebody has looked at the published text, that it is still right, and when to look again."""
    before = edition.review_on
    rows = PageEdition.objects.published().filter(pk=edition.pk, review_on=before)
    if not rules.may_edit_pages(by, edition) or rows.update(review_on=review_on) != 1:
        raise TransitionRefused(f"{edition} has changed since")
    record("found still right", edition.page, by=by, before=str(before or ""), after=str(review_on))
    edition.refresh_from_db()


def page_add(*, by: User | None, title: str, via: Via = Via.WEB, **fields: str) -> Page:
    """Add a page about how we work, with an empty draft. Nobody outside the support team sees it before it is published."""
    with transaction.atomic():
        page = Page(**fields)
        page.full_clean()
        page.save(force_insert=True)
        record("added a page", page, by=by, via=via)
        _edition_like(PageEdition(title=title), page=page, written_by=by)
    return page


@transaction.atomic
def page_change(page: Page, *, by: User, changed: list[str]) -> None:
    """Keep where a page stands and who may read it."""
    page.save(update_fields=changed)
    record("changed a page", page, by=by, note=", ".join(changed))
    _site_changed(page)


def _edition_like(source: PageEdition, **fields: Any) -> PageEdition:
    texts = {name: getattr(source, name) for name in TEXTS if name != "note"}
    return PageEdition.objects.create(**{**texts, "written_at": timezone.now(), **fields})


def _next_number(page: Page) -> int:
    return 1 + int(page.editions.aggregate(highest=Max("number"))["highest"] or 0)


def _lock(page: Page) -> Page:
    """Let whoever else changes what this page shows wait: its editions are one rule together."""
    return Page.objects.select_for_update(no_key=True).get(pk=page.pk)


def _site_changed(page: Page) -> None:
    index(page)
    publication_changed()
