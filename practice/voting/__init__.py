"""What to work on first: dots on what the results show, by a link or by hands counted in the room."""
