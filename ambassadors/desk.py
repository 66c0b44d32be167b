"""What people lay on a desk: who is new, and what of the roster waits for the support team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import AddressRecovery, Ambassador, Erasure, ProfileQuestion, ReturnRequest
from ambassadors.privacy import PersonRow, cards_for
from ambassadors.workflow.questions import next_question
from foundation.desk import RECENT, Chore, DeskCard, DeskItem, Note, NoteRow, desk, house, noted, notes
from foundation.prepared import Late, prepared

if TYPE_CHECKING:
    from ambassadors.models import User

DRAFT_LETTERS = 300
NAMED = 5  # newcomers on the card; it says how many there are beyond them
PATIENCE = timedelta(days=14)  # after which somebody invited, who has not come in yet, may like a word


@desk.register("newcomers")
def newcomers(person: User) -> Iterator[DeskCard]:
    """Who joined in the last two weeks, and may be seen by the person."""
    newest = _newest(person)
    if newest:
        cards = cards_for(person, [PersonRow.of(row[:-1]) for row in newest])
        number = newest[0][-1]
        yield DeskCard(
            title=ngettext("%d person is new here", "%d people are new here", number) % number,
            text=_("A word of welcome from somebody they do not know yet goes a long way."),
            url=reverse("ambassadors:ambassador-list"),
            action=_("All ambassadors"),
            items=tuple(DeskItem(card.name, card.url, card.line) for card in cards),
            more=number - len(newest),
            later="newcomers",
        )


@prepared
def _newest(person: Any) -> QuerySet[Any, Any]:
    people = Ambassador.objects.visible_to(person).listed_to(person).active().exclude(user=person)
    people = people.filter(joined_at__gte=Late(lambda: timezone.now() - RECENT))
    number = people.order_by().values(all=Value(1)).annotate(number=Count("pk")).values("number")
    return people.order_by("-joined_at", "-pk").as_rows(Subquery(number))[:NAMED]


@desk.register("one's own profile")
def own_profile(person: User) -> Iterator[DeskCard]:
    """Answers by mail that wait for their writer's word; where there is none, one small thing that the profile does not say yet."""
    own: Ambassador | None = getattr(person, "ambassador", None)
    met = _questions(person) if own else []
    drafts = [(pk, draft) for pk, _field, status, draft in met if status == ProfileQuestion.Status.ANSWERED]
    for pk, draft in drafts:
        text = Truncator(draft).chars(DRAFT_LETTERS)
        url = ProfileQuestion(pk=pk).get_absolute_url()
        yield DeskCard(_("Your answer: put it on your profile?"), f"“{text}”", url, _("Look at it"), weight=8)
    if own and not drafts and (field := next_question(own, {row[1] for row in met})):
        title = str(ProfileQuestion.Field(field).label)
        text = _("A few words on your profile, if you like. It helps the right people find you.")
        yield DeskCard(title, text, reverse("ambassadors:profile-edit"), _("Say it"), weight=19, later=f"profile {field}")


@prepared
def _questions(person: Any) -> QuerySet[Any, Any]:
    return ProfileQuestion.objects.visible_to(person).values_list("pk", "field", "status", "draft")


def _on_roster(person: User) -> QuerySet:
    return Ambassador.objects.visible_to(person).on_roster()


def _roster_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d person on the roster waits to be invited", "%d people on the roster wait to be invited", number)
        % number,
        text=_("Nobody has been mailed. Invite them when somebody is ready to receive them."),
        url=reverse("admin:ambassadors_ambassador_changelist") + "?status__exact=listed",
        action=_("Choose whom to invite"),
    )


house.add("roster", Chore(_on_roster, _roster_card))


def _not_in_yet(person: User) -> QuerySet:
    invited = Ambassador.objects.visible_to(person).filter(status="active", user__last_login=None)
    return invited.filter(joined_at__lt=timezone.now() - PATIENCE)


def _not_in_yet_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d invited person has not found the way in", "%d invited people have not found the way in", number)
        % number,
        text=_("They were invited more than two weeks ago. Perhaps the mail went astray: a word by another road may help."),
        url=reverse("admin:ambassadors_ambassador_changelist") + "?status__exact=active",
        action=_("Look at the list"),
    )


house.add("not in yet", Chore(_not_in_yet, _not_in_yet_card))


def _recoveries(person: User) -> QuerySet:
    return AddressRecovery.objects.visible_to(person).filter(status="proposed").exclude(proposed_by=person)


def _recovery_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d new address waits for a second person", "%d new addresses wait for a second person", number) % number,
        text=_("A colleague proposed it. Ask how they know who it is before you approve."),
        url=reverse("admin:ambassadors_addressrecovery_changelist"),
        action=_("Look at it"),
        weight=0,
    )


house.add("address recoveries", Chore(_recoveries, _recovery_card))


def _planned(person: Any) -> QuerySet:
    rows = Erasure.objects.visible_to(person).planned().filter(person=person)
    return noted(rows, "planned erasure", at="due_at")


def _planned_card(row: NoteRow) -> DeskCard:
    """The day on which the person is to be forgotten, so that nobody forgets it themselves."""
    assert row.at is not None  # noqa: S101  the day of an erasure is never empty
    return DeskCard(
        title=_("Your account is going to be erased"),
        text=_("On %(day)s, as you asked. Until then one press takes it back.")
        % {"day": date_format(timezone.localtime(row.at), "j F Y")},
        url=reverse("owndata:erasure-detail"),
        action=_("Look at it"),
        weight=0,
    )


notes.add("planned erasure", Note(_planned, _planned_card))


def _wishes(person: User) -> QuerySet:
    return ReturnRequest.objects.visible_to(person).open()


def _wish_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d alumnus would like to come back", "%d alumni would like to come back", number) % number,
        text=_("Welcome them back, or write to them in person."),
        url=reverse("admin:ambassadors_returnrequest_changelist") + "?status__exact=open",
        action=_("Read what they say"),
        weight=5,
    )


house.add("wishes to come back", Chore(_wishes, _wish_card))
