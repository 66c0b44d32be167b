"""Introductions lapse by the clock, on the day that was said when they were proposed."""

from correspondence.due import steps
from welcome.introductions import workflow

steps.add("introductions to lapse", workflow.lapse_all)
