"""What follows somebody's words and is none of them: signatures, lines of the mail program, disclaimers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from correspondence.inbound.reading.lines import Line, Place

DELIMITER = re.compile(r"^--$|^-- -- ?$|^—$")
MOST_ROWS = 16
MOST_ROUNDS = 8
SHORT = 100
PROGRAMS = r"(?:Outlook|Mail|Yahoo|Gmail|AOL|Spark|Superhuman|Proton|Tuta|K-9|Thunderbird|BlueMail|Blue Mail|Edison|Newton|Front|Zoho|Fastmail|Canary|myMail|Mailbird|eM Client|Aqua Mail|FairEmail|Nine|TypeApp|Email)"
DEVICES = r"(?:i ?Phone|i ?Pad|i ?Pod|Android|BlackBerry|Galaxy|Samsung|Huawei|Xiaomi|Redmi|OnePlus|Pixel|Nokia|Motorola|Sony|Xperia|HTC|LG|Windows|Surface|smartphone|mobile|phone|tablet|Handy|Mobiltelefon|m[oó]vil|celular|telefoon|telefon|cellulare|t[ée]l[ée]phone|mobil|Watch|Vision Pro)"
SENT = (
    r"(?:Sent|Get|Composed|Typed|Written|Secured|Gesendet|Von meinem|Vom|Diese Nachricht wurde|Envoyé|Obtenez|Télécharge[rz]|Ce message a été envoyé|Enviado|Enviada|Obtener|Obtén|Obter|Inviato|Inviata|Ottieni"
    r"|Verstuurd|Verzonden|Downloaden|Download|Wysłan[eo]|Wysłano|Skickat|Skickad|Hämta|Sendt|Lähetetty|Hanki|Отправлено|Отослано|Odesláno|Odoslané|Küldve|Elküldve|gönderildi|Trimis|Pobierz|Holen|Outlook für|Στάλθηκε|Надіслано)"
)
MOBILE = re.compile(
    rf"^\W{{0,3}}{SENT}\b[^.!?]{{0,60}}?\b{DEVICES}\b[^!?]{{0,60}}$"
    rf"|^\W{{0,3}}{SENT}\b.{{0,60}}?\b{PROGRAMS}\b[^!?]{{0,60}}$"
    rf"|^[^.!?]{{0,40}}\b(?:{DEVICES}|{PROGRAMS})\b[^.!?]{{0,40}}\b(?:gesendet|geschickt|verschickt|verstuurd|verzonden|gönderildi|küldve)\b\.?$"
    r"|^(?:发自|發自|从我的|從我的|来自我的|通过|透過|由).{0,30}(?:发送|傳送|發送|寄出|iPhone|iPad|Android|手机|邮箱|邮件|客户端|Mail|大师)?.{0,20}$"
    r"|^.{0,30}(?:から送信|からのメール送信|で送信|에서 보냄|에서 보낸 메일)\S{0,10}$"
    r"|^(?:Virus-?free|Virenfrei|Libre de virus|Sans virus|Privo di virus|Virusvrij)\b.{0,60}$",
    re.IGNORECASE,
)
LINK = re.compile(r"\s*[<(]?\s*(?:https?://|www\.)[^\s<>()]{0,300}\s*[>)]?")
SIGN_OFF = re.compile(
    r"^(?:(?:with )?(?:my |our )?(?:all |very )?(?:best|kind|kindest|warm|warmest|sincere|friendly)?\s?(?:regards|wishes|greetings)|best|cheers|yours(?: sincerely| truly| faithfully)?"
    r"|sincerely(?: yours)?|respectfully|many thanks|thanks|thank you|thanks and regards|take care|all the best|all best|warmly|kind regards and thanks|br|kr"
    r"|mit (?:\w+ ){0,3}gr[uü](?:ß|ss)en?|(?:\w+ ){0,3}gr[uü](?:ß|ss)e?(?: aus \w+| vom \w+| von \w+)?|mfg|lg|vg|hochachtungsvoll|gr[uü]e?zi|herzlich(?:e gr[uü](?:ß|ss)e|st)?"
    r"|(?:bien )?(?:très )?(?:sincèrement|cordialement|amicalement|amitiés)(?: à vous| vôtre)?|salutations(?: distinguées| cordiales)?|bien à (?:vous|toi)|cdlt|bonne (?:journée|soirée|fin de journée)"
    r"|(?:un |muchos )?(?:cordial(?:es)? |atentos? |afectuosos? )?(?:saludos?|abrazos?|abraço)(?: cordial(?:es)?| a todos)?|atentamente|atenciosamente|cumprimentos|com os melhores cumprimentos|att"
    r"|(?:met )?(?:vriendelijke|hartelijke|beste|warme) groet(?:en|jes)?|groet(?:en|jes)?|mvg|hoogachtend|(?:cordiali |distinti |cari )?saluti|un caro saluto|cordialmente"
    r"|pozdrawiam(?: serdecznie)?|z (?:poważaniem|wyrazami szacunku|pozdrowieniami)|(?:med )?(?:vänliga?|bästa|venlig|vennlig|hjärtliga?) h[äi]l?s(?:ning(?:ar)?|en)?|hälsningar|(?:med )?venlige? hilsen|mvh|vh|hilsen"
    r"|terveisin|ystävällisin terveisin|с уважением|с наилучшими пожеланиями|з повагою|s pozdravem|s pozdravom|üdvözlettel|saygılarımla|cu stimă|με εκτίμηση"
    r"|此致|敬礼|此致敬礼|顺颂商祺|祝好|祝工作顺利|敬祝|よろしくお願い(?:いた)?します|宜しくお願い致します|以上|감사합니다|드림)[\s,.!;，。！~–-]*$",
    re.IGNORECASE,
)
THANKS = re.compile(r"^(?:many )?than|^감사|お願い", re.IGNORECASE)
CONTACT = re.compile(
    r"\+\d[\d ()/.\-]{6,}|\b\(?0\d[\d ()/.\-]{6,}\d|\b(?:tel|tél|phone|mobile?|mob|fax|handy|cell|office|direct|tlf|tfn)\b\.?\s?[:.]?\s?[+(\d]|(?:電話|电话|手机|TEL|携帯|전화)\s?[:：]?\s?[+\d]"
    r"|[\w.+-]{1,60}@[\w-]{1,60}\.\w|\bhttps?://|\bwww\.|\s[|•·]\s|\b\d{4,5}\s+[A-ZÀ-Þ][\w-]+$|〒\s?\d|\bDirect line\b",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"\bconfidential|\bprivileged\b|intended (?:solely|only|recipient|for the)|\bdisclaimer\b|if you (?:are not|have received) (?:the|this)|views expressed|registered (?:in|office|company)|scanned (?:for|by)|legally privileged"
    r"|consider the environment|before printing|vertrauliche?|nicht der richtige adressat|irrtümlich erhalten|geschäftsführer|amtsgericht|registergericht|handelsregister|sitz der gesellschaft|umsatzsteuer|ust-id"
    r"|confidentiel|destinataire|par erreur|pensez à l'environnement|n'imprimez|confidencial|destinatario|por error|privilegiada|aviso legal|antes de imprimir|riservat[aoie]|riservatezza|per errore|d\.lgs|vertrouwelijk|geadresseerde|abusievelijk|ten onrechte"
    r"|poufn|adresata|konfidentiell|fortrolig|luottamuksellin|конфиденциальн|důvěrn|gizlilik|保密|机密|機密|誤って|秘密|本邮件|本郵件|기밀",
    re.IGNORECASE,
)
RULER = re.compile(r"^[-_=*─—~━∞☆★◇◆+#＝－\s]{5,}$|^(\S)\1{4,}$|^(\S\S)\2{3,}$")
PROSE_ENDS = re.compile(r"[.!?…。！？)]$")


def closing_of(lines: Sequence[Line], name: str) -> set[int]:
    """Return which lines of somebody's words, taken by themselves, close them: everything else stays. `name` is the writer's."""
    folded = {at for at, line in enumerate(lines) if line.place in {Place.SIGNATURE, Place.ARMOUR}}
    folded |= _below_delimiter(lines)
    for _round in range(MOST_ROUNDS):
        folded |= _last_of(lines, folded, name)
    return folded if _leaves_words_or_had_none(lines, folded) else _sure_of(lines, folded)


def _below_delimiter(lines: Sequence[Line]) -> set[int]:
    """Return the lines from "-- " on, but for sentences that were written below the signature."""
    for at, line in enumerate(lines):
        if DELIMITER.match(line.text):
            rest = range(at, len(lines))
            if sum(1 for one in rest if lines[one].text) > 2 * MOST_ROWS:
                continue
            later = [
                one
                for begins, ends in _paragraphs(lines, at)
                for one in range(begins, ends)
                if _is_prose(lines[begins:ends], begins > at + 1)
            ]
            return set(rest) - set(later)
    return set()


def _is_prose(rows: Sequence[Line], stands_apart: bool) -> bool:
    """Whether a paragraph below a signature reads like something that was written for this mail."""
    text = " ".join(row.text for row in rows)
    if not stands_apart or CONTACT.search(text) or DISCLAIMER.search(text) or _is_mobile(text):
        return False
    return bool(PROSE_ENDS.search(text)) and (len(text.split()) >= 5 or (len(text) > 12 and not text.isascii() and " " not in text))


def _paragraphs(lines: Sequence[Line], at: int = 0) -> list[tuple[int, int]]:
    """Return where each run of lines that are not blank begins and ends."""
    found: list[tuple[int, int]] = []
    for one in range(at, len(lines)):
        if not lines[one].text:
            continue
        if found and found[-1][1] == one:
            found[-1] = (found[-1][0], one + 1)
        else:
            found.append((one, one + 1))
    return found


def _last_of(lines: Sequence[Line], folded: set[int], name: str) -> set[int]:
    """Return the closing lines at the end of what is not folded yet; empty when there are no more."""
    open_lines = [at for at, line in enumerate(lines) if at not in folded and line.text]
    if not open_lines:
        return set()
    tail = open_lines[-MOST_ROWS:]
    last = _last_paragraph(lines, open_lines)
    return (
        _mobile_of(lines, last)
        or _disclaimer_of(lines, last)
        or _signed_off(lines, tail)
        or _named(lines, tail, name)
        or _ruled(lines, tail)
    )


def _last_paragraph(lines: Sequence[Line], open_lines: list[int]) -> list[int]:
    found: list[int] = []
    for at in reversed(open_lines):
        if found and found[0] - at > 1:
            break
        found.insert(0, at)
        if len(found) >= 4 * MOST_ROWS:
            break
    return found


def _is_mobile(text: str) -> bool:
    bare = LINK.sub(" ", text).strip(" \t*_<>()[]|")
    return len(bare) <= SHORT and bool(MOBILE.match(bare))


def _mobile_of(lines: Sequence[Line], last: list[int]) -> set[int]:
    whole = " ".join(lines[at].text for at in last)
    if len(last) <= 3 and _is_mobile(whole):
        return set(last)
    return {last[-1]} if _is_mobile(lines[last[-1]].text) else set()


def _disclaimer_of(lines: Sequence[Line], last: list[int]) -> set[int]:
    whole = " ".join(lines[at].text for at in last)
    if len(whole) >= 60 and DISCLAIMER.search(whole):
        return set(last)
    # Without a blank line between them, the signature stands in the same paragraph.
    row = lines[last[-1]].text
    return (
        {last[-1]} if len(row) >= 100 and DISCLAIMER.search(row) and len(last) > 1 and len(lines[last[-2]].text) < SHORT else set()
    )


def _signed_off(lines: Sequence[Line], tail: list[int]) -> set[int]:
    """Return "Kind regards" and what follows it, when that is more than a name."""
    for place in range(len(tail) - 1, -1, -1):
        below = [lines[at] for at in tail[place + 1 :]]
        if any(len(line.text) > 2 * SHORT for line in below):
            return set()
        if SIGN_OFF.match(lines[tail[place]].text):
            is_more = (
                len(below) >= 4
                or (len(below) >= 2 and any(CONTACT.search(line.text) for line in below))
                or (len(below) == 3 and not any(PROSE_ENDS.search(line.text) for line in below))
            )
            return set(tail[place:]) if is_more else set()
    return set()


def _named(lines: Sequence[Line], tail: list[int], name: str) -> set[int]:
    """Return a block that begins with the writer's own name and tells how to reach them."""
    wanted = _folded_name(name)
    if len(wanted) < 4:
        return set()
    for place in range(len(tail) - 1, -1, -1):
        row = lines[tail[place]].text
        if len(row) > SHORT * 1.5:
            return set()
        begins_apart = place == 0 or tail[place] - tail[place - 1] > 1
        if begins_apart and _folded_name(row).startswith(wanted):
            below = tail[place:]
            return set(below) if len(below) > 1 and any(CONTACT.search(lines[at].text) for at in below) else set()
    return set()


