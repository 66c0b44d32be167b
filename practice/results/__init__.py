"""What a session's answers show: figures from enough people only, in words, drawings and tables."""
