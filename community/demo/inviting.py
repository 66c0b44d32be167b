"""The end of the road in the demo: who was invited, who waits, who said no, who joined; and how those who are here once came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from ambassadors.inviting import joining, seats, wishes, workflow
from ambassadors.models import Ambassador, CommitmentsEdition, CriteriaEdition, GrowthStage, Invitation, Nomination, User
from ambassadors.nominations import workflow as nominating
from ambassadors.nominations.matching import keys_of
from ambassadors.vetting import workflow as vetting
from foundation import tokens
from foundation.models import Token
from foundation.secrecy import derived_code

if TYPE_CHECKING:
    from datetime import datetime

S = Nomination.Status


@dataclass(frozen=True)
class Nominee:
    """Somebody whom the demo's people put forward, in the words of their nominator."""

    name: str
    organization: str
    job_title: str
    place: str
    relation: str
    seen: str
    slate: str
    word: str = ""

    @property
    def email(self) -> str:
        """An address at a domain that can never exist."""
        return f"{self.name.split()[0].lower()}.{self.name.split()[-1].lower()}@tidemark.example"


JOINED = [
    Nominee(
        "Oyelaran Adebimpe",
        "Ibadan Reading Rooms",
        "Founder",
        "Ibadan, Nigeria",
        "I visited three of her reading rooms and have written with her since.",
        "She closed the room that looked best in the brochure, because the children who came there could read already.",
        "Opens reading rooms where no library wants to be, and asks each spring which of them to close.",
        "You told me that a full room proves nothing. There are sixty people here who will want to hear the rest of that sentence.",
    ),
    Nominee(
        "Teuila Faleolo",
        "Apia Diabetes Network",
        "Nurse and director",
        "Apia, Samoa",
        "We sat on the same panel twice and disagreed well both times.",
        "Her network publishes what did not work on the same page as what did.",
        "Leads a network of clinics that asks its patients what got better, and prints the answers that hurt.",
    ),
    Nominee(
        "Ilmari Väänänen",
        "Saimaa Ferry School",
        "Head teacher",
        "Savonlinna, Finland",
        "I spent a week in his school, on a boat between three islands, for a study of very small classes.",
        "He asks those who left at sixteen what the school could have done, and reads their answers to the teachers aloud.",
        "Runs a school on a ferry, and keeps in touch with everybody who ever left it early.",
    ),
]
OPEN = Nominee(
    "Matilde Quiroga",
    "Semillero Sur",
    "Head of programs",
    "Montevideo, Uruguay",
    "She trained two of my colleagues, who came back asking better questions.",
    "When her own survey found nothing, she said so in front of her donors.",
    "Trains those who train farmers, and measures by what grows two years later.",
    "I said I would only put one person forward this year. It was never going to be anybody else.",
)
DECLINED = Nominee(
    "Henning Sørby",
    "Fjordhaven Kommune",
    "Chief of elder care",
    "Bergen, Norway",
    "He let me shadow his night shift for a week.",
    "He asked the residents to write the order of their own mornings.",
    "Runs care homes by what a good Tuesday looks like to those who live there.",
)
LAPSED = Nominee(
    "Rukmini Balasubramaniam",
    "Lamp and Ledger",
    "Editor",
    "Chennai, India",
    "I have written for her for eight years.",
    "She refused a prize because the jury had not spoken with a single reader.",
    "Edits a small paper on money and conscience that bankers read in the lunch break.",
)
WAITING = [
    Nominee(
        "Jasper Okonkwo-Reid",
        "Second Bench",
        "Judge, retired",
        "Leeds, United Kingdom",
        "He heard one of our cases, and rang me a year later to ask how the family was.",
        "After every term he asked ten people he had sentenced what he had not understood.",
        "A judge who followed up on his own sentences, and changed how his court speaks.",
    ),
    Nominee(
        "Zofia Wierzbicka-Nowak",
        "Kolejka Foundation",
        "Researcher",
        "Łódź, Poland",
        "We share a method, and have tried to prove each other wrong with it.",
        "She counts the hours that people lose in queues, and gives the number to those who could open a second window.",
        "Counts what waiting costs those who wait, and is seldom thanked for it.",
    ),
]
REASON = "My mother has come to live with us, and for a year or two I want my evenings for her. Please do not take it for a lack of interest."


def invite_people(*, by: User) -> None:
    """Seats that are all taken, with everything that can become of an invitation; through the functions that the pages call."""
    how_they_came_in()
    nominators = iter(Ambassador.objects.filter(status="active").select_related("user").order_by("pk")[10:40:4])
    stage = GrowthStage.objects.order_by("target")[0]
    GrowthStage.objects.filter(pk=stage.pk).update(cap=max(Ambassador.objects.active().count(), stage.target) + 10)
    seats.open_stage(stage, by=by)
    for nominee in JOINED:
        invitation = approved(nominee, next(nominators).user, by=by)
        if nominee.word and invitation.cosigner:
            workflow.write_word(invitation, nominee.word, by=invitation.cosigner)
        joins(invitation, nominee)
    workflow.decline(link_of(approved(DECLINED, next(nominators).user, by=by)), REASON)
    lapses(approved(LAPSED, next(nominators).user, by=by))
    invitation = approved(OPEN, next(nominators).user, by=by)
    workflow.write_word(invitation, OPEN.word, by=invitation.nomination.nominator)  # type: ignore[arg-type]  # just given
    GrowthStage.objects.filter(pk=stage.pk).update(cap=max(seats.seats().taken, stage.target))
    for nominee in WAITING:
        approved(nominee, next(nominators).user, by=by)


