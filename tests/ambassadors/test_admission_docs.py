"""The diagrams in docs/ are drawn from the tables of moves. Run with WRITE_DOCS=1, these tests write them anew."""

from __future__ import annotations

import os
import re

import pytest

from ambassadors.inviting import workflow as inviting
from ambassadors.models import Concern, Invitation, Nomination, Slate, VettingAssignment
from ambassadors.nominations import moves
from ambassadors.slates import workflow as slates
from ambassadors.vetting import moves as vetting
from tests.sources import ROOT

DOCS = ROOT / "docs" / "admission.md"
# What moves, its states, the states in which one begins, and the moves.
TABLES = {
    "nominations": (Nomination.Status, ("prospect", "draft"), moves.MOVES),
    "assignments": (VettingAssignment.Status, ("assigned",), vetting.ASSIGNMENT_MOVES),
    "concerns": (Concern.Status, ("open",), vetting.CONCERN_MOVES),
    "slates": (Slate.Status, ("draft",), (slates.OPEN, slates.CLOSE, slates.CLOSE_BY_CLOCK)),
    "invitations": (Invitation.Status, ("waiting",), inviting.MOVES),
}


def named(state: str) -> str:
    return state.replace(" ", "_")


def diagram(of: str) -> str:
    """The moves as a Mermaid state diagram, in the order of the table."""
    states, beginnings, table = TABLES[of]
    lines = ["```mermaid", "stateDiagram-v2", *(f"    {named(state.value)}: {state.label}" for state in states)]
    lines += [f"    [*] --> {named(state)}" for state in beginnings]
    lines += [
        f"    {named(source)} --> {named(move.target)}: {move.name.replace(': ', ', ')}"
        for move in table
        for source in sorted(move.sources)
    ]
    return "\n".join([*lines, "```", ""])


@pytest.mark.parametrize("of", TABLES)
def test_the_diagram_is_that_of_the_table(of):
    block = re.compile(rf"(<!-- moves of {of} -->\n).*?(<!-- end -->)", re.DOTALL)
    if os.environ.get("WRITE_DOCS"):
        DOCS.write_text(block.sub(lambda found: found[1] + diagram(of) + found[2], DOCS.read_text()))

    assert block.search(DOCS.read_text())[0] == f"<!-- moves of {of} -->\n{diagram(of)}<!-- end -->"


@pytest.mark.parametrize("of", TABLES)
def test_every_state_is_reached_and_named(of):
    states, beginnings, table = TABLES[of]

    assert {move.target for move in table} | set(beginnings) == set(states)
