"""The page about the team: the support team proposes, each person says what of it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from community.models import Supporter, TeamMember
from community.stories import emails, rules
from community.stories.seen import held, refuse_unseen
from foundation.models import Upload, Via
from foundation.uploads import CheckedFile, upload_delete, upload_keep
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = TeamMember.Status

CONFIRM = Transition("confirmed what is shown", frozenset({S.ASKED, S.SHOWN, S.HIDDEN}), S.SHOWN, rules.is_that_person)
HIDE = Transition(
    "taken from the page about the team",
    frozenset({S.ASKED, S.SHOWN}),
    S.HIDDEN,
    rules.is_support_or_that_person,
    _lazy("Take off the page"),
)
ASK = Transition("asked to confirm", frozenset({S.HIDDEN}), S.ASKED, rules.is_support, _lazy("Ask again"))


@transaction.atomic
def propose(
    member: TeamMember, *, by: User, photo: CheckedFile | None = None, alt: str = "", changed: str = "", via: Via = Via.WEB
) -> None:
    """Save what could be shown of somebody, and ask them. The page keeps what they confirmed last."""
    if not rules.is_support(by):
        raise PermissionDenied("The support team proposes who stands on the page about the team.")
    is_new = member.pk is None
    if is_new:
        member.save()
    old = member.photo if photo else None
    if photo:
        # Until the person says yes, their picture is for them and for those who keep the page.
        member.photo = upload_keep(photo, owner=member.user, holder=member, audience="staff", alt=alt)
    elif member.photo and member.photo.alt != alt:
        Upload.objects.filter(pk=member.photo.pk).update(alt=alt)
    member.asked_to = member.words_mark
    member.save(update_fields=["role", "slug", "text", "photo", "position", "asked_to"])
    if old and old.pk != member.shown_photo_id:
        upload_delete(old)
    if is_new or changed:
        record("proposed for the page about the team", member, by=by, via=via, about=member.user, note=changed)
    if member.waits_for_a_word:
        emails.team_member_asked(member)


@transaction.atomic
def confirm(
    member: TeamMember, *, by: User, name: bool, text: bool, photo: bool, seen: str | None = None, via: Via = Via.WEB
) -> None:
    """Say what of the proposal is shown: the role always, name, words and picture as one likes."""
    now_held = held(member)
    refuse_unseen(now_held, seen)
    before = member.shown_photo
    shown: dict[str, Any] = {
        "shown_name": by.name if name else "",
        "shown_role": now_held.role,
        "shown_text": now_held.text if text else "",
        "shown_photo_id": now_held.photo_id if photo else None,
    }
    said = ", ".join(word for word, is_shown in (("name", name), ("text", text), ("photo", photo)) if is_shown)
    mark: dict[str, Any] = {"agreed_to": now_held.words_mark, "agreed_at": timezone.now()}
    apply(CONFIRM, member, by=by, via=via, about=member.user, history_note=said, **shown, **mark)
    if before and before.pk not in {member.photo_id, member.shown_photo_id}:
        upload_delete(before)
    _open_photo(member)


@transaction.atomic
def hide(member: TeamMember, *, by: User, via: Via = Via.WEB) -> None:
    """Take somebody off the page."""
    before = member.shown_photo
    apply(HIDE, member, by=by, via=via, about=member.user, **_nothing_shown())
    if before and before.pk != member.photo_id:
        upload_delete(before)
    _open_photo(member)


@transaction.atomic
def ask(member: TeamMember, *, by: User, via: Via = Via.WEB) -> None:
    """Ask somebody again who is not on the page."""
    apply(ASK, member, by=by, via=via, about=member.user)
    emails.team_member_asked(member)


@transaction.atomic
def keep_supporter(supporter: Supporter, *, by: User, logo: CheckedFile | None = None, alt: str = "", changed: str = "") -> None:
    """Save what the page says of a supporter."""
    supporter.save()
    old = supporter.logo if logo else None
    if logo:
        supporter.logo = upload_keep(logo, owner=by, holder=supporter, alt=alt)
        supporter.save(update_fields=["logo"])
    elif supporter.logo and supporter.logo.alt != alt:
        Upload.objects.filter(pk=supporter.logo.pk).update(alt=alt)
    if old:
        upload_delete(old)
    record("wrote of a supporter", supporter, by=by, note=changed)


def _nothing_shown() -> dict[str, Any]:
    return {"shown_name": "", "shown_role": "", "shown_text": "", "shown_photo_id": None, "agreed_to": "", "agreed_at": None}


def _open_photo(member: TeamMember) -> None:
    """A picture is everybody's while it is shown, and the team's otherwise."""
    if member.photo_id:
        is_shown = member.photo_id == member.shown_photo_id
        Upload.objects.filter(pk=member.photo_id).update(audience=Upload.HOLDER if is_shown else "staff")


MOVES: dict[str, tuple[Transition, Callable[..., Any]]] = {"hide": (HIDE, hide), "ask": (ASK, ask)}
