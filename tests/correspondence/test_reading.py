"""What the corpus does not show: parts and files, charsets at their edges, and the words that only look like something else."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from correspondence.inbound.parsing import MailFile, parse
from correspondence.inbound.reading.charsets import decoded
from correspondence.inbound.reading.plain import lines_of_plain
from correspondence.inbound.reading.splitting import split
from discussions import workflow
from foundation.secrecy import address_token


def halves(text, subject="Re: Spring plans", name="Maya Lopez"):
    done = split(lines_of_plain(text), subject=subject, name=name)
    return done.new_text, done.folded_text


HEADS = {
    "Gmail, Norwegian": "man. 16. nov. 2026 kl. 10:00 skrev Priya Raman via Tidemark <\nreply+a@mail.example.org>:",
    "Gmail, Hungarian": "Priya Raman <reply+a@mail.example.org> ezt írta (időpont: 2026.\nnov. 16., H, 10:00):",
    "Gmail, Vietnamese": "Vào Th 2, 16 thg 11, 2026 vào lúc 10:00 Priya <reply+a@mail.example.org> đã\nviết:",
    "Gmail, Korean": "2026년 11월 16일 (월) 오전 10:00, Priya <reply+a@mail.example.org>님이 작성:",
    "no language at all": "12-11-2026 10:00 Priya <reply+a@mail.example.org>:",
    "Horde": "Quoting Priya Raman <reply+a@mail.example.org>:",
    "an address that is broken off": "Am 16.11.2026 10:00 schrieb Priya <reply+a@mail.example.org\n>:",
    "Outlook, Finnish": "Lähettäjä: Priya\nLähetetty: maanantai 16. marraskuuta 2026 10.00\nVastaanottaja: Maya\nAihe: x",
    "eM Client": '------ Original Message ------\nFrom "Priya" <reply+a@mail.example.org>\nTo "Maya"\nDate 16/11/2026 10:00:00\nSubject Re: x',
    "NetEase": "---- 回复的原邮件 ----\n| 发件人 | Priya<reply+a@mail.example.org> |\n| 日期 | 2026年11月16日 |\n| 主题 | x |",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_introduces_a_quotation_is_known_by_its_shape(head):
    quotation = "> Shall we?\n> Priya"

    assert halves(f"Yes, gladly.\n\n{head}\n\n{quotation}") == ("Yes, gladly.", f"{head}\n\n{quotation}")


ONLY_LIKE_IT = {
    "a sentence with a day and a time": "On 16 November 2026 at 10:00 the committee met and the chair wrote:\n“We meet again.”\n\nNo more.",
    "a sentence with an address": "I asked Anna <anna@x.example> on 3 May 2026 at 10:00 and she said this:\n\n1. yes\n2. no",
    "an agenda": "Date: 16 November 2026\nPlace: the mill\nSubject: boats\n\nPlease come.",
    "something confidential": "Yes.\n\nPlease keep this confidential until Friday, the board has not been told about it yet.",
    "how to reach somebody": "Call me:\nMaya Lopez\n+44 20 7946 0000\n\nI am there until six.",
    "only thanks": "Thanks!\nMaya",
    "a desk": "Here it is.\n\nSent from my desk, which is easier than from my mobile phone.",
    "an old mug": "> keep calm\n\nis what my mug says.",
}


@pytest.mark.parametrize("text", ONLY_LIKE_IT.values(), ids=ONLY_LIKE_IT)
def test_words_that_only_look_like_something_else_stay(text):
    assert halves(text) == (text, "")


CLOSINGS = {
    "a card": "Maya Lopez\nThe Mill | 12 Quay Street | +44 20 7946 0000",
    "a sign-off and a card": "Kind regards,\n\nMaya Lopez\nDirector\nT: +44 20 7946 0000",
    "a sign-off in two rows": "此致\n敬礼\n\n小明\n电话 0755-5550123",
    "a mobile line": "Lähetetty iPhonesta",
    "a program": "Get Outlook for Android<https://aka.ms/x>",
    "a firm": "Mühle GmbH, Sitz der Gesellschaft: Bremen, Amtsgericht Bremen HRB 1234, Geschäftsführerin: A. B.",
    "a disclaimer": "This e-mail and its attachments are confidential and intended solely for the addressee. If it reached you in error, delete it.",
    "a list": "_______________________________________________\nSpring mailing list\nhttps://lists.example.org/spring",
}


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS)
def test_what_closes_a_mail_is_folded_and_what_was_added_below_is_not(closing):
    assert halves(f"Yes, gladly.\n\n{closing}") == ("Yes, gladly.", closing)
    assert halves(f"Yes, gladly.\n\n-- \n{closing}\n\nI forgot: the key is with Anna.") == (
        "Yes, gladly.\n\nI forgot: the key is with Anna.",
        f"--\n{closing}",
    )


ORIGINAL = """From: Priya Raman via Tidemark <reply+a@mail.example.org>
Sent: Monday, 16 November 2026 10:00
To: Maya Lopez
Subject: Spring plans

