"""What the demo community works at: one of each state of the road, with something due, something late and something to answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import User
from community.demo.products import reviewing
from community.demo.products.out import approved, presented
from community.demo.products.passing import pass_days
from community.demo.products.told import called, rich, told
from community.demo.products.writing import author_of, written
from discussions.models import Space
from products.drafting import workflow as drafting
from products.models import Edition, Product, Review
from products.reviewing import workflow as peers
from products.road import workflow as road

HALF = {
    "by": "Ngozi Adeyemi-Clarke",
    "authors": "I was turned down by letters like these for eleven years, so I read it with an old grudge. It is going. What I would ask you to",
}


def products_on_their_road(standard: Product, *, editor: User) -> None:
    """The second edition of the standard, a kickstarter that may go out, articles in review and in revision, and drafts."""
    _new_edition(standard, editor)
    kickstarters = told("kickstarters")
    funders = written("kickstarter", kickstarters["funders"], explains=standard)
    approved("funders", funders, editor)
    pass_days(funders.product, 2)
    _in_revision(editor)
    _in_review(editor)
    space = Space.objects.get(name="Three questions for every family")
    pass_days(written("kickstarter", kickstarters["families"], explains=standard, space=space).product, 5)
    pass_days(written("article", told("articles")["quiet"]).product, 1)


def _new_edition(standard: Product, editor: User) -> None:
    """Eighteen months of use are in it, and every ambassador reads it now."""
    said = told("kept_promises")["v2"]
    by = author_of(Edition.objects.get(product=standard))
    edition = road.begin_edition(standard, by=by, label=said["label"])
    pass_days(standard, 40)
    drafting.save_edition(
        edition, by=by, revision=edition.revision, parts=_changed(edition, said), note=said["note"], changes=said["changes"]
    )
    edition.refresh_from_db()
    presented("kept2", edition, editor, writing=9)
    pass_days(standard, 10)
    reviewing.spoken(edition, "kept2")
    pass_days(standard, 2)


def _changed(edition: Edition, said: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the first edition, with what changed in the second."""
    bodies = {part.get("pillar", 0): part["body"] for part in told("kept_promises")["parts"]}
    slugs = {part["slug"]: part.get("pillar", 0) for part in told("kept_promises")["parts"]}
    for swap in said["swaps"]:
        place = slugs[swap["part"]]
        if swap["old"] not in bodies[place]:
            raise ValueError(f"the second edition changes what the first does not say: {swap['old']}")
        bodies[place] = bodies[place].replace(swap["old"], swap["new"])
    return [
        {"slug": part.slug, "title": part.title, "pillar_id": part.pillar_id, "body": rich(bodies[place])}
        for place, part in enumerate(edition.parts.order_by("position"))
    ]


def _in_revision(editor: User) -> None:
    """Both reviews are in, and half of the comments have their answer."""
    edition = written("article", told("articles")["chair"])
    by = author_of(edition)
    pass_days(edition.product, 16)
    road.submit(edition, by=by, revision=edition.revision)
    opened = reviewing.opened_round(edition, "chair", editor)
    pass_days(edition.product, 9)
    reviewing.asked(opened, "chair", by)
    pass_days(edition.product, 2)
    reviewing.handed_in(opened, "chair")
    pass_days(edition.product, 2)
    road.ask_for_revision(edition, by=editor, revision=edition.revision, note=told("reviews")["chair"]["decision"])
    pass_days(edition.product, 3)
    reviewing.answered(edition, "chair", by)
    pass_days(edition.product, 1)


def _in_review(editor: User) -> None:
    """One review is in, one half written and due soon, one late, and one was declined."""
    edition = written("article", told("articles")["no"])
    pass_days(edition.product, 9)
    road.submit(edition, by=author_of(edition), revision=edition.revision)
    opened = reviewing.opened_round(edition, "no", editor)
    declines = peers.invite(opened, called("Henriette Dampierre-Koné"), by=editor, despite=reviewing.AGREED)
    late = peers.invite(opened, called("Montgomery Oyelaran-Whitfield III"), by=editor, despite=reviewing.AGREED)
    peers.decline(
        declines,
        by=called("Henriette Dampierre-Koné"),
        words="I am in the middle of our own refusals this month. Ask me in spring.",
    )
    peers.accept(late, by=called("Montgomery Oyelaran-Whitfield III"))
    pass_days(edition.product, 11)
    reviewing.handed_in(opened, "no")
    pass_days(edition.product, 4)
    soon = timezone.localdate() + timedelta(days=4)
    words = "You have been on the other end of such letters. Does it ring true from there?"
    due = peers.invite(opened, called(HALF["by"]), by=editor, due_on=soon, note=words, despite=reviewing.AGREED)
    pass_days(edition.product, 1)
    Review.objects.filter(pk=due.pk).update(due_on=soon)
    reviewing.write(due, HALF)
