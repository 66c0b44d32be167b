"""Canaries in a series of prompts, and in what people were asked beforehand and said to it."""

from __future__ import annotations

from discussions import workflow
from discussions.models import Piece, PieceUse, PromptBreak, PromptRound
from discussions.prompts import following_up, lineup, rounds
from tests import make
from tests.discussions import making, prompting
from tests.leaks import MEMBERS, Garden


def plant(garden: Garden) -> None:
    """A series in a closed micro-community of the ambassador's: those outside it hear nothing of it, staff included."""
    leader = garden.cast.ambassador
    space = making.micro(leader, name="Evening school")
    friend = making.join(space, make.ambassador("Petra Prompt"))
    prompt = prompting.series(
        space,
        leader,
        title=garden.canary("discussions.Prompt.title", "ambassador"),
        text=f"<p>{garden.canary('discussions.Prompt.text', 'ambassador')}</p>",
    )
    PromptBreak.objects.create(
        prompt=prompt,
        first_day="2030-02-01",
        last_day="2030-02-14",
        name=garden.canary("discussions.PromptBreak.name", "ambassador"),
    )
    piece = Piece.objects.create(
        title=garden.canary("discussions.Piece.title", *MEMBERS),
        words=garden.canary("discussions.Piece.words", *MEMBERS),
        source_note=garden.canary("discussions.Piece.source_note", *MEMBERS),
    )
    PieceUse.objects.create(piece=piece, prompt=prompt, by=leader)  # who sees that it was used here, sees the name of the space
    garden.pages.append("/discussions/prompts/pieces/")
    one = prompting.next_round(prompt)
    PromptRound.objects.filter(pk=one.pk).update(text=f"<p>{garden.canary('discussions.PromptRound.text', 'ambassador')}</p>")
    responder = lineup.ask(one, friend, by=leader, note=garden.canary("discussions.Responder.note"))
    lineup.decline(responder, by=friend, word=garden.canary("discussions.Responder.word", "ambassador"))
    thread = rounds.open_now(prompting.next_round(prompting.series(space, leader, title="Evening bench", minimum=0)), by=leader)
    post = workflow.reply(thread, by=friend, body=garden.canary("discussions.Post.body", "ambassador"))
    following_up.plan(post, by=leader, kind="ask", text=garden.canary("discussions.FollowUp.text", "ambassador"))
    garden.pages += [thread.get_absolute_url(), "/discussions/follow-ups/", f"/discussions/posts/{post.pk}/follow-up/"]
    garden.pages += [prompt.get_absolute_url(), one.get_absolute_url(), responder.get_absolute_url()]
