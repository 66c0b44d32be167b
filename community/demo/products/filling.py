"""The demo's products, one after the other: what is out, what is on its road, and what is still a draft."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from community.demo.products.library import announce_what_is_to_come, fill_the_library, publish_the_paper
from community.demo.products.onroad import products_on_their_road
from community.demo.products.out import products_that_are_out
from community.demo.products.told import called, told
from correspondence.models import OutgoingMail
from foundation.models import Pillar, RoleLabel
from products.models import CommunityReview, EditorDuty, Readership

EDITORS = ("Wilhelmina Oduya-Strand", "Shulamith Perlmutter-Graves")
AUDIENCES = {
    "Board members": ["Board member"],
    "Funders": ["Funder"],
    "Public servants": ["Public servant", "Policy maker"],
    "Executive directors": ["Executive director"],
    "Practitioners": ["Practitioner", "Teacher or coach"],
}


def make_products(*, by: User) -> None:
    """Name the editors and the audiences, say what each pillar means here, and make everything that this community has made."""
    last = OutgoingMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for person in (by, *map(called, EDITORS)):
        duty, _is_new = EditorDuty.objects.get_or_create(person=person)
        EditorDuty.objects.filter(pk=duty.pk).update(since=timezone.localdate() - timedelta(days=480))
    _vocabulary()
    standard = products_that_are_out(editor=called(EDITORS[0]), other=called(EDITORS[1]))
    products_on_their_road(standard, editor=called(EDITORS[1]))
    fill_the_library(editor=called(EDITORS[1]))
    publish_the_paper(editor=called(EDITORS[0]))
    announce_what_is_to_come(editor=called(EDITORS[0]))
    CommunityReview.objects.update(told_at=timezone.now())  # who is told of one today would be told of all
    # What was told of days long gone was read long ago; whoever is asked for a review now gets it from the mailbox of the demo.
    told_before = OutgoingMail.objects.filter(pk__gt=last, state="queued").exclude(
        kind="review_invited", person__email__startswith="ngozi@"
    )
    told_before.update(state="sent", sent_at=timezone.now() - timedelta(days=1))


def _vocabulary() -> None:
    for name, labels in AUDIENCES.items():
        audience, _is_new = Readership.objects.get_or_create(name=name)
        audience.role_labels.set(RoleLabel.objects.filter(name__in=labels))
    for pillar, said in zip(Pillar.objects.offered().order_by("position", "pk"), told("pillars")["pillars"], strict=True):
        pillar.description = said["text"].strip()
        pillar.save()
