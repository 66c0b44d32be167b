"""Canaries in what is kept about people."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from ambassadors.accounts.recovery import propose
from ambassadors.engagement import workflow
from ambassadors.models import AddressRecovery, Ambassador, Archive, Erasure, Organization, ProfileQuestion, ReturnRequest
from ambassadors.workflow.questions import question_answer
from ambassadors.workflow.rosters import keep_roster
from foundation.audiences import Audience
from tests import make
from tests.ambassadors import admission_canaries, outreach_canaries
from tests.ambassadors import engagement_making as making
from tests.leaks import EVERYBODY, MEMBERS, NO_ONE, TEAM, Garden

READERS = {Audience.PUBLIC: EVERYBODY, Audience.MEMBERS: MEMBERS, Audience.STAFF: TEAM}


def plant(garden: Garden) -> None:
    for audience, readers in READERS.items():
        profile_shown_to(garden, audience, readers)
        offers_for(garden, audience, readers)
    found_by_members_only(garden)
    recovery_of_an_account(garden)
    roster_being_looked_at(garden)
    own_data(garden)
    asked_for_what_was_offered(garden)
    answer_by_mail_that_waits(garden)
    admission_canaries.plant(garden)
    outreach_canaries.plant(garden)


def profile_shown_to(garden: Garden, audience: str, readers: tuple[str, ...]) -> None:
    """A person everybody finds, whose fields are all for one audience."""

    def canary(field: str) -> str:
        return garden.canary(f"ambassadors.Ambassador.{field}", *readers)

    fields: dict[str, Any] = {
        name: canary(name) for name in ("job_title", "languages", "ask_me_about", "bio", "walk_the_talk", "tech_comfort")
    }
    fields["evidence"] = [{"label": canary("evidence"), "url": f"https://tidemark.example/{canary('evidence')}"}]
    fields["place"] = garden.canary("foundation.Place.name", *readers)
    organization = Organization.objects.create(name=garden.canary("ambassadors.Organization.name", *readers))
    chosen = {f"{name}_audience": audience for name in Ambassador.SHOWN}
    person = make.ambassador(f"Open to {audience}", listed_for=Audience.PUBLIC, organization=organization, **fields, **chosen)
    garden.pages += [person.ambassador.get_absolute_url(), f"{reverse('ambassadors:person-list')}?q=open"]


def found_by_members_only(garden: Garden) -> None:
    """A person whom visitors do not find at all: neither the name nor the address of the profile."""
    slug = garden.canary("ambassadors.Ambassador.slug", *MEMBERS)
    name = garden.canary("ambassadors.User.name", *MEMBERS)
    email = garden.canary("ambassadors.User.email", *TEAM)
    person = make.ambassador(f"Person {name}", slug=slug, email=f"{email}@people.example.org")
    garden.pages.append(person.ambassador.get_absolute_url())


def recovery_of_an_account(garden: Garden) -> None:
    """A new address proposed for somebody: the support team decides, nobody else hears of it on the site."""
    old = garden.canary("ambassadors.AddressRecovery.old_address", *TEAM)
    new = garden.canary("ambassadors.AddressRecovery.new_address", *TEAM)
    reason = garden.canary("ambassadors.AddressRecovery.reason", *TEAM)
    person = make.ambassador("Lost Lena", email=f"{old}@people.example.org")
    recovery = propose(person, f"{new}@people.example.org", reason, by=garden.cast.staff)
    AddressRecovery.objects.filter(pk=recovery.pk).update(
        code_nonce=garden.canary("ambassadors.AddressRecovery.code_nonce", *NO_ONE)
    )


def roster_being_looked_at(garden: Garden) -> None:
    """An uploaded roster is its uploader's alone until it is imported."""
    name = garden.canary("ambassadors.RosterFile.name", "staff")
    person = garden.canary("ambassadors.RosterFile.content", "staff")
    file = keep_roster(f"{name}.csv", f"Name,E-mail\n{person},new@people.example.org\n".encode(), by=garden.cast.staff)
    garden.pages.append(reverse("admin:roster-preview", args=[file.pk]))


def own_data(garden: Garden) -> None:
    """An archive being prepared, an erasure that staff planned for somebody who asked, and an alumnus who would like to come back."""

    def canary(field: str, *readers: str) -> str:
        return garden.canary(f"ambassadors.{field}", *readers)

    Archive.objects.create(
        person=garden.cast.outsider,
        section=canary("Archive.section", "outsider"),
        claim=canary("Archive.claim", *NO_ONE),
        file=canary("Archive.file", *NO_ONE),
    )
    Erasure.objects.create(
        person=make.ambassador("Leaving Lou"), reason=canary("Erasure.reason", *TEAM), due_at=timezone.now() + Erasure.DELAY
    )
    ReturnRequest.objects.create(person=make.ambassador("Longing Lee", status="alumni"), words=canary("ReturnRequest.words", *TEAM))


def offers_for(garden: Garden, audience: str, readers: tuple[str, ...]) -> None:
    """What somebody whom everybody finds offers, each note for its own audience."""
    note = garden.canary("ambassadors.EngagementOffer.note", *readers)
    person = make.ambassador(f"Offering to {audience}", listed_for=Audience.PUBLIC)
    making.offer(person, note=note, audience=audience)
    garden.pages.append(person.ambassador.get_absolute_url())


def asked_for_what_was_offered(garden: Garden) -> None:
    """A request, and an answer with words: the one who is asked reads them, and the support team."""
    parties = ("ambassador", *TEAM)
    subject = garden.canary("ambassadors.EngagementRequest.subject", *parties)
    body = garden.canary("ambassadors.EngagementRequest.body", *parties)
    one = making.ask(garden.cast.ambassador, garden.cast.staff, subject=subject, body=f"<p>{body}</p>")
    word = garden.canary("ambassadors.EngagementAsk.word", *parties)
    workflow.answer(one, "not now", word=word, by=garden.cast.ambassador)
    garden.pages += [
        one.request.get_absolute_url(),
        reverse("admin:ambassadors_engagementrequest_change", args=[one.request_id]),
    ]


def answer_by_mail_that_waits(garden: Garden) -> None:
    """What somebody answered about themselves, before they have said that it may be shown."""
    question = ProfileQuestion.objects.create(
        person=garden.cast.ambassador, field=ProfileQuestion.Field.ASK_ME_ABOUT, status=ProfileQuestion.Status.ASKED
    )
    draft = garden.canary("ambassadors.ProfileQuestion.draft", "ambassador")
    question_answer(question, draft, by=garden.cast.ambassador)
