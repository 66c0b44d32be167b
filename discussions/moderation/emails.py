"""What moderation says by mail. No mail repeats the words that somebody reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from correspondence.kinds import Kind, kinds
from discussions.models import Post, Report, Thread
from discussions.moderation import rules
from discussions.moderation.history import last_line
from discussions.moderation.workflow import HIDE_POST, HIDE_THREAD

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _report(mail: OutgoingMail) -> Report | None:
    return Report.objects.filter(pk=mail.about["report"]).select_related("handler").first()


def still_waits(mail: OutgoingMail) -> bool:
    """While nobody has taken it in hand, and its reader handles it."""
    found = _report(mail)
    return found is not None and found.status == Report.Status.OPEN and rules.handles(mail.person, found)


def filed_context(mail: OutgoingMail) -> dict[str, Any]:
    """Why it was reported, and where."""
    found = _report(mail)
    assert found is not None  # noqa: S101  asked just before
    return {"reason": found.get_reason_display(), "url": settings.SITE_URL + found.get_absolute_url()}


def is_settled(mail: OutgoingMail) -> bool:
    """While there is an outcome, and its reader is the one who reported."""
    found = _report(mail)
    return found is not None and bool(found.outcome) and found.reporter_id == mail.person_id


def settled_context(mail: OutgoingMail) -> dict[str, Any]:
    """What the handler wrote."""
    found = _report(mail)
    assert found is not None  # noqa: S101  asked just before
    handler = found.handler.shown_name if found.handler else _("The support team")
    return {"handler": handler, "outcome": found.outcome, "url": settings.SITE_URL + found.get_absolute_url()}


def _hidden_thread(mail: OutgoingMail) -> Thread | None:
    rows = Thread.objects.filter(pk=mail.about["thread"], status="hidden", started_by=mail.person)
    return rows.select_related("space").first()


def _hidden_post(mail: OutgoingMail) -> Post | None:
    """While it is hidden; where it stands in a thread that the author may (still) see."""
    return (
        Post.objects.visible_to(mail.person).filter(pk=mail.about["post"], status="hidden", author=mail.person).first()
        if mail.person
        else None
    )


def thread_hidden_context(mail: OutgoingMail) -> dict[str, Any]:
    """Which one, and why."""
    thread = _hidden_thread(mail)
    assert thread is not None  # noqa: S101  asked just before
    line = last_line(thread, HIDE_THREAD.name)
    return {"subject": thread.subject, "space": str(thread.space), "reason": line.note if line else ""}


def post_hidden_context(mail: OutgoingMail) -> dict[str, Any]:
    """Which one, and why. Its author reads it where it stood."""
    post = _hidden_post(mail)
    assert post is not None  # noqa: S101  asked just before
    line = last_line(post, HIDE_POST.name)
    return {"subject": post.thread.subject, "reason": line.note if line else "", "url": settings.SITE_URL + post.get_absolute_url()}


def _link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    return str(context.get("url", ""))


def add(
    name: str,
    label: Any,
    description: Any,
    context: Callable[[OutgoingMail], dict[str, Any]],
    sample: dict[str, Any],
    **options: Any,
) -> None:
    """Register one kind of mail, with what its reader sees in a preview."""
    kinds.add(
        name,
        Kind(
            name,
            label,
            context,
            lambda: dict(sample),
            description=description,
            optional=False,
            link=_link,
            **{"placeholders": tuple(sample)} | options,
        ),
    )


add(
    "report_filed",
    _("For those who handle reports"),
    _("When somebody reports a post that you are to look at."),
    filed_context,
    {"reason": _("It is unkind, or attacks somebody"), "url": f"{settings.SITE_URL}/reports/7/"},
    still_wanted=still_waits,
    required=("url",),
)
add(
    "report_settled",
    _("What came of your report"),
    _("When somebody has looked at a post that you reported."),
    settled_context,
    {
        "handler": "Maya Okafor",
        "outcome": _("Thank you for telling us. I talked with the author, who has changed the sentence."),
        "url": f"{settings.SITE_URL}/reports/7/",
    },
    still_wanted=is_settled,
    required=("outcome",),
)
add(
    "thread_hidden",
    _("A conversation of yours was hidden"),
    _("When a facilitator takes a conversation that you began out of sight, with the reason."),
    thread_hidden_context,
    {"subject": _("Who pays for the bus?"), "space": _("Everyday questions"), "reason": _("It names a family.")},
    still_wanted=lambda mail: _hidden_thread(mail) is not None,
    required=("reason",),
)
add(
    "post_hidden",
    _("A post of yours was hidden"),
    _("When a facilitator takes a post of yours out of sight, with the reason."),
    post_hidden_context,
    {
        "subject": _("Who pays for the bus?"),
        "reason": _("It names a family. Without the name it can stand."),
        "url": f"{settings.SITE_URL}/discussions/posts/7/",
    },
    still_wanted=lambda mail: _hidden_post(mail) is not None,
    required=("reason",),
)
