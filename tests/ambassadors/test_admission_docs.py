"""The diagram in docs/ is drawn from the table of moves."""

import os
import re

from ambassadors.inviting import workflow as inviting
from ambassadors.models import Invitation, Nomination
from ambassadors.nominations import moves
from tests.sources import ROOT

DOCS = ROOT / "docs" / "admission.md"
BLOCK = re.compile(r"(<!-- moves of nominations -->\n).*?(<!-- end -->)", re.DOTALL)


def name_of(state: str) -> str:
    return state.replace(" ", "_")


def diagram() -> str:
    """The moves as a Mermaid state diagram, in the order of the table."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {name_of(state.value)}: {state.label}" for state in Nomination.Status]
    lines += [f"    [*] --> {name_of(state)}" for state in ("prospect", "draft")]
    lines += [
        f"    {name_of(source)} --> {name_of(move.target)}: {move.name.replace(': ', ', ')}"
        for move in moves.MOVES
        for source in sorted(move.sources)
    ]
    return "\n".join([*lines, "```", ""])


def test_the_diagram_of_nominations_is_that_of_the_table():
    if os.environ.get("WRITE_DOCS"):
        DOCS.write_text(BLOCK.sub(lambda found: found[1] + diagram() + found[2], DOCS.read_text()))

    assert BLOCK.search(DOCS.read_text())[0] == f"<!-- moves of nominations -->\n{diagram()}<!-- end -->"


def test_every_state_but_the_first_ones_is_reached_and_named():
    reached = {move.target for move in moves.MOVES} | {Nomination.Status.PROSPECT, Nomination.Status.DRAFT}

    assert reached == set(Nomination.Status)


INVITATIONS = re.compile(r"(<!-- moves of invitations -->\n).*?(<!-- end -->)", re.DOTALL)


def diagram_of_invitations() -> str:
    """The moves of an invitation, each once, by whomever it is made."""
    lines = ["```mermaid", "stateDiagram-v2", *(f"    {state.value}: {state.label}" for state in Invitation.Status)]
    lines.append("    [*] --> waiting")
    lines += [f"    {source} --> {move.target}: {move.name}" for move in inviting.MOVES for source in sorted(move.sources)]
    return "\n".join([*lines, "```", ""])


def test_the_diagram_of_invitations_is_that_of_the_table():
    if os.environ.get("WRITE_DOCS"):
        DOCS.write_text(INVITATIONS.sub(lambda found: found[1] + diagram_of_invitations() + found[2], DOCS.read_text()))

    assert INVITATIONS.search(DOCS.read_text())[0] == f"<!-- moves of invitations -->\n{diagram_of_invitations()}<!-- end -->"
