"""Peer review: rounds, who is asked, what they write, and what the authors say to it.

Everything passes under the lock of the product, one after the other, as the steps of its road do (products/road/workflow.py).
"""

from products.reviewing.workflow.answering import answer_comment
from products.reviewing.workflow.asking import (
    MOST_REMINDERS,
    accept,
    decline,
    invite,
    remind,
    send_again,
    substitute,
    withdraw_invitation,
)
from products.reviewing.workflow.commenting import change_comment, comment, comment_on_draft, withdraw_comment
from products.reviewing.workflow.rounds import close_round, lower_needed, move_due, open_round
from products.reviewing.workflow.writing import save_review, submit_review

__all__ = [
    "MOST_REMINDERS",
    "accept",
    "answer_comment",
    "change_comment",
    "close_round",
    "comment",
    "comment_on_draft",
    "decline",
    "invite",
    "lower_needed",
    "move_due",
    "open_round",
    "remind",
    "save_review",
    "send_again",
    "submit_review",
    "substitute",
    "withdraw_comment",
    "withdraw_invitation",
]
