"""On paper: the report of a round, and the worksheet of an instrument, as PDF that screen readers can walk."""
