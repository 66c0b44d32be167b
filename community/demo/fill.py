"""Filling an empty database with the demo community, through the functions that the site itself calls."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from ambassadors import workflow as people
from ambassadors.forms import PersonForm, ProfileEditForm
from ambassadors.models import Ambassador, User
from ambassadors.roster import Roster, import_roster
from community.demo.conversations import CONVERSATIONS, Conversation
from community.demo.people import ALUMNA, AMBASSADORS, PURPOSE, ROSTER, STAFF, Person
from community.founding import found
from discussions import workflow as talk
from discussions.models import Post, Thread
from foundation.audiences import Audience
from foundation.models import Place, RoleLabel, Sector, Via
from foundation.richtext import from_plain
from foundation.taxonomy import places_named


@transaction.atomic
def fill(*, ambassadors: int, seed: int) -> None:
    """Make the community, its people and what they have said. Dates count back from now, so that something is always fresh.

    The first people are those of `people.py`; past them, `ambassadors` are made up from `seed` in bulk, of the same shape.
    """
    staff = found_the_community()
    for person in AMBASSADORS:
        welcome(person, by=staff)
    people.make_alumni(welcome(ALUMNA, by=staff).ambassador, by=staff)
    people.pause(User.objects.get(email=AMBASSADORS[-2].email).ambassador, by=staff)
    import_roster(Roster(ROSTER.encode()), by=staff)
    for conversation in CONVERSATIONS:
        tell(conversation)
    make_up(ambassadors - len(AMBASSADORS), random.Random(seed))  # noqa: S311  the same people each time, no secret


def found_the_community() -> User:
    """Found the community as `manage.py found` does, and return the one who looks after it."""
    community, staff, _is_new = found(
        name="Tidemark Ambassadors", staff=STAFF.email, staff_name=STAFF.name, purpose=PURPOSE, time_zone=STAFF.time_zone
    )
    community.sender_name = "Tidemark"
    community.save()
    return staff


def welcome(person: Person, *, by: User) -> User:
    """Put somebody on the roster, invite them, and let them tell of themselves."""
    ambassador = people.list_person(person.name, person.email, by=by, via=Via.COMMAND)
    people.invite_to_sign_in(ambassador, by=by, via=Via.COMMAND)
    EmailAddress.objects.filter(user=ambassador.user).update(verified=True)
    profile(person, ambassador)
    return ambassador.user


def profile(person: Person, ambassador: Ambassador) -> None:
    """Say what the person says of themselves, by the form in which they would say it."""
    shown = {f"{field}_audience": person.listed_for for field in Ambassador.SHOWN}
    data = {
        "organization": person.organization,
        "job_title": person.job_title,
        "place": person.place,
        "ask_me_about": person.ask_me_about,
        "bio": person.bio,
        "sector": Sector.objects.filter(name=person.sector).values_list("pk", flat=True).first() or "",
        "role_labels": list(RoleLabel.objects.filter(name__in=person.role_labels).values_list("pk", flat=True)),
        "listed_for": person.listed_for,
        **shown,
    }
    forms = [
        PersonForm({"name": person.name, "time_zone": person.time_zone}, instance=ambassador.user),
        ProfileEditForm(data, instance=ambassador),
    ]
    for form in forms:
        if not form.is_valid():
            raise ValueError(f"{person.name}: {form.errors.as_text()}")
    people.tell_of_oneself(ambassador.user, forms)


def tell(conversation: Conversation) -> None:
    """Write the conversation, and put its posts where they belong in time. Whoever wrote last has read everything."""
    cast = {name: User.objects.get(name__startswith=f"{name} ") for name in conversation.between}
    first, *others = conversation.lines
    (other,) = (person for name, person in cast.items() if name != first.author)
    thread = talk.start_private_thread(
        by=cast[first.author], to=other, subject=conversation.subject, body=first.text, via=Via(first.via)
    )
    for line in others:
        talk.reply(thread, by=cast[line.author], body=line.text, via=Via(line.via))
    now = timezone.now()
    for number, line in enumerate(conversation.lines, start=1):
        at = now - timedelta(hours=line.hours_ago)
        Post.objects.filter(thread=thread, number=number).update(posted_at=at)
        Thread.objects.filter(pk=thread.pk).update(last_post_at=at)


def make_up(count: int, dice: random.Random) -> None:
    """Make `count` more ambassadors in bulk, for a community of the size that is to be measured."""
    if count <= 0:
        return
    at = timezone.now()
    names = [f"{dice.choice(FIRST)} {dice.choice(LAST)}-{dice.choice(LAST)}" for _ in range(count)]
    users = User.objects.bulk_create(
        User(email=f"person{number}@tidemark.example", name=name, password="!", time_zone="UTC")  # noqa: S106  unusable
        for number, name in enumerate(names)
    )
    EmailAddress.objects.bulk_create(EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users)
    places = places_named(person.place for person in AMBASSADORS)
    Ambassador.objects.bulk_create(_made_up(user, number, at, dice, places) for number, user in enumerate(users))


def _made_up(user: User, number: int, at: datetime, dice: random.Random, places: dict[str, Place]) -> Ambassador:
    person = dice.choice(AMBASSADORS)
    return Ambassador(
        user=user,
        slug=f"person-{number}",
        status=Ambassador.Status.ACTIVE,
        joined_at=at - timedelta(days=dice.randrange(1500)),
        job_title=person.job_title,
        place=places[person.place],
        ask_me_about=person.ask_me_about,
        bio=from_plain(person.bio),
        listed_for=dice.choice([Audience.PUBLIC, Audience.MEMBERS]),
    )


FIRST = ("Abena", "Bertil", "Chiara", "Dorcas", "Eamon", "Farida", "Gunnar", "Hélène", "Iwona", "Jarrod", "Keiko", "Lucía", "Mbali")
LAST = ("Aldenhoven", "Brightwater", "Castellanos", "Drakensberg", "Emberley", "Fenwick", "Grünwald", "Holmqvist", "Iturralde")
