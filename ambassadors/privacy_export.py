"""What an archive holds of a person's account, profile and the acts around it, and how erasing them ends: the account goes last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from ambassadors.models import AddressRecovery, Ambassador, Organization, ProfileQuestion, RosterFile
from ambassadors.owndata.rows import fields_of
from ambassadors.owndata.sections import add_sections
from foundation.forgetting import PSEUDONYM, names_of
from foundation.privacy_export import Record, Section, exempt, nothing_to_erase, sections

if TYPE_CHECKING:
    from ambassadors.models import User

KEPT_SECRET = {"password"}
# What somebody chose from a list, such as role labels: rows between the profile and the list.
_CHOICES: Any = Ambassador._meta.many_to_many
KEPT_WITH_IT = tuple(str(many.remote_field.through._meta.label) for many in _CHOICES)


def profile_of(person: User) -> Iterable[Record]:
    """Every field of the profile, with the people who see it."""
    for ambassador in Ambassador.objects.filter(user=person):
        yield fields_of(ambassador)


def forget_profile(person: User) -> None:
    """The profile goes, and an organisation that only it named."""
    for ambassador in Ambassador.objects.filter(user=person):
        where = ambassador.organization_id
        ambassador.delete()
        if where and not Ambassador.objects.filter(organization=where).exists():
            Organization.objects.filter(pk=where).delete()


def account_of(person: User) -> Iterable[Record]:
    """The account itself, without the hash of its password."""
    yield fields_of(person, leave_out=KEPT_SECRET)


def forget_account(person: User) -> None:
    """The account goes, and by the database's foreign keys whatever is only its own. Its addresses are free for somebody else."""
    person.delete()


def ways_in(person: User) -> Iterable[Record]:
    """Addresses, second factors without their secrets, and the devices that are signed in."""
    for address in EmailAddress.objects.filter(user=person).order_by("pk"):
        yield {"kind": "address", "address": address.email, "verified": address.verified, "main": address.primary}
    for factor in Authenticator.objects.filter(user=person).order_by("pk"):
        kind = str(factor.get_type_display())
        yield {"kind": "second factor", "what": kind, "added at": factor.created_at, "used at": factor.last_used_at}
    for session in UserSession.objects.filter(user=person).order_by("pk"):
        yield {"kind": "device", "from": session.ip, "browser": session.user_agent, "signed in at": session.created_at}


def close_ways_in(person: User) -> None:
    """Every device is signed out. Sessions that we do not know as theirs die with the account they name."""
    known = UserSession.objects.filter(user=person)
    Session.objects.filter(session_key__in=known.values("session_key")).delete()
    known.delete()


def recoveries_of(person: User) -> Iterable[Record]:
    """New addresses that were proposed for the person."""
    for recovery in AddressRecovery.objects.filter(person=person).order_by("pk"):
        yield {
            "old address": recovery.old_address,
            "new address": recovery.new_address,
            "how we knew": recovery.reason,
            "state": recovery.get_status_display(),
            "proposed at": recovery.proposed_at,
        }


def questions_of(person: User) -> Iterable[Record]:
    """What one was asked about one's profile, and the answers that wait for one's word."""
    for question in ProfileQuestion.objects.filter(person=person).prefetch_related("topics").order_by("pk"):
        topics = [str(topic) for topic in question.topics.all()]
        yield {
            "question": str(question),
            "asked at": question.asked_at,
            "state": question.get_status_display(),
            "your words": question.draft,
            "topics": topics,
        }


def rosters_of(person: User) -> Iterable[Record]:
    """Rosters that the person uploaded and has not decided about; they live for a day."""
    for file in RosterFile.objects.filter(uploaded_by=person).order_by("pk"):
        yield {"name": file.name, "uploaded at": file.uploaded_at}


def acts_in_the_admin(person: User) -> Iterable[Record]:
    """What the person did in the admin."""
    for entry in LogEntry.objects.filter(user=person).order_by("pk").iterator(chunk_size=500):
        yield {"at": entry.action_time, "what": entry.get_action_flag_display(), "of": entry.object_repr}


def forget_acts(person: User) -> None:
    """Their own lines go; others' lines about them keep no name."""
    LogEntry.objects.filter(user=person).delete()
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(person), object_id=str(person.pk))
    about.update(object_repr=PSEUDONYM, change_message="")
    for name in names_of(person):
        LogEntry.objects.filter(object_repr__icontains=name).update(object_repr=PSEUDONYM)
        LogEntry.objects.filter(change_message__icontains=name).update(change_message="")


sections.add(
    "profile",
    Section(
        _("Your profile"),
        profile_of,
        forget_profile,
        weight=90,
        models=("ambassadors.Ambassador", "ambassadors.Organization", *KEPT_WITH_IT),
        text=_("What you say of yourself, and who reads each field."),
    ),
)
sections.add(
    "account",
    Section(
        _("Your account"),
        account_of,
        forget_account,
        weight=100,
        models=("ambassadors.User",),
        text=_("Name, address and settings."),
    ),
)
sections.add(
    "ways in",
    Section(
        _("How you sign in"),
        ways_in,
        close_ways_in,
        weight=95,
        models=(
            "account.EmailAddress",
            "account.EmailConfirmation",
            "mfa.Authenticator",
            "usersessions.UserSession",
            "sessions.Session",
        ),
        text=_("Addresses, second factors and devices. What would let somebody in (passwords, keys, codes) is not in here."),
    ),
)
sections.add(
    "recoveries",
    Section(
        _("New addresses that were proposed for you"),
        recoveries_of,
        nothing_to_erase,
        weight=62,
        models=("ambassadors.AddressRecovery",),
    ),
)
sections.add(
    "questions",
    Section(
        _("Questions about your profile"),
        questions_of,
        nothing_to_erase,
        weight=60,
        models=("ambassadors.ProfileQuestion", "ambassadors.ProfileQuestion_topics"),
    ),
)
sections.add(
    "rosters",
    Section(_("Rosters you uploaded"), rosters_of, nothing_to_erase, weight=64, models=("ambassadors.RosterFile",)),
)
sections.add(
    "acts in the admin",
    Section(_("What you did in the admin"), acts_in_the_admin, forget_acts, weight=66, models=("admin.LogEntry",)),
)
exempt.add("ambassadors.User_groups", "there are no groups here: rights are not handed out one by one")
exempt.add("ambassadors.User_user_permissions", "rights are not handed out one by one")
add_sections()
