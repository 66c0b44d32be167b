"""What the people of the demo have written to each other so far."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One message: who wrote it, how many hours before the demo's first start, through which door."""

    author: str
    hours_ago: float
    text: str
    via: str = "web"


@dataclass(frozen=True)
class Conversation:
    """A private conversation of two people, named by their first names; the first line opens it."""

    subject: str
    between: tuple[str, str]
    lines: tuple[Line, ...]


CONVERSATIONS = [
    Conversation(
        "Your three questions",
        ("Tomasz", "Ngozi"),
        (
            Line(
                "Tomasz",
                172,
                "Ngozi, you wrote on your profile that you ask every family three questions. Would you tell me which three? I am drafting "
                "a grant agreement and would rather ask for those answers than for another forty-page report.",
            ),
            Line(
                "Ngozi",
                166,
                "Gladly. What did you come for? What changed? What should we stop doing?\n\nThe third took courage, and it is the one that "
                "pays. Last autumn it ended our Thursday queue, which nobody had liked and everybody had defended.",
                "mail",
            ),
            Line(
                "Tomasz",
                149,
                "The third is the one I would never have dared to put into a contract. May I use all three, with credit to the centres?",
            ),
            Line("Ngozi", 125, "Of course. Send me the clause when it is drafted and I will read it as a grantee would.", "mail"),
        ),
    ),
    Conversation(
        "A second pair of eyes on a small survey",
        ("Ngozi", "Priya"),
        (
            Line(
                "Ngozi",
                98,
                "Priya, we have 212 answers from parents and two people who believe opposite things about them. Could you spare half an "
                "hour to tell us which of the two arguments the numbers can carry?",
            ),
            Line(
                "Priya",
                75,
                "Happily. Before you send anything: take out names and centre, and tell me how many parents were asked in all. If it is "
                "more than 500, the honest answer may be that neither argument stands.",
                "mail",
            ),
            Line(
                "Ngozi", 51, "It was 460. So one of my colleagues may still sleep tonight. File follows on Monday, without names."
            ),
        ),
    ),
    Conversation(
        "Changing mayors",
        ("Caleb", "Desmond"),
        (
            Line(
                "Caleb",
                60,
                "We vote in three weeks, and whoever wins will want a programme with their own name on it. You have been through four of "
                "these from inside the town hall. What makes a new mayor keep something old?",
            ),
            Line(
                "Desmond",
                34,
                "A name that can be changed cheaply and a result that cannot. Give the partnership a plain title, let the new mayor "
                "announce next year's figure, and have the figure ready in week one.",
                "mail",
            ),
        ),
    ),
    Conversation(
        "Would you look at our board pack?",
        ("Aurélie", "Ngozi"),
        (
            Line(
                "Aurélie",
                20,
                "Dear Ngozi, our board meets on the 14th and for the first time I want to show them what we stopped doing, not only what "
                "we began. You have done this. Could I ring you for twenty minutes this week?",
                "mail",
            ),
        ),
    ),
    Conversation(
        "Volunteers in winter",
        ("Yusuf", "Hinemoa"),
        (
            Line(
                "Yusuf",
                44,
                "Hinemoa, you keep people far longer than we do. In İzmir we lose a third of our volunteers between November and February. "
                "What do you do when it gets dark early?",
            ),
            Line(
                "Hinemoa",
                31,
                "It is nearly summer here, so forgive me for smiling. We move the meeting to a kitchen. People who are hungry and cold "
                "come to a kitchen; nobody comes to a meeting room.",
                "mail",
            ),
            Line("Yusuf", 9, "We have a kitchen. We have never once used it for a meeting. I will report in March."),
        ),
    ),
    Conversation(
        "Welcome mail did not reach Leeds",
        ("Ngozi", "Marguerite"),
        (
            Line(
                "Ngozi",
                28,
                "Marguerite, a colleague of mine who was on your roster says she never heard from us. Is there anything I should tell her?",
            ),
            Line(
                "Marguerite",
                26,
                "Nothing is wrong: people on the roster are not written to until we invite them one by one. She is in Thursday's batch.",
            ),
            Line(
                "Ngozi",
                3,
                "Then I have made her nervous for nothing. Her name is Solveig, and she will have questions about time zones: she works nights.",
                "mail",
            ),
        ),
    ),
]
