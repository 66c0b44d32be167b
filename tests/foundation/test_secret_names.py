"""Whether a text holds a name that its readers are not to know."""

import pytest

from foundation.secret_names import held_in

RAE = ["Rae Möller-Quist", "rae@tidemark.example"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As Rae Möller-Quist once wrote, it depends.", ["Rae Möller-Quist"]),
        ("As RAE  MOLLER-QUIST once\nwrote", ["Rae Möller-Quist"]),
        ("Write to rae@tidemark.example, please", ["rae@tidemark.example"]),
        ("Both are true.\n\nBest,\nRae", ["Rae Möller-Quist"]),
        ("Both are true.\n— rae", ["Rae Möller-Quist"]),
        ("A rae of light is no name.", []),
        ("Rae\n\nOne.\n\nTwo.\n\nThree.\n\nFour.", []),
        ("Crae Möller-Quisty", []),
        ("", []),
    ],
)
def test_a_name_is_found_however_it_is_written_and_no_part_of_another_word(text, found):
    assert held_in(text, RAE) == found


def test_a_name_of_two_letters_is_not_found_in_every_list():
    assert held_in("It is\nso", ["Bo So"]) == []
