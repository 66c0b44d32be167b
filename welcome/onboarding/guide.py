"""What the help mail says of somebody's first steps: each that is left can be skipped from there, and all of them put off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import Letter
from correspondence.inbound.guide import Guide, Offer, guides
from welcome.models import Onboarding
from welcome.onboarding.emails import WEEKS, address_of, word_of
from welcome.onboarding.standing import standing_of

if TYPE_CHECKING:
    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """While the first weeks are open. What a letter says in its first line is what an answer to a reminder would say."""
    own = Onboarding.objects.visible_to(person).filter(person=person).open().first()
    left = standing_of(own).left if own else []
    if own is None or not left:
        return
    address, subject = address_of(WEEKS, person, own), _("Your first steps here")
    for step in left:
        line = _("Skip: %(step)s") % {"step": step.title}
        yield Offer(line, Letter(address, subject, f"skip {word_of(step)}"))
    yield Offer(_("Say what people could ask you about"), Letter(address, subject, "profile: "))
    yield Offer(_("No reminder for two weeks"), Letter(address, subject, "later"))


guides.add("first weeks", Guide(gettext_lazy("Your first steps here"), 15, offers))
