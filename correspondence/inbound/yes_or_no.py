"""Whether a short answer says yes or no, in the languages in which people here write their mail."""

from __future__ import annotations

import re
from enum import Enum


def _words_of(said: str) -> frozenset[str]:
    return frozenset(said.split())


YES = _words_of(
    "yes y yep yeah ok okay sure post send confirm confirmed approve correct right gladly "
    "ja jawohl jo gerne klar posten senden absenden stimmt bestätigt einverstanden veröffentlichen "
    "oui ouais publier publiez envoyer envoyez confirme confirmé volontiers d'accord "
    "sí si claro publicar publica publícalo enviar envía confirmo confirmado vale "
    "akkoord klopt plaatsen plaats graag sim publique confermo conferma pubblica d'accordo certo va bene "
    "tak da kyllä はい 是 是的 好 好的 可以 同意 お願いします 네"
)
NO = _words_of(
    "no n nope not never don't dont throw discard delete drop cancel remove refuse stop ignore "
    "nein nicht kein niemals löschen verwerfen wegwerfen ablehnen abbrechen "
    "non pas jamais supprimer supprimez jeter jetez refuser annuler "
    "nunca borrar borra bórralo eliminar descartar desechar cancelar "
    "nee niet nooit verwijderen weggooien weg não nao apagar descarte elimina cancella scarta annulla "
    "nie nej nei nem ei いいえ いや 不 不是 不要 不行 删除 刪除 別 아니요"
)
# Words that take nothing away from a yes or a no, and add nothing to it.
BESIDE = _words_of(
    "i did me it this that now time month is was mine the a my mail message please thanks thank you many it's away go ahead just and do "
    "bitte danke vielen dank das ist die diese nachricht es mir war von ich habe geschrieben schon "
    "merci s'il vous te plaît plait le la ce message c'est moi bien est de "
    "por favor gracias es mío mía fue yo esto este mensaje lo "
    "graag dank je u alsjeblieft alstublieft het dat bericht was "
    "per favore grazie è mio mia ho scritto io questo messaggio "
    "obrigado obrigada fui eu wrote write written"
)
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
MOST_WORDS = 8
GREETING = 4


class Word(Enum):
    """What somebody says to a question that can be answered with yes or no."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


def said_in(text: str) -> Word:
    """Return what the first line of an answer says, a greeting before it left out. Without any words it is a yes: they pressed Send.

    Whatever says more than yes or no is unclear, and so is whatever says both: nothing is done on a guess.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and _greets(lines[0]):
        lines = lines[1:]
    if not lines:
        return Word.YES
    words = _words(lines[0])
    if not words or len(lines[0].split()) > MOST_WORDS or words - YES - NO - BESIDE:
        return Word.UNCLEAR
    return _only(bool(words & YES), bool(words & NO))


def _greets(line: str) -> bool:
    return line.endswith((",", "\uff0c")) and len(line.split()) <= GREETING and not _words(line) & (YES | NO)


def _only(says_yes: bool, says_no: bool) -> Word:
    if says_yes == says_no:
        return Word.UNCLEAR
    return Word.YES if says_yes else Word.NO


def _words(line: str) -> set[str]:
    return {word.replace("\u2019", "'") for word in WORD.findall(line.casefold())}
