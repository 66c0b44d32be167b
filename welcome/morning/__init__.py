"""What the page of the morning says of newcomers, of their buddies, and of pairs that look around."""
