"""Builders for products: the least that is valid, through the workflow functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import User
from foundation.uploads import CheckedFile, upload_keep
from products.drafting import workflow as drafting
from products.kinds import NEEDS
from products.models import (
    CommunityReview,
    Credit,
    Edition,
    EditionFile,
    EditorDuty,
    Product,
    Readership,
    Review,
    ReviewCriterion,
    ReviewRound,
)
from products.reviewing import workflow as reviewing
from products.road import workflow as road
from tests import make
from tests.foundation import files

A_WHILE_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TEXT = "<p>Whoever stays longest was asked first what they would like to do.</p>"


def editor(name: str = "Edda Editor") -> User:
    """Somebody who runs the road of products. Made once a name."""
    person = User.objects.filter(name=name).first() or make.person(name, is_staff=True)
    EditorDuty.objects.get_or_create(person=person)
    return person


def draft(by: User, title: str = "Who stays, and why", kind: str = "article", body: str = TEXT, **fields) -> Edition:
    """A draft with all that its kind needs, of which `by` is the author and has agreed to be named."""
    product = drafting.begin_product(by=by, kind=kind, title=title, **{**_explained(by, kind, fields), **fields})
    agree(product, by)
    edition = product.newest
    texts = {"summary": "Six clubs tell."}
    if NEEDS[kind].file:
        add_file(edition, by)
    if NEEDS[kind].link:
        texts |= {"link": "https://tidemark.example/who-stays", "medium": "text", "licence": Edition.Licence.BY}
    parts = [{"slug": part.slug, "title": part.title, "pillar_id": part.pillar_id, "body": body} for part in edition.parts.all()]
    return drafting.save_edition(edition, by=by, revision=1, parts=parts, **texts)


def _explained(by: User, kind: str, fields: dict) -> dict:
    """What a kickstarter needs, where the caller says nothing of it."""
    if not NEEDS[kind].explains or "explains" in fields:
        return {}
    explained = drafting.begin_product(by=by, kind="article", title="What a kickstarter explains")
    return {"explains": explained, "readership": readership()}


def add_file(edition: Edition, by: User) -> EditionFile:
    upload = upload_keep(CheckedFile(files.PDF, "paper.pdf", "application/pdf"), owner=by)
    file = EditionFile.objects.create(edition=edition, slug="paper", title="Paper", upload=upload, added_by=by)
    upload.holder = file
    upload.save()
    return file


def agree(product: Product, person: User) -> None:
    """An author agrees to be named."""
    Credit.objects.filter(product=product, person=person).update(
        name=str(person), agreed_at=timezone.now(), agreed_to="My name stands under it."
    )


def submitted(by: User, **fields) -> Edition:
    edition = draft(by, **fields)
    road.submit(edition, by=by, revision=edition.revision)
    return edition


def reviewer(number: int = 1) -> User:
    """Somebody who reviews; made once a number."""
    name = f"Rhea Reviewer {number}"
    return User.objects.filter(name=name).first() or make.ambassador(name)


def round_of(edition: Edition, **fields) -> ReviewRound:
    """An open round, as an editor opens it."""
    return reviewing.open_round(edition, by=editor(), revision=edition.revision, **fields)


def asked(edition: Edition, person: User | None = None, **fields) -> Review:
    """Somebody who is asked for a review, in the round that is open, or else a new one."""
    opened = edition.rounds.open().first() or round_of(edition)
    return reviewing.invite(opened, person or reviewer(), by=editor(), despite="The round is small.", **fields)


def asked_blind(edition: Edition, person: User) -> Review:
    """The same in a round in which neither side learns who the other is."""
    if not edition.rounds.open().exists():
        round_of(edition, hides_authors=True)
    return asked(edition, person)


def finish(review: Review, verdict: str = "minor", **said) -> Review:
    """A review is handed in, with all that it needs."""
    kind = review.round.edition.product.kind
    answers = {str(pk): {"mark": 4, "words": "Mostly."} for pk in ReviewCriterion.objects.asked(kind).values_list("pk", flat=True)}
    least = {"against": "Six clubs are few.", "has_interest": False, "for_authors": "Say where the clubs are."} | said
    review = reviewing.save_review(review, by=review.reviewer, answers=answers, verdict=verdict, **least)
    return reviewing.submit_review(review, by=review.reviewer)


def press(name: str, edition: Edition, by: User, **said):
    """What `by` gets to see after a press of the button of that name, with the revision that `edition` was read in."""
    client = Client()
    client.force_login(by)
    address = reverse(f"products:edition-{name}", args=[edition.product.slug, edition.number])
    return client.post(address, {"revision": edition.revision} | said, follow=True)


def reviewed(edition: Edition) -> Edition:
    """As many reviews as it needs are in."""
    opened = edition.rounds.open().first() or round_of(edition)
    for number in range(opened.reviews_needed):
        finish(asked(edition, reviewer(number + 1)))
    return edition


def presented(by: User, **fields) -> Edition:
    """One that the whole community reads."""
    edition = reviewed(submitted(by, **fields))
    road.present(edition, by=editor(), revision=edition.revision)
    return edition


def days_pass(edition: Edition) -> None:
    """The days of its community review are over: nobody said anything more."""
    CommunityReview.objects.filter(edition=edition).update(opened_at=A_WHILE_AGO, closes_at=timezone.now() - timedelta(minutes=1))


def published(by: User, **fields) -> Edition:
    """One that everybody reads."""
    edition = presented(by, **fields)
    days_pass(edition)
    road.approve(edition, by=editor(), revision=edition.revision)
    road.publish(edition, by=editor(), revision=edition.revision)
    return Edition.objects.select_related("product").get(pk=edition.pk)


def next_edition(first: Edition, by: User, label: str = "2.0") -> Edition:
    """A draft of the edition after it, which says what changed."""
    edition = road.begin_edition(first.product, by=by, label=label)
    return drafting.save_edition(edition, by=by, revision=edition.revision, changes="One club more.")


def readership(name: str = "Practitioners") -> Readership:
    """An audience that products are for. Made once a name."""
    return Readership.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0]


def announced(by: User, title: str = "Performance, practised") -> Product:
    """A product that is still to come, and of which everybody knows."""
    product = draft(by, title=title).product
    Product.objects.filter(pk=product.pk).update(announced_at=timezone.now(), announced_as=title, expected_on=date(2027, 3, 1))
    product.refresh_from_db()
    return product
