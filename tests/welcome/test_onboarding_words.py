"""What answers to a reminder say. Read the table."""

import pytest

from welcome.onboarding.words import UNCLEAR, Asked, Did, understood

NAMES = {"affirm": "affirm", "profile": "profile", "buddy": "buddy", "first look": "first-look", "prompt": "prompt"}


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("skip profile", Asked(Did.SKIP, ("profile",))),
        ("Skip the profile, please.", Asked(Did.SKIP, ("profile",))),
        ("I skip the first look", Asked(Did.SKIP, ("first-look",))),
        ("skip profile and prompt\n\nThanks!\nNina", Asked(Did.SKIP, ("profile", "prompt"))),
        ("Hello all,\nskip all", Asked(Did.SKIP_ALL)),
        ("Skip the rest", Asked(Did.SKIP_ALL)),
        ("alles überspringen", UNCLEAR),
        ("überspringen alles bitte", Asked(Did.SKIP_ALL)),
        ("skip", UNCLEAR),
        ("skip lunch", UNCLEAR),
        ("skip profile but keep the other ones", UNCLEAR),
        ("later", Asked(Did.LATER)),
        ("Not now, thanks", Asked(Did.LATER)),
        ("Plus tard, merci.", Asked(Did.LATER)),
        ("stop", Asked(Did.STOP)),
        ("Please stop", Asked(Did.STOP)),
        ("No, thank you.", Asked(Did.STOP)),
        ("nein danke", Asked(Did.STOP)),
        ("affirm", Asked(Did.DO, ("affirm",))),
        ("Profile please", Asked(Did.DO, ("profile",))),
        ("profile: budgets, small boards", Asked(Did.ABOUT, words="budgets, small boards")),
        ("Ask me about: night shifts,\nand budgets", Asked(Did.ABOUT, words="night shifts,\nand budgets")),
        ("yes", UNCLEAR),
        ("", UNCLEAR),
        ("Who is my buddy?", UNCLEAR),
        ("skip all\nI am ill; could somebody call me?", UNCLEAR),
        ("I cannot stop thinking about your last prompt", UNCLEAR),
    ],
)
def test_an_answer_is_understood_or_it_is_not(words, asked):
    assert understood(words, NAMES) == asked
