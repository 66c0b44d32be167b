"""One habit or one trap each: what stands above, below and around the words that somebody wrote."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from correspondence.inbound.parsing import parse
from tests.correspondence.corpus.reading import passages
from tests.correspondence.corpus.shapes import SHAPES


def letter(shape):
    message = EmailMessage()
    message["Subject"] = shape.subject
    if shape.subject.startswith("Re:"):
        message["In-Reply-To"] = "<post-1@mail.tidemark.example>"
    message.set_content(shape.text, subtype=shape.kind)
    return message.as_bytes()


@pytest.mark.parametrize("shape", [pytest.param(shape, id=name) for name, shape in SHAPES.items()])
def test_a_shape_is_read_as_its_writer_meant_it(shape):
    assert passages(parse(letter(shape)).new_text) == passages(shape.new or shape.text)
