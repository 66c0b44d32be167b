"""The conversation pieces that a new community starts with, until it says otherwise."""

from __future__ import annotations

from django.db import transaction

from discussions.models import Piece

S = Piece.Stage
PIECES = [
    (
        S.ARRIVING,
        "The name behind the name",
        "What would you like us to call you, and is there a story to it? If there is none, tell us about the place you write from.",
    ),
    (
        S.ARRIVING,
        "The road here",
        "Which turn in your working life did you not plan, and are glad of? Two or three lines are enough.",
    ),
    (
        S.ARRIVING,
        "On my desk",
        "Name one thing within arm's reach that says something about your work. A picture of it is welcome, tidying up is not needed.",
    ),
    (
        S.ARRIVING,
        "Ask me, and I will ask you",
        "Finish both sentences: “You can ask me about …” and “I would like to ask somebody about …”.",
    ),
    (
        S.ARRIVING,
        "What made you say yes",
        "What did you hope for when you agreed to join? Keep it short, and keep it honest; we will look at it again in a year.",
    ),
    (
        S.GETTING_GOING,
        "One thing that worked",
        "Tell us one small thing that worked this month, and what you think it was that made it work.",
    ),
    (
        S.GETTING_GOING,
        "Borrowed and bent",
        "Which idea did you take from somebody else and change until it fitted? What did you have to bend?",
    ),
    (
        S.GETTING_GOING,
        "The question before the plan",
        "Think of something you are about to begin. Which question would you like to have answered before you do?",
    ),
    (
        S.GETTING_GOING,
        "A form I would burn",
        "Which form, report or meeting costs you most and gives least? What would happen if it were gone tomorrow?",
    ),
    (
        S.GETTING_GOING,
        "Teach us in five lines",
        "Explain one thing you know well to somebody who starts on Monday. Five lines, no long words.",
    ),
    (
        S.GETTING_GOING,
        "Two doors",
        "You stand before a decision with two doors. What is behind each, and which way do you lean today?",
    ),
    (
        S.FULL_SWING,
        "It did not work",
        "What did you try that did not work, and what do you know now that you did not know then? Nobody here keeps a score.",
    ),
    (
        S.FULL_SWING,
        "Where I am stuck",
        "Name one place where you are stuck, in one sentence. Whoever has been in that place answers with one sentence too.",
    ),
    (
        S.FULL_SWING,
        "What the figures did not say",
        "Which number did you look at lately that told you less than a conversation did? What did you hear instead?",
    ),
    (
        S.FULL_SWING,
        "The person who changed my mind",
        "Who changed your mind about something this year, and how did they go about it?",
    ),
    (
        S.FULL_SWING,
        "Money out loud",
        "What does a thing really cost that you are asked to do for less? Give the figure if you can, the proportion if you cannot.",
    ),
    (
        S.FULL_SWING,
        "An hour given back",
        "If you got one hour a week back, which one would it be, and what would stand in its place?",
    ),
    (
        S.FULL_SWING,
        "Read, seen, heard",
        "Something you read, saw or heard that you would hand to a friend in the same seat. Say in a line why.",
    ),
    (
        S.FULL_SWING,
        "Those who are not in the room",
        "Whose view is missing when you decide? What did you do, or could you do, to hear it?",
    ),
    (
        S.TAKING_STOCK,
        "Keep, drop, begin",
        "Of what we do together here: one thing to keep, one to drop, one to begin.",
    ),
    (
        S.TAKING_STOCK,
        "Half a year later",
        "Look at something you said here some months ago. What became of it?",
    ),
    (
        S.TAKING_STOCK,
        "Thanks that are due",
        "Whom in this group do you owe a thank you, and for what? Say it here, or write to them alone.",
    ),
    (
        S.TAKING_STOCK,
        "What I do differently now",
        "One habit of yours that changed because of something that was said here. Small ones count most.",
    ),
    (
        S.PARTING,
        "What I take with me",
        "When this group ends: which sentence, which tool, which person do you take with you?",
    ),
    (
        S.PARTING,
        "A note to whoever comes next",
        "Somebody will begin something like this again. What should they know on the first day?",
    ),
]


@transaction.atomic
def fill_pieces() -> int:
    """Fill the library where it is empty, and return how many pieces it got."""
    if Piece.objects.exists():
        return 0
    rows = [Piece(stage=stage, title=title, words=words, position=n) for n, (stage, title, words) in enumerate(PIECES, start=1)]
    return len(Piece.objects.bulk_create(rows))