def _folded_name(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]|\b(?:Dr|Prof|Mr|Mrs|Ms|Frau|Herr)\b\.?", " ", text).split()).casefold()


def _ruled(lines: Sequence[Line], tail: list[int]) -> set[int]:
    """Return what stands below or between drawn lines and tells how to reach somebody."""
    rulers = [place for place, at in enumerate(tail) if RULER.match(lines[at].text)]
    if not rulers:
        return set()
    ends_in_ruler = rulers[-1] == len(tail) - 1
    begins = (rulers[-2] if len(rulers) > 1 else None) if ends_in_ruler else rulers[-1]
    if begins is None:
        return set()
    inside = [lines[at].text for at in tail[begins:]]
    is_card = any(CONTACT.search(row) for row in inside) and all(len(row) <= SHORT for row in inside)
    return set(tail[begins:]) if is_card and len(inside) > 1 else set()


def _leaves_words_or_had_none(lines: Sequence[Line], folded: set[int]) -> bool:
    return any(line.text and at not in folded for at, line in enumerate(lines))


def _sure_of(lines: Sequence[Line], folded: set[int]) -> set[int]:
    """Where nothing else is left, fold only what is a closing for sure: thanks, for one, may be all that somebody has to say."""
    first = next((line.text for at, line in enumerate(lines) if line.text and line.place != Place.ARMOUR), "")
    thanks = (
        {at for at in sorted(folded) if THANKS.match(lines[at].text)} if THANKS.match(first) and SIGN_OFF.match(first) else set()
    )
    return folded - thanks