def approved(nominee: Nominee, nominator: User, *, by: User) -> Invitation:
    """Nominated, taken into vetting and decided about: the decision puts them in line."""
    edition = CriteriaEdition.objects.in_force()
    fields: dict[str, Any] = {
        "name": nominee.name,
        "email": nominee.email,
        "organization": nominee.organization,
        "job_title": nominee.job_title,
        "place": nominee.place,
        "relation": nominee.relation,
        "slate_text": nominee.slate,
        "conflict": Nomination.Conflict.NONE,
        "nominee_knows": Nomination.Knows.YES,
    }
    evidence = {one.pk: nominee.seen for one in edition.criteria.filter(kind="must")} if edition else {}
    case = nominating.save_draft(None, fields, evidence, by=nominator)
    nominating.submit(case, revision=case.revision, by=nominator)
    vetting.take_up(case, by=by)
    case.refresh_from_db()
    vetting.decide(case, "invite", reasons="All who read it agreed.", revision=case.revision, by=by)
    Nomination.objects.filter(pk=case.pk).update(submitted_at=F("submitted_at") - timedelta(days=41))
    return Invitation.objects.select_related("nomination__nominator", "cosigner").get(nomination=case)


def link_of(invitation: Invitation) -> Token:
    """The link that is in the mail."""
    return tokens.open_ones(seats.INVITATION_LINK, invitation).get()


def joins(invitation: Invitation, nominee: Nominee) -> None:
    """Affirm, confirm the profile, type in the code."""
    token, edition = link_of(invitation), CommitmentsEdition.objects.current()
    if edition:
        joining.affirm(token, edition.number)
    said = {"name": nominee.name, "organization": nominee.organization, "job_title": nominee.job_title, "place": nominee.place}
    joining.accept(token, said)
    invitation.refresh_from_db()
    joining.join(token, derived_code(joining.CODE, invitation.nonce))


def lapses(invitation: Invitation) -> None:
    """Out of date since yesterday; today its reader asks for a new one."""
    link = tokens.text_of(link_of(invitation))
    yesterday = timezone.now() - timedelta(days=1)
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=yesterday - timedelta(days=30), expires_at=yesterday)
    workflow.expire_due()
    wishes.ask_for_new(link)


def how_they_came_in() -> None:
    """The nominations of those who are here, and of some who were declined and are forgotten: for the numbers by year. All at once."""
    edition, now = CriteriaEdition.objects.in_force(), timezone.now()
    people = list(Ambassador.objects.active().select_related("user", "organization").order_by("joined_at", "pk"))
    cases = [_case(one, people[at // 3].user, edition) for at, one in enumerate(people) if at % 3 and one.joined_at]
    for case in Nomination.objects.bulk_create(cases):
        Invitation.objects.create(
            nomination=case,
            status=Invitation.Status.ACCEPTED,
            name=case.name,
            email=case.email,
            cosigner=case.nominator,
            queued_at=case.decided_at or now,
            sent_at=case.invited_at,
            expires_at=case.joined_at,
            answered_at=case.joined_at,
        )
    Nomination.objects.bulk_create(_declined(now - timedelta(days=400 + 23 * number), edition) for number in range(24))


def _case(person: Ambassador, nominator: User, edition: CriteriaEdition | None) -> Nomination:
    joined = person.joined_at or timezone.now()
    name_key, email_key, organization_key = keys_of(person.user.name, person.user.email, str(person.organization or ""))
    return Nomination(
        nominator=None if nominator.pk == person.user_id else nominator,
        nominee=person.user,
        status=S.APPROVED,
        criteria=edition,
        name=person.user.name,
        email=person.user.email,
        organization=str(person.organization or ""),
        name_key=name_key,
        email_key=email_key,
        organization_key=organization_key,
        created_at=joined - timedelta(days=70),
        submitted_at=joined - timedelta(days=65 - person.pk % 20),
        decided_at=joined - timedelta(days=14),
        invited_at=joined - timedelta(days=14),
        joined_at=joined,
    )


def _declined(day: datetime, edition: CriteriaEdition | None) -> Nomination:
    return Nomination(
        status=S.DECLINED,
        criteria=edition,
        created_at=day,
        submitted_at=day,
        decided_at=day + timedelta(days=48),
        cleared_at=day + timedelta(days=390),
    )
