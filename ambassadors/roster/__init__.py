"""The roster: a table of people that a community brings along, from whatever spreadsheet wrote it."""

from ambassadors.roster.columns import RosterUnreadable
from ambassadors.roster.importing import import_roster
from ambassadors.roster.reading import Roster
from ambassadors.roster.report import Problem, Report

__all__ = ["Problem", "Report", "Roster", "RosterUnreadable", "import_roster"]
