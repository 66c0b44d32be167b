"""What members of the demo handed in: resources, one white paper with its file, and an assessment that is still to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ambassadors.models import User
from community.demo.products.out import published
from community.demo.products.passing import pass_days
from community.demo.products.told import called, pillars, readership, told
from community.demo.products.writing import author_of, written
from foundation.uploads import checked, upload_keep
from products.drafting import workflow as drafting
from products.models import Edition, EditionFile, Product
from products.resources import using, workflow
from products.road import keeping

MIRROR = (
    "Seven modules, one for each part of Kept Promises, answered by several people of one house without seeing each other's answers. "
    "It shows where they agree, and where the more interesting conversation is."
)
CARDS = """#set document(title: "The cards")
#set page(paper: "a5", margin: 18mm)
#set text(size: SIZEpt, lang: "en")
= The cards
For twelve people and a long table. It takes LASTS.
#pagebreak()
+ Write each figure that you report on a card of its own.
+ Walk along, and mark those that changed a decision within a year.
+ Keep the marked ones. Ask of each other card who would miss it.
"""


def fill_the_library(*, editor: User) -> None:
    """Hand in each resource; an editor lets most of them in, gives one back and has yet to look at one."""
    for said in told("resources")["resources"]:
        edition = _handed_in(said)
        if said.get("state") == "back":
            workflow.give_back(edition, by=editor, revision=edition.revision, note=said["back"])
        elif said.get("state") != "waiting":
            pass_days(edition.product, 2)
            workflow.let_in(edition, by=editor, revision=edition.revision)
            for name in said["useful"]:
                using.find_useful(Product.objects.get(pk=edition.product_id), by=called(name))
        pass_days(edition.product, said["days"])


def _handed_in(said: dict[str, Any]) -> Edition:
    file = checked(SimpleUploadedFile(said["file"], said["content"].strip().encode())) if "file" in said else None
    return workflow.contribute(
        by=called(said["by"]),
        title=said["title"],
        summary=said["summary"],
        medium=said["medium"],
        licence=said["licence"],
        link=said.get("link", ""),
        file=file,
        pillars=pillars(said["pillars"]),
        readership=readership(said.get("readership")),
    )


def publish_the_paper(*, editor: User) -> None:
    """A white paper whose file was replaced by a better one: its address leads to the newer, and both are listed."""
    said = told("white_paper")
    edition = written("white-paper", said)
    first = _version(edition, 1, "as tried in nine organisations", "about a day")
    published("white", edition, editor, ago=48)
    _version(edition, 2, "larger print, and an afternoon in place of a day", "an afternoon", first.upload.owner)
    pass_days(edition.product, 22)


def announce_what_is_to_come(*, editor: User) -> None:
    """An assessment, half written, of which the public knows the month."""
    by, title = called("Ngaire Tautahi-Collins"), "The mirror: an assessment for a whole team"
    product = drafting.begin_product(by=by, kind=Product.Kind.ASSESSMENT, title=title)
    drafting.save_edition(product.newest, by=by, revision=1, summary=MIRROR)
    pass_days(product, 30)
    month = timezone.localdate() + timedelta(days=100)
    keeping.announce(product, by=editor, expected_on=month, announced_as=title, announcement=MIRROR)


def _version(edition: Edition, number: int, note: str, lasts: str, owner: User | None = None) -> EditionFile:
    owner = owner or author_of(edition)
    pdf = typst.compile(CARDS.replace("LASTS", lasts).replace("SIZE", str(10 + 2 * number)).encode(), format="pdf")
    upload = upload_keep(checked(SimpleUploadedFile("the-cards.pdf", pdf)), owner=owner)
    row = EditionFile.objects.create(
        edition=edition, slug="the-cards", number=number, title="The cards", note=note, upload=upload, added_by=owner
    )
    upload.holder = row
    upload.save(update_fields=["holder_type", "holder_id"])
    return row
