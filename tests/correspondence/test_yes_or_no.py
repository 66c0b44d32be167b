"""What counts as a yes and what as a no."""

import pytest

from correspondence.inbound.yes_or_no import said_in

SAID = {
    "yes": [
        *(
            "",
            " \n",
            "yes",
            "Yes, please.\n\nMaya Okafor\nTwo Rivers Trust",
            "Post it",
            "OK 👍",
            "I wrote this, yes",
            "Hello,\nyes",
        ),
        *("Ja bitte!", "Ja, das war ich", "Oui", "d\u2019accord", "Sí", "sim", "Ja graag", "好的", "はい"),
    ],
    "no": [
        *(
            "no",
            "No, thank you",
            "Throw it away, please",
            "I did not write that",
            "Nein danke",
            "Non merci",
            "Nee",
            "いいえ",
            "不要",
        ),
        *("Dear all,\n\nno", "NO!", "Delete this"),
    ],
    "unclear": [
        *(
            "no problem, post it",
            "please don't post it",
            "Yes, but change the second line",
            "What is this?",
            "👍",
            "Maya",
            "Hello,",
        ),
        *("I am away until Monday and read no mail", "Who wrote this and why is it here, if I may ask, yes?"),
    ],
}


@pytest.mark.parametrize(("words", "word"), [(words, word) for word, said in SAID.items() for words in said])
def test_what_an_answer_says(words, word):
    assert said_in(words).value == word
