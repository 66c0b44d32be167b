"""The mail inside a mail that is signed with S/MIME as a whole. Who signed it is not asked: that says nothing to us."""

from __future__ import annotations

import email
from email.message import Message

from correspondence.inbound.reading.headers import READING

SEQUENCE, OBJECT_ID, OCTETS, EXPLICIT_0 = 0x30, 0x06, 0x04, 0xA0
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
MOST_PIECES = 10_000


def signed_content(der: bytes) -> Message | None:
    """Return what a CMS SignedData holds as a mail; nothing when it is no such thing (an encrypted one, say)."""
    try:
        content = _content(memoryview(der))
    except (IndexError, StopIteration, ValueError):
        return None
    return email.message_from_bytes(content, policy=READING) if content else None


def _content(der: memoryview) -> bytes:
    outer = _children(_child(der, SEQUENCE))
    if bytes(outer[0][1]) != SIGNED_DATA:
        return b""
    signed = _children(_child(outer[1][1], SEQUENCE))
    inner = next(body for tag, body in signed if tag == SEQUENCE)
    wrapped = _children(inner)[1]
    return b"".join(_octets(tag, body) for tag, body in _children(wrapped[1]))


def _octets(tag: int, body: memoryview) -> bytes:
    if tag == OCTETS:
        return bytes(body)
    return b"".join(bytes(piece) for kind, piece in _children(body) if kind == OCTETS) if tag == OCTETS | 0x20 else b""


def _child(data: memoryview, tag: int) -> memoryview:
    return next(body for kind, body in _children(data) if kind == tag)


def _children(data: memoryview) -> list[tuple[int, memoryview]]:
    """Return the elements that stand one after the other, each with its tag."""
    found: list[tuple[int, memoryview]] = []
    while len(data) and len(found) < MOST_PIECES:
        body, data, tag = _element(data)
        if tag == 0:
            break
        found.append((tag, body))
    return found


def _element(data: memoryview) -> tuple[memoryview, memoryview, int]:
    tag, length, begins = data[0], data[1], 2
    if length == 0x80:
        size = _indefinite(data[2:], 0)
        return data[2 : 2 + size], data[2 + size + 2 :], tag
    if length & 0x80:
        begins = 2 + (length & 0x7F)
        length = int.from_bytes(data[2:begins], "big")
    if begins + length > len(data):
        raise ValueError
    return data[begins : begins + length], data[begins + length :], tag


def _indefinite(data: memoryview, depth: int) -> int:
    """Return how long an element without a length is: up to the two zero bytes that end it."""
    if depth > 20:
        raise ValueError
    at = 0
    while bytes(data[at : at + 2]) != b"\0\0":
        if at >= len(data):
            raise ValueError
        rest = data[at:]
        if rest[1] == 0x80:
            at += 2 + _indefinite(rest[2:], depth + 1) + 2
        else:
            _body, left, _tag = _element(rest)
            at += len(rest) - len(left)
    return at
