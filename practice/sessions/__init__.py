"""What whoever runs a learning session does: prepare it, name respondents, open it, remind, close it."""
