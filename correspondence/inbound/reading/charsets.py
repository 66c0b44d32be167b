"""Bytes into text, by the charset that was named, by what that name really means, and by a guess only when both are wrong."""

from __future__ import annotations

import re

# What mail programs call by one name and write in another, larger one.
MEANT = {
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
}
JAPANESE_MAIL = {"iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-ms", "cp50220", "cp50221", "csiso2022jp"}
ONE_BYTE = re.compile(r"^(?:ascii|cp125\d|iso-?8859|koi8|windows-)")
SEGMENT = re.compile(rb"\x1b(?:\([BJI]|\$[@B]|\$\([BD])")
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
GUESSED_FROM = 16_000
EAST_ASIAN = ("gb18030", "euc-jp", "cp932", "cp949", "cp950")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里这們來個為會說時對過發後裡請谢謝们"
)
RARE = re.compile("[\u3400-\u4dbf\ue000-\uf8ff\uff61-\uff9f\U00020000-\U0003ffff\ufffd]")
IN_HTML = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)


def decoded(raw: bytes, charset: str) -> str:
    """Decode by the charset that was named; when that is wrong or unknown, as UTF-8, and at last by a guess."""
    name = charset.strip("\"' ").lower()
    if name in JAPANESE_MAIL and b"\x1b" in raw:
        return _japanese(raw)
    name = MEANT.get(name, name)
    # Text in an old charset is hardly ever valid UTF-8 by accident; UTF-8 under an old name is common.
    names = ["utf-8", name] if ONE_BYTE.match(name) else [name, "utf-8"]
    for one in names:
        try:
            return raw.decode(one)
        except (LookupError, ValueError):
            continue
    return _guessed(raw, name)


def charset_in_html(raw: bytes) -> str:
    """Return what an HTML text says of itself, for a part that does not name its charset."""
    found = IN_HTML.search(raw[:4_000])
    return found[1].decode("ascii") if found else ""


def _guessed(raw: bytes, name: str) -> str:
    """Decode what is not what it says: mostly right, with signs for the few wrong bytes, or in the charset that fits best."""
    start = raw[:GUESSED_FROM]
    wrong = _errors(start, name)
    if wrong is not None and wrong * 4 <= len(HIGH_RUN.findall(start)):
        return raw.decode(name, "replace")
    runs = HIGH_RUN.findall(start)
    if runs and sum(map(len, runs)) >= 3 * len(runs):
        best = max(EAST_ASIAN, key=lambda one: _fitness(start, one))
        if _fitness(start, best) > 0:
            return raw.decode(best, "replace")
    return raw.decode("cp1252", "replace")


def _errors(raw: bytes, name: str) -> int | None:
    try:
        return raw.decode(name, "replace").count("\ufffd")
    except (LookupError, ValueError):
        return None


def _fitness(raw: bytes, name: str) -> float:
    """Say how much a text looks written when it is read in this charset."""
    text = raw.decode(name, "replace")
    high = [sign for sign in text if sign >= "\x80"]
    good = sum(sign in COMMON for sign in high) * 4 + len(KANA.findall(text)) * 3 + len(HANGUL.findall(text)) * 2
    return (good - 6 * len(RARE.findall(text))) / (len(high) or 1)


def _japanese(raw: bytes) -> str:
    """Decode ISO-2022-JP as it is written in Japan: with the signs of vendors in its rows, which are those of CP932."""
    text, mode, at = [], b"\x1b(B", 0
    for escape in SEGMENT.finditer(raw):
        text.append(_segment(raw[at : escape.start()], mode))
        mode, at = escape.group(), escape.end()
    text.append(_segment(raw[at:], mode))
    return "".join(text)


def _segment(raw: bytes, mode: bytes) -> str:
    if mode in {b"\x1b$@", b"\x1b$B"}:
        # A line ends in ASCII, also where its writer forgot to say so.
        return "".join(_rows(piece) if piece != b"\n" else "\n" for piece in re.split(rb"\r?(\n)", raw))
    if mode == b"\x1b(I":
        return bytes(byte | 0x80 for byte in raw if byte > 0x20).decode("cp932", "replace")
    if mode in {b"\x1b(B", b"\x1b(J"}:
        return raw.decode("utf-8", "replace") if raw.isascii() else raw.decode("cp932", "replace")
    return (mode + raw + b"\x1b(B").decode("iso2022_jp_2", "replace")


def _rows(raw: bytes) -> str:
    pairs = (raw[at : at + 2] for at in range(0, len(raw) - 1, 2))
    return b"".join(_as_shift_jis(pair[0] & 0x7F, pair[1] & 0x7F) for pair in pairs).decode("cp932", "replace")


def _as_shift_jis(row: int, cell: int) -> bytes:
    if row < 0x21 or cell < 0x21:
        return b"?"
    lead = ((row - 0x21) >> 1) + 0x81
    trail = cell + (0x1F if row % 2 else 0x7E)
    return bytes((lead + (0x40 if lead > 0x9F else 0), trail + (1 if row % 2 and cell > 0x5F else 0)))
