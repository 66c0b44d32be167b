"""Who stands under a product: asking somebody to write with us or to be named, their answer, and what they agree to.

Nobody is named before they agreed to the very words of their card, nor after they took it back. Whoever changes their card agrees anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence import outbox
from foundation.models import Upload, Via
from foundation.publication import publication_changed
from foundation.workflow import Transition, TransitionRefused, apply, record
from products import rules
from products.models import AuthorInvitation, Credit, Product

if TYPE_CHECKING:
    from ambassadors.models import User

S = AuthorInvitation.Status
MOST_OPEN = 20


def _own(user: User | None, asked: AuthorInvitation) -> bool:
    return user is not None and user.is_member and user.pk == asked.person_id


def _writes(user: User | None, asked: AuthorInvitation) -> bool:
    return rules.writes(user, asked.product)


ACCEPT = Transition("said yes to being an author", frozenset({S.ASKED}), S.ACCEPTED, _own, gettext_lazy("Yes, gladly"))
DECLINE = Transition("said no to being an author", frozenset({S.ASKED}), S.DECLINED, _own, gettext_lazy("No, thank you"))
TAKE_BACK = Transition("took an invitation back", frozenset({S.ASKED}), S.WITHDRAWN, _writes, gettext_lazy("Take it back"))


@transaction.atomic
def invite(
    product: Product, person: User, *, by: User, role: str = Credit.Role.AUTHOR, words: str = "", via: Via = Via.WEB
) -> AuthorInvitation:
    """Ask a member to write with us (`author`), or whether we may name them as one who helped (`contributor`).

    Raises PermissionDenied where `by` does not write it, ValidationError with a sentence where nobody can be asked.
    """
    if not rules.writes(by, product):
        raise PermissionDenied("not theirs to write")
    held = Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)  # pressed twice, the second waits here
    open_ones = AuthorInvitation.objects.filter(product=held, status=S.ASKED)
    if Credit.objects.filter(product=held, person=person, role=role).exists():
        raise ValidationError(_("%(name)s is among them already.") % {"name": person.shown_name})
    if open_ones.filter(person=person, role=role).exists():
        raise ValidationError(_("%(name)s is asked already.") % {"name": person.shown_name})
    if open_ones.count() >= MOST_OPEN:
        raise ValidationError(_("Twenty invitations are open: wait for an answer, or take one back."))
    asked = AuthorInvitation.objects.create(product=held, person=person, role=role, words=words.strip(), by=by, via=via)
    record("invited", asked, by=by, via=via, about=person)
    outbox.post("author_asked", person, key=f"author-asked:{asked.pk}", invitation=asked.pk)
    return asked


@transaction.atomic
def answer(asked: AuthorInvitation, *, by: User, is_yes: bool, via: Via = Via.WEB) -> Credit | None:
    """Say yes or no; return the place among those who stand under it. Raises TransitionRefused when it was answered or taken back."""
    apply(ACCEPT if is_yes else DECLINE, asked, by=by, via=via, about=by, answered_at=timezone.now())
    AuthorInvitation.objects.filter(pk=asked.pk).update(via=via)
    if asked.by is not None:
        outbox.post("author_answered", asked.by, key=f"author-answered:{asked.pk}", invitation=asked.pk)
    if not is_yes:
        return None
    last = Credit.objects.filter(product=asked.product, role=asked.role).count()
    credit: Credit = Credit.objects.get_or_create(
        product=asked.product, person=by, role=asked.role, defaults={"added_by": asked.by, "position": last + 1}
    )[0]
    return credit


def take_back(asked: AuthorInvitation, *, by: User, via: Via = Via.WEB) -> None:
    """Ask no longer."""
    apply(TAKE_BACK, asked, by=by, via=via, about=asked.person)


def words_of_consent(product: Product) -> str:
    """What somebody agrees to who wants to be named, in these very words."""
    title = product.newest.title if product.newest else product.slug
    return _(
        "I agree that my name, title, line and photo stand under “%(title)s” in public as I have written them here, in this and later "
        "editions, also when I am no longer a member. I can take this back at any time; copies that others made cannot be called back."
    ) % {"title": title}


@transaction.atomic
def agree(
    credit: Credit, *, by: User, name: str, title: str, tagline: str, photo: Upload | None, to: str, via: Via = Via.WEB
) -> None:
    """Somebody agrees to be named like this: `to` are the words that they read. Raises PermissionDenied for everybody else."""
    _refuse_others(credit, by)
    if not name.strip() or not to.strip():
        raise ValidationError({"name": _("Say how you want to be called.")})
    said = {"name": name.strip(), "title": title.strip(), "tagline": tagline.strip(), "photo": photo, "agreed_to": to}
    Credit.objects.filter(pk=credit.pk).update(**said, agreed_at=timezone.now(), withdrawn_at=None)
    if photo is not None:
        photo.holder = credit
        photo.save(update_fields=["holder_type", "holder_id"])
    credit.refresh_from_db()
    record("agreed to be named", credit, by=by, via=via, about=by, note=f"{name} · {title} · {tagline}\n{to}")
    publication_changed()


@transaction.atomic
def withdraw(credit: Credit, *, by: User, via: Via = Via.WEB) -> None:
    """Somebody is named no longer, from the next page on. What they had agreed to is kept, with the day on which they took it back."""
    _refuse_others(credit, by)
    if not Credit.objects.named().filter(pk=credit.pk).update(withdrawn_at=timezone.now()):
        raise TransitionRefused(f"{credit} is not named")
    credit.refresh_from_db()
    record("took back being named", credit, by=by, via=via, about=by)
    publication_changed()


def _refuse_others(credit: Credit, by: User) -> None:
    if credit.person_id != by.pk:
        raise PermissionDenied("nobody agrees for somebody else")
