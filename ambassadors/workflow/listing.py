"""Putting people on the roster: known to the community, not mailed, not public, not able to sign in."""

from __future__ import annotations

from itertools import islice

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador, Organization, User
from ambassadors.names import slugs_for
from foundation.models import Via
from foundation.taxonomy import place_named
from foundation.workflow import record


@transaction.atomic
def list_person(
    name: str, email: str, *, by: User | None, via: Via = Via.WEB, organization: str = "", place: str = "", **fields: str
) -> Ambassador:
    """Put one person on the roster, and return their profile.

    Raises ValidationError when the address belongs to somebody with a profile. An account without one (the support team) gets it.
    """
    user = _account(name, email)
    if hasattr(user, "ambassador"):
        raise ValidationError(_("%(email)s is already here: %(name)s.") % {"email": email, "name": user.name})
    where = Organization.objects.named(organization) if organization else None
    ambassador = _with_free_slug(Ambassador(user=user, organization=where, place=place_named(place), **fields))
    record("put on the roster", ambassador, by=by, via=via, about=user)
    return ambassador


def account_of(email: str) -> User | None:
    """Return the account that has this address, main or not, verified or not."""
    by_main: User | None = User.objects.annotate(low=Lower("email")).filter(low=email.lower()).first()
    if by_main is not None:
        return by_main
    other = EmailAddress.objects.filter(email__iexact=email).select_related("user").order_by("-verified").first()
    return other.user if other else None


def _account(name: str, email: str) -> User:
    email = email.strip().lower()
    found = account_of(email)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name, is_active=False)
    except IntegrityError as error:  # the same address was put on the roster by somebody else a moment ago
        raise ValidationError(_("%(email)s is already here.") % {"email": email}) from error
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    return user


def _with_free_slug(ambassador: Ambassador) -> Ambassador:
    """Save with the nicest free address. The unique index decides when two people of one name come at once."""
    for slug in islice(slugs_for(ambassador.user.name), 1000):
        if Ambassador.objects.filter(slug=slug).exists():
            continue
        ambassador.slug = slug
        try:
            with transaction.atomic():
                ambassador.save()
        except IntegrityError:
            if Ambassador.objects.filter(user=ambassador.user).exists():
                raise ValidationError(_("%(name)s is already here.") % {"name": ambassador.user.name}) from None
            ambassador.pk = None
        else:
            return ambassador
    raise ValidationError(_("There are a thousand people of this name. Give this one a middle name."))
