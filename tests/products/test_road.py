"""The road of an edition, step by step, and who may take each."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from products.drafting import workflow as drafting
from products.models import Edition, EditionPart, EditionRevision, Product
from products.road import workflow as road
from tests import make
from tests.discussions import making as spaces
from tests.products import making

pytestmark = pytest.mark.django_db


def writer(name="Wilma Writer"):
    return make.ambassador(name)


def state(edition):
    return Edition.objects.get(pk=edition.pk).status


def test_a_draft_goes_the_whole_road_and_its_history_tells_each_step():
    edition = making.published(writer())

    told = list(
        HistoryEntry.objects.filter(target_id=str(edition.pk), target_type__model="edition")
        .order_by("pk")
        .values_list("verb", "after")
    )
    assert told == [
        ("began", ""),
        ("submit", "in review"),
        ("present", "community review"),
        ("approve", "approved"),
        ("publish", "published"),
    ]
    assert edition.product.current_id == edition.pk


def test_whoever_decides_has_read_what_they_decide_about():
    author = writer()
    edition = making.draft(author)
    seen = edition.revision
    drafting.save_edition(edition, by=author, revision=seen, summary="Seven clubs tell.")

    with pytest.raises(TransitionRefused):
        road.submit(edition, by=author, revision=seen)
    assert state(edition) == "draft"


def test_an_editor_decides_nothing_about_what_they_write_themselves():
    edition = making.submitted(making.editor("Edgar Editor"))

    making.reviewed(edition)
    with pytest.raises(PermissionDenied):
        road.present(edition, by=making.editor("Edgar Editor"), revision=edition.revision)
    road.present(edition, by=making.editor(), revision=edition.revision)
    assert state(edition) == "community review"


@pytest.mark.parametrize(("role", "decides"), [("leader", False), ("participant", False), ("advisor", True)])
def test_an_editor_who_writes_in_the_space_without_being_named_does_not_decide_either(role, decides):
    author, editor = writer(), making.editor("Edgar Editor")
    space = spaces.micro(author)
    spaces.join(space, editor, role)
    edition = making.reviewed(making.submitted(author, space=space))

    if decides:
        road.present(edition, by=editor, revision=edition.revision)
    else:
        with pytest.raises(PermissionDenied):
            road.present(edition, by=editor, revision=edition.revision)
    assert state(edition) == ("community review" if decides else "in review")


def test_two_people_who_save_at_once_do_not_save_over_each_other():
    author = writer()
    edition = making.draft(author)
    drafting.save_edition(edition, by=author, revision=edition.revision, summary="One.")

    with pytest.raises(TransitionRefused):
        drafting.save_edition(edition, by=author, revision=edition.revision, summary="Other.")
    assert Edition.objects.get(pk=edition.pk).summary == "One."


def test_what_is_handed_in_can_not_be_written_until_it_comes_back():
    author = writer()
    edition = making.submitted(author)
    with pytest.raises(TransitionRefused):
        drafting.save_edition(edition, by=author, revision=edition.revision, summary="Late.")

    with pytest.raises(ValidationError):
        road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note=" ")
    road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Name the clubs.")
    assert drafting.save_edition(edition, by=author, revision=edition.revision, summary="In time.").summary == "In time."


def test_what_one_person_saves_in_a_few_minutes_is_one_revision_unless_somebody_was_shown_it():
    author = writer()
    edition = making.draft(author)  # its beginning, and its text
    for words in ("One.", "Two."):
        edition = drafting.save_edition(edition, by=author, revision=edition.revision, summary=words)
    assert list(EditionRevision.objects.values_list("number", flat=True)) == [4, 1]

    road.submit(edition, by=author, revision=4)
    road.ask_for_revision(edition, by=making.editor(), revision=4, note="Name the clubs.")
    drafting.save_edition(edition, by=author, revision=4, summary="Three.")
    assert list(EditionRevision.objects.values_list("number", flat=True)) == [5, 4, 1]


def test_a_new_edition_begins_with_the_words_of_the_last_and_leaves_it_alone():
    author = writer()
    first = making.published(author)
    second = road.begin_edition(first.product, by=author, label="2.0")
    block = first.parts.get().body

    assert second.parts.get().body == block
    drafting.save_edition(second, by=author, revision=1, title="Who stays, again", parts=[{"slug": "text", "body": "<p>New.</p>"}])
    first.refresh_from_db()
    assert (first.title, first.parts.get().body) == ("Who stays, and why", block)
    with pytest.raises(TransitionRefused):
        road.begin_edition(first.product, by=author, label="3.0")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(product=first.product, number=9, label="9", title="Another")


def test_parts_keep_their_rows_by_their_addresses():
    author = writer()
    edition = making.draft(author, kind="white-paper")
    kept = EditionPart.objects.get(edition=edition)
    parts = [{"slug": "before", "title": "Before", "body": "<p>First.</p>"}, {"slug": "text", "body": kept.body}]
    edition = drafting.save_edition(edition, by=author, revision=edition.revision, parts=parts)

    assert [(part.slug, part.position) for part in edition.parts.all()] == [("before", 1), ("text", 2)]
    assert EditionPart.objects.get(edition=edition, slug="text").pk == kept.pk
    drafting.save_edition(edition, by=author, revision=edition.revision, parts=parts[1:])
    assert [part.slug for part in edition.parts.all()] == ["text"]


def test_the_edition_before_is_shown_again_when_the_newest_is_retired():
    author = writer()
    first = making.published(author)
    second = making.next_edition(first, author)
    road.submit(second, by=author, revision=2)
    making.reviewed(second)
    for step in (road.present, road.approve, road.publish):
        step(second, by=making.editor(), revision=2)
        making.days_pass(second)
    assert Product.objects.get().current_id == second.pk

    road.retire(second, by=making.editor(), because="Two of its numbers were wrong.")
    assert Product.objects.get().current_id == first.pk


READERS = ("visitor", "author", "member", "editor", "promoter")


def readers(edition_of):
    """Who reads an edition in a space of a leader's, whose promoter only reads."""

    leader = make.ambassador("Lea Leader")
    space = spaces.micro(leader)
    promoter = spaces.join(space, make.ambassador("Pia Promoter"), "promoter")
    edition = edition_of(leader, space=space)
    people = dict(zip(READERS, (AnonymousUser(), leader, make.ambassador("Mo Member"), making.editor(), promoter), strict=True))
    return {name for name, person in people.items() if Edition.objects.visible_to(person).filter(pk=edition.pk).exists()}


@pytest.mark.parametrize(
    ("edition_of", "who"),
    [
        (making.draft, {"author", "promoter"}),
        (making.submitted, {"author", "promoter", "editor"}),
        (making.presented, {"author", "promoter", "editor", "member"}),
        (making.published, set(READERS)),
    ],
)
def test_each_state_has_its_readers(edition_of, who):
    assert readers(edition_of) == who


def test_a_promoter_reads_a_draft_and_an_advisor_too_but_neither_writes_it():
    leader = make.ambassador("Lea Leader")
    space = spaces.micro(leader)
    edition = making.draft(leader, space=space)
    for role in ("promoter", "advisor"):
        person = spaces.join(space, make.ambassador(f"{role.title()} Person"), role)
        with pytest.raises(PermissionDenied):
            drafting.save_edition(edition, by=person, revision=edition.revision, summary="Mine.")
    participant = spaces.join(space, make.ambassador("Pat Participant"))
    assert drafting.save_edition(edition, by=participant, revision=edition.revision, summary="Ours.").summary == "Ours."