Shall we?

Tidemark · https://community.example.org
To Priya alone: author+abcdefghijklmnop@mail.example.org
Stop this mail: https://community.example.org/unsubscribe/abcdefghijklmnop/
Hear less of it: mute+abcdefghijklmnop@mail.example.org"""


def test_below_a_quotation_without_marks_the_foot_of_our_own_mail_tells_where_it_ends():
    assert halves(f"{ORIGINAL}\n\nYes, gladly.") == ("Yes, gladly.", ORIGINAL)
    assert halves(f"Yes.\n\n{ORIGINAL}") == ("Yes.", ORIGINAL)


def test_a_quotation_that_a_phone_wrote_into_one_row_is_folded():
    row = "On Sun, Nov 15, 2026 at 8:35 PM, Priya<reply+a@mail.example.org> wrote:   Spring   Shall we?   Stop this mail"

    assert halves(f"Yes, gladly.\n\n{row}") == ("Yes, gladly.", row)


@pytest.mark.parametrize(("colour", "is_answer"), [("#C00000", True), ("#0563C1", False)])
def test_answers_in_another_colour_within_a_quotation_are_not_folded(colour, is_answer):
    message = EmailMessage()
    message.set_content(
        '<p>Dear Priya,</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Priya<br><b>Sent:</b> Monday 10:00<br>'
        f'<b>To:</b> Maya</p></div><p>Shall we?</p><p><span style="color:{colour}">Yes.</span></p><p>When?</p>',
        subtype="html",
    )

    assert ("Yes." in parse(message.as_bytes()).new_text) == is_answer


def with_files():
    message = EmailMessage()
    message["From"] = "Maya Lopez <maya@people.example.org>"
    message.set_content("See the picture.")
    message.add_alternative(
        '<p>See the picture.</p><p><img src="cid:map@mill" alt="map.png"></p><div class="gmail_signature"><img src="cid:logo@mill"></div>',
        subtype="html",
    )
    html = message.get_payload()[1]
    html.add_related(b"map", "image", "png", cid="<map@mill>", filename="map.png", disposition="inline")
    html.add_related(b"logo", "image", "png", cid="<logo@mill>", filename="logo.png", disposition="inline")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    message.add_attachment(b"BEGIN:VCARD", maintype="text", subtype="vcard", filename="maya.vcf")
    message.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return parse(message.as_bytes())


def test_files_are_the_writers_own_and_everything_else_is_set_aside():
    mail = with_files()

    assert mail.files == (
        MailFile("map.png", "image/png", b"map", "map@mill", is_inline=True),
        MailFile("plan.pdf", "application/pdf", b"%PDF"),
    )
    assert mail.attachments == ("map.png", "plan.pdf")
    assert mail.set_aside == ("logo.png", "maya.vcf", "winmail.dat")
    assert mail.new_text == "See the picture.\n\n[image: map.png]"


CHARSETS = {
    "JIS with the signs of a vendor": ("iso-2022-jp", b"\x1b$B-!\x1b(B ok", "① ok"),
    "gb2312 that is gb18030": ("gb2312", "镕".encode("gb18030"), "镕"),
    "latin 1 that is utf-8": ("iso-8859-1", "Grüße".encode(), "Grüße"),
    "latin 1 that is cp1252": ("iso-8859-1", "“Grüße”".encode("cp1252"), "“Grüße”"),
    "ascii that is not": ("us-ascii", "Grüße".encode("cp1252"), "Grüße"),
    "utf-8 that is Chinese of old": (
        "utf-8",
        "我们的邮件里有这些字。请你们看看。".encode("gb18030"),
        "我们的邮件里有这些字。请你们看看。",
    ),
    "utf-8 with one wrong byte": ("utf-8", "Grüße aus Brüssel, schöne Fähre, süße Möhren, ".encode() * 3 + b"\xff.", None),
}


@pytest.mark.parametrize(("charset", "raw", "text"), CHARSETS.values(), ids=CHARSETS)
def test_bytes_are_read_as_what_they_are(charset, raw, text):
    assert decoded(raw, charset) == (text if text is not None else raw.decode("utf-8", "replace"))


def test_everybody_can_unfold_a_quotation_so_no_token_stays_in_it(alice, bob):
    thread = workflow.start_private_thread(by=alice, to=bob, subject="Spring plans", body="Shall we?")
    token = address_token("reply", 7, "nonce")

    said = workflow.say(thread, by=bob, body="Yes.", quoted=f"Alice <reply+{token}@mail.example.org> wrote:\n> Shall we?")

    assert said.quoted == "Alice <reply+[token]@mail.example.org> wrote:\n> Shall we?"


def html_mail(html: str, plain: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = "maya@mill.example"
    if plain:
        message.set_content(plain)
        message.add_alternative(html, subtype="html", cte="base64")
    else:
        message.set_content(html, subtype="html", cte="base64")
    return message.as_bytes()


@pytest.mark.parametrize("plain", ["", "The roof: and the cellar, too."], ids=["HTML only", "both"])
@pytest.mark.parametrize("size", [60, 700_000])
def test_a_picture_written_into_the_text_is_one_that_came_along(plain, size):
    """Words below a large one were cut off with it."""
    picture = base64.b64encode(b"p" * size).decode()
    html = f'<p>The roof: <img alt="roof" src="data:image/png;base64,{picture}"> and the cellar, too.</p>'

    mail = parse(html_mail(html, plain))

    assert mail.new_text == "The roof: [image: roof] and the cellar, too."
    (file,) = mail.files
    assert (file.name, file.content_type, file.content) == ("picture-1.png", "image/png", b"p" * size)
    assert file.content_id in mail.pictures


def test_a_picture_written_into_a_quotation_is_not_the_writers():
    html = '<p>Yes.</p><blockquote type="cite">Ours: <img src="data:image/gif;base64,R0lGODlh"></blockquote>'

    mail = parse(html_mail(html))

    assert (mail.new_text, mail.attachments, mail.set_aside) == ("Yes.", (), ("picture-1.gif",))


@pytest.mark.parametrize(
    "unread", ["<style>.a{b:c}</style>", "<!--[if mso]> a <![endif]-->", "<STYLE type='text/css'>p > a {b:c}</STYLE >"]
)
def test_words_below_megabytes_that_nobody_reads_are_read(unread):
    assert (
        parse(html_mail(f"<html><head>{unread * 40_000}</head><body><p>Words at last.</p></body></html>")).new_text
        == "Words at last."
    )


def test_at_most_a_hundred_pictures_are_taken_out_of_a_text():
    mail = parse(html_mail('<img src="data:image/png;base64,AAAA">' * 300 + "word"))

    assert (len(mail.leaves), mail.new_text.endswith("word")) == (100, True)


def test_a_mail_whose_parts_cannot_be_told_apart_is_read_as_it_stands():
    mail = parse(b'Subject: Re: notes\nContent-Type: multipart/alternative; boundary="lost"\n\nYes, gladly.\n')

    assert (mail.new_text, mail.attachments) == ("Yes, gladly.", ())
