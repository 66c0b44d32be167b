"""What is told of decisions, to whom, and which names are never in it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from correspondence.models import OutgoingMail
from foundation.desk import cards_for
from products.models import Edition
from products.road import keeping
from products.road import workflow as road
from tests import make
from tests.products import making

pytestmark = pytest.mark.django_db


def told(kind="edition_decided"):
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("person__name", flat=True))


def blind(author) -> Edition:
    """Reviewed by two who do not learn who wrote; a third was asked and has not answered."""
    edition = making.submitted(author)
    making.round_of(edition, hides_authors=True)
    for number in (1, 2):
        making.finish(making.asked(edition, making.reviewer(number)))
    making.asked(edition, making.reviewer(3))
    return edition


def test_a_decision_is_told_to_all_who_took_part_once_with_its_words_and_no_hidden_name(
    alice, mailoutbox, django_capture_on_commit_callbacks
):
    edition = blind(alice)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Say how many clubs you asked.")

    mails = {mail.to[0]: mail for mail in mailoutbox if "goes back" in mail.body or "back with its authors" in mail.body}
    people = {alice.email: "Alice Amadi", making.reviewer(1).email: "Rhea Reviewer 1", making.reviewer(2).email: "Rhea Reviewer 2"}
    assert set(mails) == set(people)
    for address, mail in mails.items():
        everything = str(mail.message())
        assert "Say how many clubs you asked." in mail.body
        assert [name for name in people.values() if name in everything and name != people[address]] == []
    assert told() == ["Alice Amadi", "Rhea Reviewer 1", "Rhea Reviewer 2"]


def test_a_note_that_names_somebody_whom_its_readers_are_not_to_know_is_refused(alice):
    edition = blind(alice)
    for note in ("Thank you, Rhea Reviewer 1.", "Alice Amadi should say more."):
        with pytest.raises(ValidationError, match=r"Leave out: (Rhea Reviewer 1|Alice Amadi)"):
            road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note=note)
    assert Edition.objects.get(pk=edition.pk).status == "in review"


def test_what_is_approved_and_published_in_one_is_told_once(alice, mailoutbox, django_capture_on_commit_callbacks):
    edition = making.submitted(alice, kind="resource")
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        road.approve(edition, by=making.editor(), revision=edition.revision)
        road.publish(edition, by=making.editor(), revision=edition.revision)

    assert ["is published" in mail.body for mail in mailoutbox if mail.to == [alice.email]] == [True]


def test_whoever_sees_it_through_hears_that_it_was_handed_in_and_else_every_editor_but_its_author():
    making.editor(), making.editor("Emil Editor")
    author = making.editor("Edgar Editor")
    edition = making.submitted(author)
    assert told("edition_submitted") == ["Edda Editor", "Emil Editor"]

    keeping.assign(edition.product, making.editor("Emil Editor"), by=making.editor())
    road.take_back(edition, by=author)
    road.submit(edition, by=author, revision=edition.revision)
    assert told("edition_submitted") == ["Edda Editor", "Emil Editor", "Emil Editor"]


def test_the_desk_leads_editors_to_what_waits_and_authors_to_what_is_on_its_way(client, alice):
    edition = making.submitted(alice)
    own = making.submitted(making.editor(), title="Written by an editor")
    where = f"/desk/products/{edition.product.slug}/"

    def cards(person):
        client.force_login(person)
        assert client.get("/desk/").status_code == 200
        return sorted(card.title for card in cards_for(person) if card.url.startswith("/desk/products/"))

    assert cards(alice) == ["On its way: Who stays, and why"]
    assert cards(making.editor()) == ["An editor is needed: Who stays, and why", "On its way: Written by an editor"]
    assert client.get(where).status_code == 200
    assert cards(make.ambassador("Mo Member")) == []
    assert own.product.slug not in where


def test_one_product_lies_on_a_desk_once_wherever_it_stands(alice):
    edition, editor = making.draft(alice), making.editor()

    def desks():
        """What says its title, on the author's desk and on an editor's."""
        return [[card.title.partition(":")[0] for card in cards_for(who) if edition.title in card.title] for who in (alice, editor)]

    shown = [desks()]
    road.submit(edition, by=alice, revision=edition.revision)
    shown.append(desks())
    making.reviewed(edition)
    shown.append(desks())
    road.ask_for_revision(edition, by=editor, revision=edition.revision, note="Say how many clubs you asked.")
    shown.append(desks())
    road.submit(edition, by=alice, revision=edition.revision)
    making.reviewed(edition)
    road.present(edition, by=editor, revision=edition.revision)
    shown.append(desks())
    making.days_pass(edition)
    shown.append(desks())
    road.approve(edition, by=editor, revision=edition.revision)
    shown.append(desks())

    assert shown == [
        [[], []],
        [["On its way"], ["An editor is needed"]],
        [["On its way"], ["An editor is needed"]],
        [["Back with you"], []],
        [["On its way"], ["Before it is public"]],
        [["On its way"], ["May be approved"]],
        [["On its way"], ["An editor is needed"]],
    ]
