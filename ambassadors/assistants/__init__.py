"""The seat of a trusted assistant: given by an ambassador, taken by somebody without a profile, shown wherever it is used, taken back at once."""
