"""What a reader gets of a community review: the text, who said what, and how many stand where. Nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation import footnotes
from foundation.richtext import to_plain
from products.models import CommunityReview, Edition, EditionFile, EditionPart, EditionRevision, Opinion
from products.window import rules
from products.window.forms import AnswerForm, OverrideForm, ReopenForm, WordsForm
from products.window.workflow import may_reopen

if TYPE_CHECKING:
    from ambassadors.models import User

MAILED_AT_MOST = 40_000  # characters of a text that goes out as a mail
MOST = 1000  # opinions on one page: a few hundred ambassadors have one each
LISTED, LATELY = 50, 10
K, S = Opinion.Kind, Opinion.Status


@dataclass(frozen=True)
class MailedPart:
    """One part of the text, as a mail shows it."""

    title: str
    html: SafeString | str
    plain: str


@dataclass(frozen=True)
class ShownPart:
    """One part of the text on the page: `slug` is its place there."""

    slug: str
    title: str
    html: SafeString


@dataclass(frozen=True)
class Counts:
    """How many said what, of those who have not taken it back; `waiting` are the objections without an answer."""

    stands: int
    suggests: int
    objects: int
    waiting: int


def parts_for_mail(edition: Edition) -> list[MailedPart]:
    """The text part by part, with the notes of each; nothing where it is too long for a mail."""
    parts = list(EditionPart.objects.filter(edition=edition).order_by("position", "pk"))
    if sum(len(part.body) for part in parts) > MAILED_AT_MOST:
        return []
    return [_for_mail(part) for part in parts if to_plain(part.body)]


def _for_mail(part: EditionPart) -> MailedPart:
    return MailedPart(part.title, footnotes.web(part.body, prefix=f"{part.slug}-", text=part.title), footnotes.plain(part.body))


def counts_of(window: CommunityReview, reader: User) -> Counts:
    """How many stand where, in one query."""
    standing: Any = Opinion.objects.visible_to(reader).standing().filter(window=window)
    return Counts(
        **standing.aggregate(
            stands=Count("pk", filter=Q(kind=K.STANDS)),
            suggests=Count("pk", filter=Q(kind=K.SUGGESTS)),
            objects=Count("pk", filter=Q(kind=K.OBJECTS)),
            waiting=Count("pk", filter=Q(kind=K.OBJECTS, status=S.OPEN)),
        )
    )


@dataclass(frozen=True)
class Shown:
    """What one ambassador said, and what the reader may do about it."""

    opinion: Opinion
    who: str
    profile: str
    is_own: bool
    answer: AnswerForm | None
    override: OverrideForm | None
    reopen: ReopenForm | None
    may_settle: bool


def page_for(window: CommunityReview, reader: User, forms: dict[tuple[int, str], WordsForm]) -> dict[str, Any]:
    """All that the page shows its reader; `forms` are those that were sent and could not be done, by opinion and field."""
    edition = window.edition
    is_read = Edition.objects.visible_to(reader).filter(pk=edition.pk).exists()
    said = _said(window, reader)
    shown = [one for one in said if one.status != S.WITHDRAWN]
    cards = _cards(window, reader, shown, forms)
    return {
        "window": window,
        "edition": edition,
        "title": edition.title if is_read else title_then(window),
        "is_read": is_read,
        "follows": Edition.objects.followed_by(reader).filter(pk=edition.pk).exists(),
        "parts": _parts(edition, reader) if is_read else [],
        "files": list(EditionFile.objects.visible_to(reader).newest().filter(edition=edition).select_related("upload")),
        "may_speak": rules.may_speak(reader, window),
        "own": next((one for one in said if one.person_id == reader.pk), None),
        "objections": [card for card in cards if card.opinion.kind == K.OBJECTS],
        "suggestions": [card for card in cards if card.opinion.kind == K.SUGGESTS],
        "standing": [card for card in cards if card.opinion.kind == K.STANDS and card.opinion.words],
        "names": [card for card in cards if card.opinion.kind == K.STANDS and not card.opinion.words],
        "number": len(shown),
    }


def title_then(window: CommunityReview) -> str:
    """What it was called when it was presented: its words of now are its makers' again."""
    kept = EditionRevision.objects.filter(edition=window.edition_id, number=window.revision).values_list(
        "content__title", flat=True
    )
    return str(kept.first() or "")


def _said(window: CommunityReview, reader: User) -> list[Opinion]:
    """What was said of this edition, in the order in which it was said; earlier community reviews of it count, too."""
    rows = Opinion.objects.visible_to(reader).filter(Q(window=window) | Q(window__edition=window.edition_id, kind=K.OBJECTS))
    people = rows.select_related("person__ambassador", "answered_by", "overridden_by")
    return list(people.order_by("at", "pk")[:MOST])


def _cards(window: CommunityReview, reader: User, said: list[Opinion], forms: dict[tuple[int, str], WordsForm]) -> list[Shown]:
    """Who may do what is asked once for all of them: it is the same edition."""
    for one in said:
        one.window = window
    stranger = Opinion(window=window)
    answers, overrides = rules.may_answer(reader, stranger), rules.may_override(reader, stranger)
    return [_card(one, reader, forms, answers=answers, overrides=overrides) for one in said]


def _card(one: Opinion, reader: User, forms: dict[tuple[int, str], WordsForm], *, answers: bool, overrides: bool) -> Shown:
    is_own, is_open, objects = rules.is_own(reader, one), one.status == S.OPEN, one.kind == K.OBJECTS
    return Shown(
        opinion=one,
        who=one.person.shown_name if one.person else _("a former member"),
        profile=_profile(one.person),
        is_own=is_own,
        answer=_form(AnswerForm, one, "answer", forms) if answers and is_open and not is_own and one.kind != K.STANDS else None,
        override=_form(OverrideForm, one, "reason", forms) if overrides and is_open and not is_own and objects else None,
        reopen=_form(ReopenForm, one, "words", forms) if is_own and may_reopen(one) else None,
        may_settle=is_own and one.status == S.ANSWERED and one.settled_at is None,
    )


def _form(of: type[Any], one: Opinion, field: str, forms: dict[tuple[int, str], WordsForm]) -> Any:
    """A new form, or the one that was sent, which from now on speaks of what stands there now."""
    sent = forms.get((one.pk, field))
    if sent is None:
        return of(one)
    sent.say_of_what_stands_there(one)
    return sent


def _profile(person: User | None) -> str:
    ambassador = getattr(person, "ambassador", None) if person and person.is_credited else None
    return ambassador.get_absolute_url() if ambassador is not None and ambassador.status in {"active", "paused"} else ""


def _parts(edition: Edition, reader: User) -> list[ShownPart]:
    parts = EditionPart.objects.visible_to(reader).filter(edition=edition).order_by("position", "pk")
    return [ShownPart(part.slug, part.title, footnotes.web(part.body, prefix=f"{part.slug}-", text=part.title)) for part in parts]


def list_for(reader: User) -> dict[str, Any]:
    """The open ones, those that close first at the top, with whether the reader has spoken; and the last that were open."""
    mine = Opinion.objects.visible_to(reader).standing().filter(window=OuterRef("pk"), person=reader.pk)
    rows: Any = CommunityReview.objects.visible_to(reader).select_related("edition__product").annotate(has_spoken=Exists(mine))
    out = Q(edition__status__in=["community review", "approved", "published", "retired"], edition__is_withdrawn=False)
    return {
        "open": list(rows.open().order_by("closes_at", "pk")[:LISTED]),
        "over": list(rows.filter(out, closes_at__lte=timezone.now()).order_by("-closes_at", "-pk")[:LATELY]),
    }
