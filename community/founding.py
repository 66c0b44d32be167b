"""From an empty database to a community with one person of the support team, who can sign in by a code sent by mail."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ambassadors.cleaning import clean_line
from ambassadors.defaults import fill_engagement
from ambassadors.models import User
from ambassadors.models.user import is_time_zone
from ambassadors.nominations.defaults import fill_admission
from ambassadors.outreach.defaults import fill_networks
from ambassadors.workflow.listing import account_of
from community.pages.defaults import fill_pages
from discussions.moderation.duties import give_duty
from discussions.prompts.pieces.defaults import fill_pieces
from discussions.spaces.defaults import fill_topics
from foundation.defaults import fill_defaults
from foundation.models import Community, Via
from foundation.workflow import record
from products.reviewing.defaults import fill_criteria
from products.road.defaults import fill_products


class AlreadyFounded(Exception):
    """There is a community here, and it is another one."""


def found(
    *, name: str, staff: str, staff_name: str = "", purpose: str = "", time_zone: str = "UTC"
) -> tuple[Community, User, bool]:
    """Found the community, and return it with its first person of the support team and whether anything was done.

    Asked again for the same community it does nothing; for another one it raises AlreadyFounded. What cannot be raises ValidationError.
    """
    name, staff = clean_line(name), _address(staff)
    is_time_zone(time_zone)
    there = Community.objects.filter(pk=1).first()
    if there is not None:
        return there, _its_founder(there, name, staff), False
    try:
        return *_found(name, staff, clean_line(staff_name), clean_line(purpose), time_zone), True
    except IntegrityError:  # somebody founded it while we looked
        there = Community.objects.get(pk=1)
        return there, _its_founder(there, name, staff), False


@transaction.atomic
def _found(name: str, staff: str, staff_name: str, purpose: str, time_zone: str) -> tuple[Community, User]:
    community = Community(pk=1, name=name, purpose=purpose)
    community.clean_fields()
    community.save(force_insert=True)
    fill_defaults()
    founder = _founder(staff, staff_name or _name_from(staff), time_zone)
    fill_engagement(founder)
    fill_networks()
    fill_admission(founder)
    fill_pages(by=founder)
    fill_topics(by=founder)
    fill_pieces()
    fill_criteria()
    fill_products(founder)
    give_duty(founder, by=founder, via=Via.COMMAND)
    record("founded the community", community, by=founder, via=Via.COMMAND, about=founder)
    return community, founder


def _founder(email: str, name: str, time_zone: str) -> User:
    """Make the account (or take the one that has this address) one of the support team, with its address verified."""
    founder = account_of(email) or User.objects.create_user(email, name=name, time_zone=time_zone)
    founder.is_active = founder.is_staff = founder.is_superuser = True
    founder.save()
    EmailAddress.objects.update_or_create(user=founder, email=email, defaults={"verified": True, "primary": founder.email == email})
    return founder


def _its_founder(community: Community, name: str, staff: str) -> User:
    founder = account_of(staff)
    if founder is None or not founder.is_superuser or community.name != name:
        raise AlreadyFounded(
            _(
                "There is a community here already: “%(name)s”, founded on %(date)s. Nothing was changed. To begin anew, take an empty database."
            )
            % {"name": community.name, "date": community.founded_at.strftime("%d %B %Y")}
        )
    return founder


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            _("“%s” is not an e-mail address: the first person of the support team signs in with it.") % email
        ) from None
    return email


def _name_from(email: str) -> str:
    """A first guess, which its owner changes in the settings: ada.lovelace@… is Ada Lovelace."""
    words = email.partition("@")[0].replace("_", ".").replace("-", ".").split(".")
    return " ".join(word.capitalize() for word in words if word)
