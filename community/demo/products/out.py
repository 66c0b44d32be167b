"""What the demo community has published, and what it took back."""

from __future__ import annotations

from typing import Any

from ambassadors.models import User
from community.demo.products import reviewing
from community.demo.products.passing import pass_days
from community.demo.products.told import told
from community.demo.products.writing import author_of, written
from products.models import Edition, KindRules, Product
from products.road import workflow as road

WRITING, READING, AFTERWARDS = 20, 12, 3  # days: of writing, until the reviews are in, and until it is published


def products_that_are_out(*, editor: User, other: User) -> Product:
    """Publish them, each some days ago, and return the standard that the others explain."""
    articles, kickstarters = told("articles"), told("kickstarters")
    number = published("number", written("article", articles["number"]), editor, ago=280)
    road.retire(number, by=editor, because=articles["number"]["retired"])
    pass_days(number.product, 50)
    standard = published("kept1", written("strategic-product", _first_edition()), other, ago=300, writing=70).product
    fable = published("fable", written("article", articles["fable"]), editor, ago=60)
    road.retire(fable, by=other, because=articles["fable"]["withdrawn"], is_withdrawn=True)
    pass_days(fable.product, 140)
    published("boards", written("kickstarter", kickstarters["boards"], explains=standard), other, ago=210)
    published("tuesday", written("article", articles["tuesday"]), editor, ago=150)
    published("reserve", written("article", articles["reserve"]), other, ago=95)
    published("commissioners", written("kickstarter", kickstarters["commissioners"], explains=standard), editor, ago=45)
    return standard


def _first_edition() -> dict[str, Any]:
    authors = ["Amina Wanjiru Odhiambo", "Thaddeus Brightmoor", "Yevhenia Kovalchuk-Sinclair"]
    everything = {"pillars": [1, 2, 3, 4, 5, 6, 7], "topics": ["Learning culture", "Outcome measurement", "Board development"]}
    return told("kept_promises") | everything | {"authors": authors}


def published(key: str, edition: Edition, editor: User, *, ago: float, writing: float = WRITING) -> Edition:
    """Take a draft all the way, by `editor`, and let it be out since `ago` days."""
    approved(key, edition, editor, writing=writing)
    pass_days(edition.product, AFTERWARDS)
    road.publish(edition, by=editor, revision=edition.revision, note=told("reviews")[key]["publish"])
    pass_days(edition.product, ago)
    return edition


def approved(key: str, edition: Edition, editor: User, *, writing: float = WRITING) -> None:
    """Take a draft through both reviews."""
    presented(key, edition, editor, writing=writing)
    pass_days(edition.product, 4)
    reviewing.spoken(edition, key)
    pass_days(edition.product, KindRules.of(edition.product.kind).window_days)
    road.approve(edition, by=editor, revision=edition.revision, note=told("reviews")[key].get("approve", ""))


def presented(key: str, edition: Edition, editor: User, *, writing: float = WRITING) -> None:
    """Take a draft to the community: it is handed in, reviewed, and found good."""
    pass_days(edition.product, writing)
    road.submit(edition, by=author_of(edition), revision=edition.revision)
    opened = reviewing.opened_round(edition, key, editor)
    pass_days(edition.product, READING)
    reviewing.handed_in(opened, key)
    road.present(edition, by=editor, revision=edition.revision, note=told("reviews")[key]["present"])
