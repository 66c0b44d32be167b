"""How the people of the demo came in: roster, invitation, and what they then said of themselves, by the form of the site."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ambassadors import workflow
from ambassadors.forms import ProfileEditForm
from ambassadors.models import Ambassador, User
from ambassadors.owndata.leaving import leave
from ambassadors.roster import Roster, import_roster
from community.demo.people import Person, topics
from community.demo.portraits import portrait
from correspondence.models import OutgoingMail
from foundation.models import RoleLabel, Sector, Synonym, Topic, Via
from foundation.uploads import checked

MONTH = timedelta(days=30.4)
NEWEST = 0.12  # months: whoever joined since has not come in yet


class Welcome:
    """Lets people in, and moves the dates of it back to when they joined."""

    def __init__(self, *, by: User) -> None:
        self.by, self.now = by, timezone.now()

    def everybody(self, people: Sequence[Person]) -> None:
        """Let all of them in, each with what they say of themselves and where they stand today."""
        self._list(people)
        emails = [person.email for person in people]
        profiles = Ambassador.objects.filter(user__email__in=emails).select_related("user")
        for ambassador in profiles:
            workflow.invite_to_sign_in(ambassador, by=self.by, via=Via.COMMAND)
        listed = {one.user.email: one for one in profiles.prefetch_related("role_labels", "topics")}
        for person in people:
            self._one(person, listed[person.email])
        self._move_back([(person, listed[person.email]) for person in people])
        EmailAddress.objects.filter(email__in=emails).update(verified=True)

    def _list(self, people: Sequence[Person]) -> None:
        """Put everybody on the roster, as a founder does: from a spreadsheet."""
        table = io.StringIO()
        rows = ((one.name, one.email, one.organization, one.job_title, one.place, one.time_zone) for one in people)
        csv.writer(table).writerows([("Name", "E-mail", "Organisation", "Job title", "Place", "Time zone"), *rows])
        report = import_roster(Roster(table.getvalue().encode()), by=self.by)
        if report.problems:
            raise ValueError(f"the people of the demo are no roster: {report.problems}")

    def _one(self, person: Person, ambassador: Ambassador) -> None:
        self.tell(person, ambassador)
        if person.portrait:
            self._show_face(person, ambassador)
        if person.status == "paused":
            workflow.pause(ambassador, by=ambassador.user, via=Via.COMMAND)
        elif person.status == "alumni":
            leave(ambassador, by=ambassador.user, listed_for=person.stays_for, is_credited=True)

    def tell(self, person: Person, ambassador: Ambassador) -> None:
        """Say what the person says of themselves, by the form in which they would say it."""
        form = ProfileEditForm(self._answers(person), instance=ambassador)
        if not form.is_valid():
            raise ValueError(f"{person.name}: {form.errors.as_text()}")
        workflow.tell_of_oneself(ambassador.user, [form])

    def _show_face(self, person: Person, ambassador: Ambassador) -> None:
        """Put up a drawn portrait, looked into like any picture that somebody sends."""
        drawn = SimpleUploadedFile("portrait.png", portrait(person.name, person.portrait), "image/png")
        alt = f"Drawn portrait of {person.name}"
        workflow.photo_keep(ambassador, checked(drawn, pictures_only=True), alt=alt, by=ambassador.user)

    def _move_back(self, everybody: Sequence[tuple[Person, Ambassador]]) -> None:
        """Let it be so long ago that they joined. A letter of welcome from then has arrived then."""
        for person, ambassador in everybody:
            ambassador.joined_at = joined = self.now - person.joined * MONTH
            has_come_in = person.has_come_in and person.joined > NEWEST
            ambassador.user.last_login = joined + timedelta(days=1, hours=5) if has_come_in else None
        Ambassador.objects.bulk_update([ambassador for _person, ambassador in everybody], ["joined_at"])
        User.objects.bulk_update([ambassador.user for _person, ambassador in everybody], ["last_login"])
        joined_at: dict[Any, Any] = {
            ambassador.user_id: ambassador.joined_at for person, ambassador in everybody if person.joined > 1
        }
        letters = list(OutgoingMail.objects.filter(person__in=joined_at))
        for letter in letters:
            letter.state, letter.created_at = "sent", joined_at[letter.person_id]
            letter.sent_at = letter.created_at
        OutgoingMail.objects.bulk_update(letters, ["state", "created_at", "sent_at"])

    def _answers(self, person: Person) -> dict[str, Any]:
        away = timezone.localdate(self.now) + timedelta(days=person.away) if person.away is not None else None
        return {
            "organization": person.organization,
            "job_title": person.job_title,
            "place": person.place,
            "languages": ", ".join(person.languages),
            "ask_me_about": person.ask_me_about,
            "bio": person.bio,
            "walk_the_talk": person.walk_the_talk,
            "sector": self.sectors.get(person.sector, ""),
            "role_labels": [self.labels[name] for name in person.role_labels],
            "topics": [self.topics[name] for name in person.topics],
            "away_until": away,
            "hours_a_month": person.hours,
            "tech_comfort": person.tech_comfort,
            "listed_for": person.listed_for,
            **{f"{name}_audience": person.audience(name) for name in Ambassador.SHOWN},
        }

    @cached_property
    def sectors(self) -> dict[str, int]:
        """The sectors by name."""
        return dict(Sector.objects.values_list("name", "pk"))

    @cached_property
    def labels(self) -> dict[str, int]:
        """The role labels by name."""
        return dict(RoleLabel.objects.values_list("name", "pk"))

    @cached_property
    def topics(self) -> dict[str, int]:
        """The topics by name, made here with their synonyms."""
        for name, synonyms in topics().items():
            topic, is_new = Topic.objects.get_or_create(name=name)
            Synonym.objects.bulk_create(Synonym(topic=topic, name=word) for word in synonyms if is_new)
        return dict(Topic.objects.values_list("name", "pk"))
