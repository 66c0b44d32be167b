"""What moderation adds to threads and posts: buttons for those who may press them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, TextField, Value, When
from django.db.models.functions import JSONObject
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from discussions.acts import MOST_KEPT, Act, Acts, post_acts, post_facts, post_parts, thread_acts, thread_facts
from discussions.addresses import Site, address, this_site
from discussions.models import Block, Participant, Thread
from discussions.moderation import rules
from discussions.moderation.history import last_note_of
from discussions.moderation.workflow import HIDE_POST, LOCK

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Post

# Said once: two labels that are yet to be translated are compared by translating both.
REPORT, HIDE, RESTORE, SPLIT = _("Report"), _("Hide…"), _("Restore"), _("Split from here…")


def report_them(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, Iterable[Act]]:
    """A way to report what others said."""
    site = this_site()
    return {post.id: _report(post.id, site) for post in posts if rules.may_report(reader, post)}


@lru_cache(maxsize=MOST_KEPT)
def _report(pk: int, site: Site) -> Acts:
    return Acts([Act(REPORT, address("post-report", pk, site), "flag", weight=90)])


def hide_them(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, Iterable[Act]]:
    """For whoever leads the space: to hide what is shown, and to restore what was hidden."""
    if not rules.leads_thread(reader, thread):
        return {}
    ways = {
        "shown": lambda pk: Act(HIDE, address("post-hide", pk), "eye-off", weight=80),
        "hidden": lambda pk: Act(RESTORE, address("post-restore", pk), "eye", posts=True, weight=80),
    }
    found = {post.pk: [ways[post.status](post.pk)] for post in posts if post.status in ways}
    if rules.can_be_rearranged(thread):
        split = reverse("discussions:thread-split", args=[thread.pk])
        for post in posts:
            if post.number > 1:
                found.setdefault(post.pk, []).append(Act(SPLIT, f"{split}?from={post.number}", "split", weight=85))
    return found


def keep_order(reader: User, thread: Thread) -> Iterator[Act]:
    """For whoever leads the space: what can be done with the thread as a whole."""
    if not rules.leads_thread(reader, thread):
        return
    for word, icon, label, presses, states in WAYS:
        if thread.status in states and _makes_sense(word, thread):
            yield Act(label, reverse(f"discussions:thread-{word}", args=[thread.pk]), icon, posts=presses, weight=70)


def stop_messages(reader: User, thread: Thread) -> Iterator[Act]:
    """In a private conversation of two: to take no more messages from the other one, or to look at whom one has blocked."""
    others = getattr(thread, "seated", [])
    if not thread.is_private or len(others) != 1:
        return
    if getattr(thread, "is_blocked", False):
        yield Act(_("Take their messages again"), reverse("discussions:block-remove", args=others), "bell", posts=True, weight=80)
    else:
        yield Act(_("Take no more messages"), reverse("discussions:block-add", args=others), "bell-off", posts=True, weight=80)


def seated(reader: Any) -> Any:
    """Who else sits in it."""
    others = Participant.objects.filter(thread=OuterRef("pk")).exclude(person=reader.pk)
    return ArraySubquery(others.order_by("seat").values("person"))


def is_blocked(reader: Any) -> Any:
    """Whether the reader takes no messages from somebody who sits in the thread."""
    seats = Participant.objects.filter(thread=OuterRef(OuterRef("pk"))).values("person")
    return Exists(Block.objects.visible_to(reader).filter(blocked__in=seats))


def _makes_sense(word: str, thread: Thread) -> bool:
    if word in PINNING:
        return (word == "unpin") == (thread.pinned_at is not None)
    return word not in REARRANGING or rules.can_be_rearranged(thread)


KIN = 20
STANDING = frozenset({"open", "locked"})
PINNING = {"pin", "unpin"}
REARRANGING = {"move", "split", "merge"}
WAYS = [
    ("pin", "pin", _("Pin to the top"), True, STANDING),
    ("unpin", "pin-off", _("Unpin"), True, STANDING),
    ("lock", "lock", _("Lock…"), False, frozenset({"open"})),
    ("unlock", "lock-open", _("Unlock"), True, frozenset({"locked"})),
    ("hide", "eye-off", _("Hide…"), False, STANDING),
    ("restore", "eye", _("Restore"), True, frozenset({"hidden"})),
    ("move", "folder-input", _("Move…"), False, STANDING),
    ("split", "split", _("Split…"), False, STANDING),
    ("merge", "merge", _("Merge…"), False, STANDING),
    ("history", "history", _("What was done here"), False, STANDING | {"hidden", "preparing"}),
]


def why_hidden(reader: Any) -> Any:
    """Of a hidden post, the reason that was given last."""
    return Case(When(status="hidden", then=last_note_of("post", HIDE_POST.name)), default=Value(""), output_field=TextField())


def why_locked(reader: Any) -> Any:
    """Of a locked thread, the word to its readers."""
    return Case(When(status="locked", then=last_note_of("thread", LOCK.name)), default=Value(""), output_field=TextField())


def kin_of_thread(reader: Any) -> Any:
    """Where it was split from, what was split off, and what was merged into it, as far as the reader sees those."""
    kin = Q(pk=OuterRef("split_from")) | Q(split_from=OuterRef("pk")) | Q(merged_into=OuterRef("pk"))
    rows = Thread.objects.visible_to(reader).filter(kin).exclude(status="hidden").order_by("pk")
    told = JSONObject(pk="pk", subject="subject", split_from="split_from", merged_into="merged_into")
    return ArraySubquery(rows.values(told=told)[:KIN])


def say_why_hidden(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, SafeString]:
    """To those who may still read a hidden post: that it is hidden, and why."""
    return {
        post.pk: mark_safe(render_to_string("discussions/moderation/_why_hidden.html", {"reason": getattr(post, "why_hidden", "")}))  # noqa: S308  a template's output
        for post in posts
        if post.status == "hidden"
    }


post_facts.add("why_hidden", why_hidden)
thread_facts.add("why_locked", why_locked)
thread_facts.add("seated", seated)
thread_facts.add("is_blocked", is_blocked)
thread_acts.add("stop messages", stop_messages)
thread_facts.add("kin", kin_of_thread)
post_parts.add("why hidden", say_why_hidden)
post_acts.add("report", report_them)
post_acts.add("hide", hide_them)
thread_acts.add("keep order", keep_order)
