"""A question to the community that does not name who asks: written from a proof point, answered by ambassadors with their names."""
