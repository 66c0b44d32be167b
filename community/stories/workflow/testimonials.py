"""What somebody says of the community, from the offer to the page. Consent belongs to the wording: other words are asked about again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.models import Testimonial
from community.stories import emails, rules
from community.stories.seen import held, refuse_unseen
from foundation.models import Via
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

NOT_AGREED: dict[str, Any] = {"agreed_text": "", "agreed_signed": "", "agreed_at": None}
S, Attribution = Testimonial.Status, Testimonial.Attribution

ASK = Transition(
    "asked for consent",
    frozenset({S.OFFERED, S.PROPOSED, S.ASKED, S.AGREED, S.PUBLISHED}),
    S.ASKED,
    rules.is_support,
    _lazy("Ask for consent…"),
)
AGREE = Transition("agreed to the wording", frozenset({S.ASKED}), S.AGREED, rules.is_its_author, _lazy("Agree"))
PUBLISH = Transition("published", frozenset({S.AGREED}), S.PUBLISHED, rules.is_support, _lazy("Put it on the page"))
TAKE_DOWN = Transition("taken from the page", frozenset({S.PUBLISHED}), S.AGREED, rules.is_support, _lazy("Take it from the page"))
PUT_ASIDE = Transition("put aside", frozenset({S.OFFERED, S.PROPOSED, S.ASKED}), S.ASIDE, rules.is_support, _lazy("Put aside"))
WITHDRAW = Transition("withdrew their consent", frozenset({*Testimonial.OPEN, S.ASIDE}), S.WITHDRAWN, rules.is_its_author)


@transaction.atomic
def offer(*, by: User, text: str, attribution: str, role: str = "", via: Via = Via.WEB) -> Testimonial:
    """Offer words of one's own. They are on no page before the support team has asked for consent to the exact wording."""
    if not by.is_member:
        raise PermissionDenied("Words are offered by active ambassadors.")
    return _made(by, S.OFFERED, text, attribution, role, by=by, via=via)


@transaction.atomic
def propose(*, person: User, by: User, text: str, attribution: str, role: str = "", page: str = "community") -> Testimonial:
    """Note words of somebody's that the support team would like to show. Nobody sees them before that person agrees."""
    if not rules.is_support(by):
        raise PermissionDenied("The support team proposes what is shown of others.")
    return _made(person, S.PROPOSED, text, attribution, role, page=page, by=by)


@transaction.atomic
def ask(
    testimonial: Testimonial, *, by: User, text: str, attribution: str, role: str = "", page: str = "", via: Via = Via.WEB
) -> None:
    """Ask the one who speaks whether exactly these words may stand under exactly this name. What stood on a page goes until then."""
    words = _tidy(text)
    signed = signature(testimonial.person, attribution, role)
    said: dict[str, Any] = {
        "text": words,
        "attribution": attribution,
        "role": role.strip(),
        "signed": signed,
        "page": page or testimonial.page,
    }
    apply(ASK, testimonial, by=by, via=via, about=testimonial.person, asked_at=timezone.now(), **said, **NOT_AGREED)
    emails.testimonial_asked(testimonial)


@transaction.atomic
def agree(testimonial: Testimonial, *, by: User, seen: str | None = None, via: Via = Via.WEB) -> None:
    """Consent to the words as they stand; `seen` is the mark of those that were on the screen."""
    now_held = held(testimonial)
    refuse_unseen(now_held, seen)
    agreed: dict[str, Any] = {"agreed_text": now_held.text, "agreed_signed": now_held.signed, "agreed_at": timezone.now()}
    # The history is for ever and outlives an erasure: it keeps which wording it was, not the words.
    note = f"wording {now_held.words_mark[:8]}, signed with {now_held.get_attribution_display()}"
    apply(AGREE, testimonial, by=by, via=via, about=testimonial.person, history_note=note, **agreed)


def publish(testimonial: Testimonial, *, by: User, via: Via = Via.WEB) -> None:
    """Put words that were agreed to on their page."""
    apply(PUBLISH, testimonial, by=by, via=via, about=testimonial.person)


def take_down(testimonial: Testimonial, *, by: User, via: Via = Via.WEB) -> None:
    """Take words from their page, and keep the consent."""
    apply(TAKE_DOWN, testimonial, by=by, via=via, about=testimonial.person)


def put_aside(testimonial: Testimonial, *, by: User, via: Via = Via.WEB) -> None:
    """Not use what was offered or proposed."""
    apply(PUT_ASIDE, testimonial, by=by, via=via, about=testimonial.person)


@transaction.atomic
def withdraw(testimonial: Testimonial, *, by: User, via: Via = Via.WEB) -> None:
    """Say no, or take back what one said before: the words leave every page at once."""
    apply(WITHDRAW, testimonial, by=by, via=via, about=testimonial.person, **NOT_AGREED)


def signature(person: User, attribution: str, role: str) -> str:
    """Return what would stand below the words."""
    if attribution == Attribution.NONE:
        return _("An ambassador")
    if attribution == Attribution.FIRST:
        return (person.name.split() or [_("An ambassador")])[0]
    return ", ".join(part for part in (person.name, role.strip()) if part)


def _made(person: User, status: str, text: str, attribution: str, role: str, *, by: User, **fields: str) -> Testimonial:
    via = Via(fields.pop("via", Via.WEB))
    made = Testimonial.objects.create(
        person=person,
        status=status,
        text=_tidy(text),
        attribution=attribution,
        role=role.strip(),
        signed=signature(person, attribution, role),
        **fields,
    )
    record("offered a testimonial" if status == S.OFFERED else "proposed a testimonial", made, by=by, via=via, about=person)
    return made


def _tidy(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise ValidationError(_("There are no words in it yet."))
    return words


MOVES: dict[str, tuple[Transition, Callable[..., Any]]] = {
    "ask": (ASK, ask),
    "publish": (PUBLISH, publish),
    "take-down": (TAKE_DOWN, take_down),
    "put-aside": (PUT_ASIDE, put_aside),
}
