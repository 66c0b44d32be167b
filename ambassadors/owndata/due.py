"""What comes due about people's own data: the clock of the outbox asks each of these every few minutes."""

from __future__ import annotations

from ambassadors.owndata import archive, erasing, leaving
from correspondence.due import steps
from foundation import reading

steps.add("archives", archive.sweep)
steps.add("erasures", erasing.carry_out_due)
steps.add("last mails to people who were erased", erasing.forget_goodbyes)
steps.add("pauses", leaving.end_pauses)
steps.add("reading marks of over a year ago", reading.expire)
