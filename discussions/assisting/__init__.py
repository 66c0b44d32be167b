"""What assistants read, prepare and say where people talk; and what their ambassadors do with it."""
