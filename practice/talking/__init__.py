"""The talk about the results of a round: a guide, the screen in the room, notes, and actions that come back."""
