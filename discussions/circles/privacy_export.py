"""What erasing a person leaves of circles: nothing about them stands there, but who set a cadence."""

from __future__ import annotations

from foundation.privacy_export import exempt

exempt.add(
    "discussions.Circle",
    "a space with a role label and a pace, which belongs to its space; who is in it is in the section of spaces",
)
exempt.add("discussions.CircleCadence", "when a circle meets; who set it loses their name with the account")
exempt.add("discussions.MeetingChange", "what was changed about one meeting of a circle, which belongs to its space")
