"""What an archive holds of products, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.privacy_export import Record, Section, exempt, sections
from products.models import AuthorInvitation, Credit, Edition, EditionFile, EditionRevision, EditorDuty, Product, Reading

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_made(person: User) -> Iterable[Record]:
    """The products they had a hand in, how they agreed to be named, and what they wrote and added."""
    for credit in Credit.objects.filter(person=person).select_related("product__newest").order_by("pk"):
        card = {"name": credit.name, "title": credit.title, "tagline": credit.tagline, "agreed to": credit.agreed_to}
        dates = {"at": credit.added_at, "agreed at": credit.agreed_at, "taken back at": credit.withdrawn_at}
        yield {"product": credit.product.newest.title if credit.product.newest else "", "as": credit.role} | card | dates
    for revision in EditionRevision.objects.filter(by=person).select_related("edition").order_by("pk"):
        yield {"revision of": revision.edition.title, "number": revision.number, "at": revision.at, "note": revision.note}
    for file in EditionFile.objects.filter(added_by=person).order_by("pk"):
        yield {"file": file.title, "number": file.number, "note": file.note, "at": file.added_at}
    for product in Product.objects.filter(started_by=person).order_by("pk"):
        yield {"product you began": product.slug, "kind": product.kind, "at": product.created_at}
    for edition in Edition.objects.filter(created_by=person).order_by("pk"):
        yield {"edition you began": edition.title, "number": edition.number, "at": edition.created_at}
    for reading in Reading.objects.filter(added_by=person).order_by("pk"):
        yield {"reading you listed": reading.title, "link": reading.address, "at": reading.added_at}
    for asked in AuthorInvitation.objects.filter(Q(person=person) | Q(by=person)).select_related("product__newest").order_by("pk"):
        title = asked.product.newest.title if asked.product.newest else ""
        words = {"words": asked.words} if asked.by_id == person.pk else {}
        yield {
            "asked about": title,
            "as": asked.role,
            "at": asked.at,
            "state": asked.status,
            "answered at": asked.answered_at,
        } | words
    for duty in EditorDuty.objects.filter(person=person):
        yield {"duty": "editor", "since": duty.since}


def leave_the_products(person: User) -> None:
    """What they made stays, as a former member's: it is the others' as well."""
    gone = {"person": None, "name": "", "title": "", "tagline": "", "photo": None, "withdrawn_at": timezone.now()}
    Credit.objects.filter(person=person).update(**gone, agreed_at=None, agreed_to="")
    EditionRevision.objects.filter(by=person).update(by=None)
    EditionFile.objects.filter(added_by=person).update(added_by=None)
    Product.objects.filter(started_by=person).update(started_by=None)
    Product.objects.filter(editor=person).update(editor=None)
    Edition.objects.filter(created_by=person).update(created_by=None)
    Edition.objects.filter(published_by=person).update(published_by=None)
    Reading.objects.filter(added_by=person).update(added_by=None)
    EditorDuty.objects.filter(person=person).delete()
    AuthorInvitation.objects.filter(person=person).delete()
    AuthorInvitation.objects.filter(by=person).update(by=None, words="")


sections.add(
    "products",
    Section(
        _("Products"),
        what_they_made,
        leave_the_products,
        weight=17,
        models=(
            "products.AuthorInvitation",
            "products.Credit",
            "products.Edition",
            "products.EditionFile",
            "products.EditionRevision",
            "products.EditorDuty",
            "products.Product",
            "products.Reading",
        ),
        text=_("What you wrote or helped to make, and how you agreed to be named."),
    ),
)
exempt.add("products.EditionPart", "the text of an edition, in each revision that its writers saved")
exempt.add("products.KindRules", "numbers of the community")
exempt.add("products.PillarAddress", "former addresses of the framework")
exempt.add("products.ProductAddress", "former addresses of a product")
exempt.add("products.Readership", "the community's vocabulary")
exempt.add("products.Product_pillars", "the parts of the framework that a product is about")
exempt.add("products.Product_topics", "what a product is about, in words of the vocabulary")
