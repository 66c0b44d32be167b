"""Prompts on the facilitator's morning page: which rounds lack people who answer first, and which answers wait for a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discussions.models import PromptRound
from discussions.morning import MOST, Line, Part, Source, morning, one_of_a_thread, one_page
from discussions.prompts.desk import LINE_UP_DAYS
from discussions.querysets.follow_ups import answers_to_look_at

if TYPE_CHECKING:
    from ambassadors.models import User


def part(reader: User) -> Part | None:
    """The rounds of the next days in the reader's spaces with too few who agreed, and those that wait for a word."""
    rounds = PromptRound.objects.led_by(reader).to_line_up(timezone.now() + LINE_UP_DAYS)
    lines, has_more = one_page(
        [_line(one) for one in rounds.select_related("prompt__space").order_by("opens_at", "pk")[: MOST + 1]]
    )
    return Part(
        gettext_lazy("Prompts to line up"),
        gettext_lazy("Every prompt of the next days has people who will answer first."),
        lines,
        text=gettext_lazy("Ask two to five people beforehand, so that nobody who comes meets an empty room."),
        url=reverse("discussions:prompt-list"),
        action=gettext_lazy("All prompts"),
        has_more=has_more,
    )


def _line(one: PromptRound) -> Line:
    lacking = max(0, one.prompt.minimum - getattr(one, "willing", 0))
    is_held = one.status == PromptRound.Status.HELD
    short = ngettext("%d more needed", "%d more needed", lacking) % lacking
    return Line(
        one.prompt.title,
        one.get_absolute_url(),
        str(one.prompt.space),
        _("did not open, and waits for you") if is_held else short,
        one.opens_at,
        pressing=is_held,
    )


def answers(reader: User) -> Part | None:
    """The answers to prompts in the reader's spaces of which nothing has been decided yet, a line for each round, the oldest first."""
    posts = one_of_a_thread(answers_to_look_at(reader), latest=False)
    posts = posts.select_related("thread__space", "thread__prompt_round", "author").order_by("posted_at", "pk")[: MOST + 1]
    lines, has_more = one_page([_answer(post) for post in posts])
    return Part(
        gettext_lazy("Answers to follow up"),
        gettext_lazy("You have looked at every answer."),
        lines,
        text=gettext_lazy(
            "Connect two people, share something, ask later how it went, celebrate, or help; or say that nothing is needed."
        ),
        url=reverse("discussions:follow-up-list"),
        action=gettext_lazy("The follow-up desk"),
        has_more=has_more,
    )


def _answer(post: Any) -> Line:
    subject, space = post.thread.subject, str(post.thread.space)
    if post.in_thread > 1:
        one = getattr(post.thread, "prompt_round", None)
        url = reverse("discussions:follow-up-list") + (f"?prompt={one.prompt_id}" if one else "")
        title = _("%(number)d answers in “%(subject)s”") % {"number": post.in_thread, "subject": subject}
        return Line(title, url, space, _("the oldest is from"), post.posted_at)
    name = post.author.shown_name if post.author else _("a former member")
    url = reverse("discussions:follow-up-start", args=[post.pk])
    return Line(_("%(name)s in “%(subject)s”") % {"name": name, "subject": subject}, url, space, "", post.posted_at)


morning.add("prompts", Source(part, weight=30))
morning.add("answers to prompts", Source(answers, weight=31))
