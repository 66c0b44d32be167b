"""Letters from outside: two that wait for the team of the demo, one that was answered, one that needed no answer."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from community.contact import workflow
from community.models import ContactMessage

LETTERS = [
    (
        "Renske Dijkhuis",
        "renske@housing.tidemark.example",
        "Your questions for tenants",
        (
            "We let 900 homes and would like to know what living in them does for people, not only whether the boiler works. "
            "May we look at the questions you use, and is there somebody who tried them with tenants?"
        ),
        timedelta(hours=5),
    ),
    (
        "Baptiste Nkemelu",
        "b.nkemelu@radio.tidemark.example",
        "An interview for our programme on hospitals",
        (
            "On the ninth we speak about waiting in hospitals. Is there an ambassador who would tell in ten minutes what changed "
            "when a ward began to ask its patients? We can come to you."
        ),
        timedelta(days=1, hours=3),
    ),
    (
        "Solveig Aune",
        "solveig@library.tidemark.example",
        "How does one become an ambassador?",
        "I run a library in a small town and recognise what you write on your first page. Can I put myself forward?",
        timedelta(days=6),
    ),
    (
        "Tidewater Print",
        "offers@print.tidemark.example",
        "Leaflets at half the price",
        "Two thousand leaflets for the price of one thousand until the end of the month.",
        timedelta(days=9),
    ),
]
ANSWER = (
    "Dear Solveig, nobody puts themselves forward here, and that is on purpose: an ambassador who knows your work does it. "
    "Look through the directory for somebody near you or in your field, and write to them. We would be glad to meet you that way."
)


def letters_from_outside(*, by: User) -> None:
    """Write them through the form's own way in, and put them where they belong in time."""
    messages = [_written(number, letter) for number, letter in enumerate(LETTERS)]
    workflow.answer(messages[2], by=by, words=ANSWER)
    workflow.close(messages[3], by=by)


def _written(number: int, letter: tuple[str, str, str, str, timedelta]) -> ContactMessage:
    name, address, subject, words, ago = letter
    message = workflow.take(nonce=f"demo-{number}", name=name, address=address, to=None, subject=subject, words=words)
    ContactMessage.objects.filter(pk=message.pk).update(received_at=timezone.now() - ago)
    return message
