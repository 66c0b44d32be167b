"""How the house writes days and times, in each of its languages; Django asks `<language>/formats.py`."""
