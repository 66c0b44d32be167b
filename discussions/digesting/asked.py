"""What a digest tells besides conversations: sessions that close soon, prompts that opened, and whom one's words helped. All rows in one query."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Greatest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ambassadors.models import User
from correspondence.digests.sections import SINCE, UNTIL, Item, Target, mailed, rows_section
from discussions.asking.windows import until_in_words
from discussions.models import AskMeAbout, Follow, Post, PromptRound, Thanks, Thread
from foundation.desk import NoteRow, noted

if TYPE_CHECKING:
    from django.db.models import QuerySet

SEP = "\x1f"
SOON = timedelta(days=8)


def _closing(person: Any) -> QuerySet:
    """Sessions whose last days began within the span: each is told once, however often the digest comes."""
    sessions = AskMeAbout.objects.visible_to(person).open_now().annotate(soon=Greatest("opens_at", F("closes_at") - SOON))
    told = sessions.filter(~Q(pk__in=mailed(person, "session")), _not_muted(person), soon__gt=SINCE, soon__lte=UNTIL)
    rows = told.exclude(host=person.pk).annotate(line=_with_thread(_what_may_be_mailed(person, "about")))
    return noted(rows.order_by("closes_at", "pk"), "closing", label="thread__subject", word="line", at="closes_at")


def _closing_item(row: NoteRow) -> Item:
    thread, _sep, about = row.word.partition(SEP)
    return Item(
        title=row.label,
        url=reverse("discussions:ask-me-about-detail", args=[row.key]),
        note=_("open until %(when)s") % {"when": until_in_words(row.at)} if row.at else "",
        text=about,
        answer=Target("reply", Thread, int(thread)),
        talk=Target("reply", Thread, int(thread)),
    )


def _opened(person: Any) -> QuerySet:
    """Rounds that opened within the span, and in which the person has not said anything."""
    said = Post.objects.visible_to(person).filter(thread=OuterRef("thread"), author=person.pk)
    rounds = PromptRound.objects.visible_to(person).filter(
        _not_muted(person), ~Q(pk__in=mailed(person, "round")), ~Exists(said), status="open", thread__status="open"
    )
    rows = rounds.filter(opened_at__gt=SINCE, opened_at__lte=UNTIL).annotate(line=_with_thread("prompt__space__name"))
    return noted(rows.order_by("-opened_at", "-pk"), "prompts", label="prompt__title", word="line", at="opened_at")


def _opened_item(row: NoteRow) -> Item:
    thread, _sep, space = row.word.partition(SEP)
    return Item(
        title=row.label,
        url=Thread(pk=int(thread), subject=row.label).get_absolute_url(),
        where=space,
        answer=Target("reply", Thread, int(thread)),
        talk=Target("reply", Thread, int(thread)),
    )


def _helped(person: Any) -> QuerySet:
    """One's own posts for which somebody said thank you within the span, with how many did. Who it was stands nowhere."""
    new = Thanks.objects.visible_to(person).filter(post=OuterRef("pk"), at__gt=SINCE, at__lte=UNTIL)
    many = new.order_by().values("post").annotate(many=Count("pk")).values("many")
    posts = Post.objects.visible_to(person).filter(Exists(new), author=person.pk, status="shown")
    rows = posts.annotate(many=Coalesce(Subquery(many, output_field=IntegerField()), 0)).order_by("-many", "-pk")
    return noted(rows, "thanks", label="thread__subject", word="many")


def _helped_item(row: NoteRow) -> Item:
    many = int(row.word)
    said = ngettext("What you wrote there helped somebody.", "What you wrote there helped %(many)d people.", many)
    return Item(title=row.label, url=reverse("discussions:post-detail", args=[row.key]), text=said % {"many": many})


def _not_muted(person: Any) -> Any:
    """Rows of threads that the person has neither muted nor sits in a muted space of."""
    muted = Follow.objects.visible_to(person).filter(level__in=[Follow.Level.MUTED, Follow.Level.MENTIONS])
    return ~Exists(muted.filter(Q(thread=OuterRef("thread")) | Q(space=OuterRef("thread__space"))))


def _what_may_be_mailed(person: Any, field: str) -> Case:
    """The words of a conversation, where neither its space nor the reader keeps them out of mail: `rules.may_be_mailed_whole` in SQL."""
    reader = User.objects.filter(pk=person.pk, headlines_only=True)  # unscoped: the reader
    return Case(When(Q(thread__space__headlines_only=True) | Exists(reader), then=Value("")), default=F(field))


def _with_thread(field: str | Case) -> Concat:
    return Concat(Cast("thread", CharField()), Value(SEP), field, output_field=CharField())


rows_section(
    "closing", title=gettext_lazy("Ask Me About: closing soon"), weight=30, rows=_closing, item=_closing_item, kind="asking_closing"
)
rows_section("prompts", title=gettext_lazy("Working out loud"), weight=35, rows=_opened, item=_opened_item, kind="prompt_opened")
rows_section("thanks", title=gettext_lazy("What helped"), weight=80, rows=_helped, item=_helped_item)
