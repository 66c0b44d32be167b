"""How a respondent answers: one principle at a time, kept as one goes."""
