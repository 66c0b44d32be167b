"""Slates of the demo community: one that is open, answered on the web and by mail, and one that has closed, with a late answer."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

from django.conf import settings
from django.utils import timezone

from ambassadors.models import Ambassador, CriteriaEdition, Criterion, Nomination, Slate, User, VettingDuty
from ambassadors.nominations import workflow as nominations
from ambassadors.slates import answers, workflow
from ambassadors.slates.answers import Said
from ambassadors.slates.emails import PREFIX
from ambassadors.vetting.workflow import take_up
from correspondence.inbound.receiving import settle
from correspondence.models import InboundMail, ReplyAddress

OPEN = [
    (
        "Hanneke Dijkstra",
        "Polder Mutual",
        (
            "Hanneke insured farmers against floods until she asked why they kept building on the same field. She then spent four years "
            "persuading a cooperative to pay for moving, and publishes each year how many did, and how many came back."
        ),
    ),
    (
        "Samuel Okonjo",
        "Ferry Lane Clinic",
        (
            "Samuel runs a clinic whose waiting room keeps the score: each month a poster says what patients complained of and what was done. "
            "Two hospitals copied the poster. He visited both to tell them that the poster was the easy part."
        ),
    ),
    (
        "Mireille Castaing",
        "Atelier des Comptes",
        (
            "Mireille teaches bookkeepers of village associations to read their own numbers aloud at the yearly meeting. "
            "She is impatient with dashboards, generous with evenings, and good at being the only sceptic in a happy room."
        ),
    ),
    (
        "Tobias Falk",
        "Nordhafen Apprentices",
        (
            "Tobias places apprentices with small yards and rings every one of them a year later. "
            "When a third had left, he published the list of yards they had left, with their owners' answers beside it."
        ),
    ),
]
CLOSED = [
    (
        "Yusra Haddad",
        "Second Reading",
        "Yusra edits a newsletter on libraries in which each issue takes back something that an earlier one said.",
    ),
    (
        "Pavel Novotny",
        "Tram Depot Kitchen",
        "Pavel cooks for night drivers, and has got three transport companies to count tiredness among their accidents.",
    ),
]
CONCERN = (
    "I sat on a board with him for a year. He is good with a crowd and less so with a minute-taker who corrects him. "
    "It may have been that year; I would rather say it to one of you than leave it."
)
LATE = "2 yes\n\nI know, I know: I was at sea.\n"


def put_before_all() -> None:
    """Both slates, through the functions that the site calls. Nothing where there are no criteria or no vetting lead yet."""
    edition, lead = CriteriaEdition.objects.in_force(), VettingDuty.objects.leads().select_related("person").first()
    people = _people()
    if edition is None or lead is None or len(people) < 12 or Slate.objects.exists():
        return
    _closed(lead.person, people)
    _open(lead.person, people)


def _people() -> list[User]:
    here = Ambassador.objects.filter(status="active", user__is_staff=False, user__is_active=True).exclude(user__last_login=None)
    return [one.user for one in here.select_related("user").order_by("pk")[:14]]


def _open(lead: User, people: list[User]) -> None:
    slate = workflow.begin("Autumn slate", "Four people who count what is hard to count. Do you know one of them?", by=lead)
    _opened(slate, OPEN, people[8:], lead=lead, days=4)
    Slate.objects.filter(pk=slate.pk).update(opened_at=timezone.now() - timedelta(days=6))
    answers.give(slate, {1: Said("support"), 3: Said("no view")}, by=people[0])
    answers.give(slate, {2: Said("support"), 4: Said("concern", CONCERN)}, by=people[1])
    answers.give(slate, {number: Said("no view") for number in range(1, 5)}, by=people[2])
    _write(slate, people[3], "1 yes\n2 yes\n3 no view\n\nBest wishes\n")
    _write(slate, people[4], "yes to all but 4\n")
    _write(slate, people[5], "Hanneke: yes. Mireille: yes.\n2 no\n")


def _closed(lead: User, people: list[User]) -> None:
    slate = workflow.begin("Slate of early autumn", "Two people, one of whom cooks.", by=lead)
    _opened(slate, CLOSED, people[8:], lead=lead, days=1)
    for number, person in enumerate(people[:6]):
        answers.give(
            slate, {1: Said("support" if number % 3 else "no view"), 2: Said("no view" if number % 2 else "support")}, by=person
        )
    closed = timezone.now() - timedelta(days=6)
    Slate.objects.filter(pk=slate.pk).update(opened_at=closed - timedelta(days=10), closes_at=closed)
    workflow.close_due()
    Slate.objects.filter(pk=slate.pk).update(closed_at=closed)
    _write(slate, people[6], LATE)


def _opened(slate: Slate, rows: list[tuple[str, str, str]], nominators: list[User], *, lead: User, days: int) -> None:
    cases = [_in_vetting(row, nominators[number % len(nominators)], lead) for number, row in enumerate(rows)]
    workflow.add(slate, cases, by=lead)
    last = timezone.localdate(timezone=timezone.get_default_timezone()) + timedelta(days=days)
    workflow.open_slate(slate, version=workflow.version_of(slate), closes_on=last, by=lead)


def _in_vetting(row: tuple[str, str, str], nominator: User, lead: User) -> Nomination:
    name, organization, text = row
    words = {
        "name": name,
        "email": f"{name.split(maxsplit=1)[0].lower()}@people.tidemark.example",
        "organization": organization,
        "relation": f"We met through {organization}, and have argued well ever since.",
        "conflict": Nomination.Conflict.NONE,
        "nominee_knows": Nomination.Knows.YES,
        "slate_text": text,
    }
    edition = CriteriaEdition.objects.in_force()
    musts = edition.criteria.filter(kind=Criterion.Kind.MUST) if edition else []
    seen = {one.pk: f"What {organization} does shows it, year after year: {one.text[:60].lower()}." for one in musts}
    made = nominations.save_draft(None, words, seen, by=nominator)
    nominations.submit(made, revision=made.revision, by=nominator)
    take_up(made, by=lead)
    made.refresh_from_db()
    return made


def _write(slate: Slate, person: User, words: str) -> None:
    """An answer by mail, on the road that each mail takes once it is stored."""
    message = EmailMessage()
    to = f"{ReplyAddress.objects.of(PREFIX, person, slate).local_part}@{settings.MAIL_DOMAIN}"
    told = {
        "From": person.email,
        "To": to,
        "Subject": f"Re: {slate.title}",
        "Message-ID": f"<slate-{slate.pk}-{person.pk}@demo.example>",
    }
    for name, value in told.items():
        message[name] = value
    message.set_content(words)
    raw = message.as_bytes()
    mail = InboundMail.objects.create(
        identity=told["Message-ID"], recipient=to.lower(), raw=raw, size=len(raw), envelope_sender=person.email, sender=person.email
    )
    settle(mail.pk, envelope_sender=person.email)
