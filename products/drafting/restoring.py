"""Putting an earlier version of an edition back: a saving like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation.models import Pillar, Via
from products.drafting.content import TEXTS
from products.drafting.workflow import save_edition
from products.models import Edition, EditionRevision

if TYPE_CHECKING:
    from ambassadors.models import User


def put_back(edition: Edition, earlier: EditionRevision, *, by: User, via: Via = Via.WEB) -> Edition:
    """Save what `earlier` said. Raises PermissionDenied, and TransitionRefused when it was saved meanwhile or has moved on."""
    said = earlier.content
    texts = {name: said[name] for name in TEXTS if name in said}
    pillars = set(Pillar.objects.filter(pk__in=[part["pillar_id"] for part in said["parts"]]).values_list("pk", flat=True))
    parts = [part | {"pillar_id": part["pillar_id"] if part["pillar_id"] in pillars else None} for part in said["parts"]]
    note = _("Put version %(number)d back") % {"number": earlier.number}
    return save_edition(edition, by=by, revision=edition.revision, parts=parts, note=note, via=via, **texts)
