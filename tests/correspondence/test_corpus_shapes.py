"""One habit or one trap each: what stands above, below and around the words that somebody wrote."""

# ruff: noqa: RUF001 - full-width signs are what Chinese and Japanese programs write

from __future__ import annotations

from email.message import EmailMessage

import pytest

from correspondence.inbound.parsing import parse
from tests.correspondence.corpus.reading import passages
from tests.correspondence.corpus.shapes import SHAPES

FAILS_NOW = {
    "attribution: Gmail, Hebrew",
    "attribution: Gmail breaks before the address, Chinese",
    "head: Outlook, Chinese",
    "last line: 从 iPhone 发送",
    "last line: Outlook for Androidを入手",
    "last line: 本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。",
    "last line: このメールには機密情報が含まれている場合があります。誤って受信された場合は、直ち",
    "last line, quoted: 从 iPhone 发送",
    "last line, quoted: Outlook for Androidを入手",
    "last line, quoted: 本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。",
    "last line, quoted: このメールには機密情報が含まれている場合があります。誤って受信された場合は、直ち",
    "signature: two languages",
    "trap: hours of a week",
    "trap: two dashes as a ruler",
}
STRICT = pytest.mark.xfail(strict=True, reason="not read as meant yet")


def letter(shape):
    message = EmailMessage()
    message["Subject"] = shape.subject
    if shape.subject.startswith("Re:"):
        message["In-Reply-To"] = "<post-1@mail.tidemark.example>"
    message.set_content(shape.text, subtype=shape.kind)
    return message.as_bytes()


@pytest.mark.parametrize(
    "shape", [pytest.param(shape, id=name, marks=[STRICT] if name in FAILS_NOW else []) for name, shape in SHAPES.items()]
)
def test_a_shape_is_read_as_its_writer_meant_it(shape):
    assert passages(parse(letter(shape)).new_text) == passages(shape.new or shape.text)
