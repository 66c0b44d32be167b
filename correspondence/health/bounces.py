"""What a delivery report says: as RFC 3464 has it, or in the plain words of the large mail servers. Nothing here touches the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from typing import TYPE_CHECKING

from correspondence.health.workflow import Failure
from correspondence.models import MailFailure

if TYPE_CHECKING:
    from correspondence.inbound.parsing import ParsedMail

Kind = MailFailure.Kind
MOST_PARTS = 100
MOST_TEXT = 20_000
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.#:-])([45]\d\d)(?:[ -]+#?([45]\.\d{1,3}\.\d{1,3}))?(?=[ \-#:]|$)", re.MULTILINE)
NO_MAILBOX = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.9", "1.10", "2.1", "4.1", "4.3", "4.4"}
ABOUT_US = {"1.7", "1.8", "5.1", "5.2", "5.4"}  # our address, our way of asking
NO_SUCH = re.compile(
    r"(no such (user|recipient|mailbox|address|person)|(user|mailbox|recipient|account|address)[^.\n]{0,40}"
    r"(unknown|not found|does ?n.t exist|does not exist|not exist|disabled|inactive|deactivated|closed|unavailable)|unknown (user|recipient|local.part)|"
    r"invalid (recipient|mailbox|user)|does ?n.t have an? [^\n]{0,40}account|not a valid (recipient|mailbox|user)|no longer (active|in use|with)|no mailbox here|"
    r"unrouteable address|(domain|host)[^.\n]{0,40}(not found|unknown|does not exist)|"
    r"unbekannter (empf|benutzer)|existiert nicht|n'existe pas|inconnu|no existe|desconocid|bestaat niet|non esiste|"
    r"收件人不存在|用户不存在|不存在|宛先不明|存在しません)",
    re.IGNORECASE,
)
FULL = re.compile(
    r"(mailbox|quota|account|inbox|storage)[^.\n]{0,40}(full|exceeded|over quota|is full)|over ?quota|quota exceeded|insufficient storage|"
    r"out of storage|postfach[^.\n]{0,20}voll|bo[iî]te[^.\n]{0,20}pleine|buz[oó]n[^.\n]{0,20}llen|邮箱已满|容量",
    re.IGNORECASE,
)
POLICY = re.compile(
    r"spam|block(ed|list)|blacklist|reputation|dmarc|spf|dkim|policy|too large|message size|content|virus|banned|rbl|"
    r"denied by|not accepted from|rate limit|too many|unauthenticated|rejected for",
    re.IGNORECASE,
)
FAILED = re.compile(
    r"undeliver|deliver(y|ed)[^.\n]{0,30}(fail|problem|unsuccessful)|fail(ed|ure)[^.\n]{0,20}(deliver|notice|notification)|failure notice|"
    r"returned (to sender|mail)|mail delivery (failed|system)|delivery status notification|could not be delivered|"
    r"unzustellbar|nicht zugestellt|zustellung[^.\n]{0,20}(fehl|nicht)|non remis|non distribu|échec|no se (puede|pudo|ha podido) entregar|"
    r"no entregad|onbestelbaar|niet (bezorgd|afgeleverd)|mancata consegna|n[ãa]o entregue|não foi poss|niedostarczon|kunde inte levereras|"
    r"退信|投递失败|无法送达|配信不能|配信できません|送信できません|반송",
    re.IGNORECASE,
)
DELAYED = re.compile(
    r"delay|warning: (message|could not)|still being retried|temporarily deferred|verz[öo]ger|retard[ée]|retras|vertraag",
    re.IGNORECASE,
)
# Where the mail that came back begins, in reports that are one text.
RETURNED_BELOW = re.compile(
    r"^[ \t]*(-{2,} ?(below this line|this is a copy|original message|the body of the message|undelivered message|forwarded message|"
    r"returned message|the following is|unsent message|.{0,30}headers)|> ?(from|received|subject):|return-path:|received:)",
    re.IGNORECASE | re.MULTILINE,
)


def looks_like_failure(mail: ParsedMail) -> bool:
    """Whether a mail without a report of RFC 3464 tells, in plain words, that one of ours did not arrive."""
    if "X-Failed-Recipients" in mail.message:
        return True
    if mail.header("Auto-Submitted").lower().startswith("auto-replied") and not _from_the_mail_system(mail):
        return False  # a vacation notice, whatever it says
    return bool(FAILED.search(mail.subject)) and not DELAYED.search(mail.subject)


def _from_the_mail_system(mail: ParsedMail) -> bool:
    local_part = mail.sender.partition("@")[0]
    return (
        local_part.startswith(("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon")) or mail.header("Return-Path") == "<>"
    )


def failure_in(mail: ParsedMail) -> Failure | None:
    """Return what a report says of a final failure, or None: a delay is none, nor is a vacation notice or a receipt."""
    blocks = [part for part in parts_of(mail.message) if part.get("Action") or part.get("Final-Recipient")]
    if blocks:
        failed = next((block for block in blocks if str(block.get("Action", "")).strip().lower() == "failed"), None)
        return _of_report(failed) if failed is not None else None
    return _of_plain_words(mail) if looks_like_failure(mail) else None


def _of_report(block: Message) -> Failure:
    told = " ".join(str(block.get("Diagnostic-Code", "")).split())
    status = str(block.get("Status", "")).strip()
    return Failure(kind_of(status, told), (told or status)[:400])


def _of_plain_words(mail: ParsedMail) -> Failure:
    text = mail.text[:MOST_TEXT]
    cut = RETURNED_BELOW.search(text)
    text = text[: cut.start()] if cut and cut.start() > 0 else text
    told = next((line.strip() for line in text.splitlines() if REPLY.search(line)), "")
    told = told or next((line.strip() for line in text.splitlines() if NO_SUCH.search(line) or FULL.search(line)), "")
    return Failure(kind_of("", told), (told or mail.subject)[:400])


def kind_of(status: str, words: str) -> str:
    """Tell by the status code of RFC 3463, where there is one, and by the words what a refusal says of the mailbox.

    Only what says that there is no such mailbox is hard. What speaks of the mail, or of us, must not cost anybody their mail.
    """
    code, reply = _status_in(status, words), REPLY.search(words)
    is_final = (code or (reply.group(1) if reply else "")).startswith("5")
    about = code.partition(".")[2]
    if FULL.search(words):
        return Kind.SOFT
    if (about in NO_MAILBOX and is_final) or (NO_SUCH.search(words) and (is_final or not code)):
        return Kind.HARD
    if about.startswith(("6.", "7.")) or about in ABOUT_US or POLICY.search(words):
        return Kind.POLICY
    return Kind.HARD if not code and reply and reply.group(1) in {"550", "551", "553"} else Kind.SOFT


def _status_in(status: str, words: str) -> str:
    """The most telling code: `5.0.0` in the report says less than `5.1.1` in the words."""
    told, better = STATUS.search(status), STATUS.search(words)
    if better and (told is None or told.group(2) == "0"):
        return better.group()
    return told.group() if told else ""


def parts_of(message: Message) -> Iterator[Message]:
    """Every part, the message itself first, at most a hundred, however deeply they are nested."""
    stack, seen = [message], 0
    while stack and seen < MOST_PARTS:
        part = stack.pop()
        seen += 1
        yield part
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            stack += [one for one in reversed(inner[:MOST_PARTS]) if isinstance(one, Message)]
