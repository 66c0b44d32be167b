"""Mails as the large mail programs write them, and what is new in each. README.md says how one is added."""
