"""Instruments, and what an organisation does with them."""

from practice.models.action import Action, RoomNote
from practice.models.answers import Answer, Sheet, Tally, Weight
from practice.models.benchmark import BenchmarkConsent, BenchmarkFigure, BenchmarkShare
from practice.models.instrument import Instrument, InstrumentEdition, InstrumentItem
from practice.models.invitation import PracticeInvitation
from practice.models.organization import PracticeAdministrator, PracticeOrganization, PracticeStart
from practice.models.question import CommunityAnswer, CommunityQuestion
from practice.models.session import LearningSession, Respondent
from practice.models.talk import Talk, TalkVolunteer
from practice.models.vote import Ballot, BallotDots, PriorityVote, VoteCandidate, Voter

__all__ = [
    "Action",
    "Answer",
    "Ballot",
    "BallotDots",
    "BenchmarkConsent",
    "BenchmarkFigure",
    "BenchmarkShare",
    "CommunityAnswer",
    "CommunityQuestion",
    "Instrument",
    "InstrumentEdition",
    "InstrumentItem",
    "LearningSession",
    "PracticeAdministrator",
    "PracticeInvitation",
    "PracticeOrganization",
    "PracticeStart",
    "PriorityVote",
    "Respondent",
    "RoomNote",
    "Sheet",
    "Talk",
    "TalkVolunteer",
    "Tally",
    "VoteCandidate",
    "Voter",
    "Weight",
]
