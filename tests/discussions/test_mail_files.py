"""Files that come along with a mail: into the post, through the checks of every upload, and never lost unsaid."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from correspondence.inbound import receiving
from correspondence.inbound.explaining import explain
from correspondence.inbound.files import MOST, brought
from correspondence.inbound.parsing import parse
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail, ReplyAddress
from discussions.attachments import attached_to
from discussions.models import Participant, Post
from discussions.words import to_plain
from foundation.models import Upload
from tests.correspondence.corpus.reading import cases
from tests.correspondence.letters import letter, parcel, reply_address
from tests.correspondence.test_corpus_posted import from_person
from tests.discussions import asking_making
from tests.foundation.files import DOCM, DOCX, PDF, SVG, bomb, picture, picture_with_a_place

PNG = picture("PNG", (300, 200))
A_PICTURE = re.compile(rb"(Content-Type: image/.*?\n\r?\n)[A-Za-z0-9+/=\r\n]+", re.DOTALL)  # of the corpus: too small to be one
HTML = "<html><head><title>x</title></head><body onload=alert(1)></body></html>"


@pytest.fixture
def address(bob, thread):
    return reply_address(bob, thread)


@pytest.fixture
def on_disk():
    """How many files are kept since the test began."""

    def there() -> int:
        return sum(path.is_file() for path in Path(settings.PRIVATE_ROOT).rglob("*"))

    before = there()
    return lambda: there() - before


def shown(post: Post) -> list[tuple[str, str, str]]:
    return [(file.name, file.content_type, file.alt) for file in attached_to(post)]


def what_was_left() -> list[str]:
    return [mail.about["inbound"] for mail in OutgoingMail.objects.filter(kind="mail_files_left")]


# --- They come along


def test_files_come_along_and_are_seen_by_whoever_reads_the_post(client, alice, bob, thread, address):
    raw = parcel(bob.email, address, "Plan and picture.", (PDF, "Hall plan.pdf"), (PNG, "north_wall.png"))

    mail = receive(raw, address)

    post = Post.objects.get(author=bob)
    assert (mail.outcome, mail.target, to_plain(post.body)) == ("posted", post, "Plan and picture.")
    assert sorted(shown(post)) == [
        ("Hall-plan.pdf", "application/pdf", ""),
        ("north_wall.png", "image/png", "north wall"),
    ]
    client.force_login(alice)
    page = client.get(thread.get_absolute_url()).content.decode()
    files = list(attached_to(post))
    assert all(file.get_absolute_url() in page for file in files)
    assert [client.get(file.get_absolute_url()).status_code for file in files] == [200, 200]
    assert what_was_left() == []


@pytest.mark.parametrize(
    ("name", "names", "words"),
    [
        ("gmail-web-picture-in-text-en", [("board.png", "board")], "Like this:\n\n[picture: board]\n\nOne nail per notice."),
        ("gmail-web-attachment-pt", [("Regulamento_curto.pdf", "")], "Tenho, vai em anexo."),
        ("apple-macos-text-after-picture-en", [("IMG_2207.png", "picture")], "Here is ours, painted last week.\n\nThe colour is"),
        ("outlook-classic-signature-logo-fr", [], ""),
    ],
)
def test_mails_of_several_programs_bring_theirs(bob, thread, address, name, names, words):
    (case,) = [one for one in [*cases("seen"), *cases("held back")] if one.name == name]
    raw = A_PICTURE.sub(rb"\1" + base64.encodebytes(PNG), from_person(bob, case))

    assert receive(raw, address).outcome == "posted"

    post = Post.objects.get(author=bob)
    assert [(file.name, file.alt) for file in attached_to(post)] == names
    assert to_plain(post.body).startswith(words)
    assert "image:" not in to_plain(post.body)


def test_pictures_among_the_words_are_numbered_where_they_stood(bob, thread, address):
    html = (
        '<p>The roof:</p><p><img src="cid:roof.png" alt="The roof from the north"></p>'
        '<p>The cellar:</p><p><img src="cid:IMG_0042.png" alt="IMG_0042.png"></p><p>Which first?</p><p><img src="cid:roof.png"></p>'
    )
    other = picture("PNG", (200, 300))
    raw = parcel(bob.email, address, "The roof:\n\nThe cellar:", (PNG, "roof.png"), (other, "IMG_0042.png"), html=html)

    receive(raw, address)

    post = Post.objects.get(author=bob)
    assert to_plain(post.body) == (
        "The roof:\n\n[picture 1: The roof from the north]\n\nThe cellar:\n\n[picture 2]\n\nWhich first?"
    )
    assert [alt for _name, _kind, alt in shown(post)] == ["The roof from the north", "picture 2"]


def test_what_only_adorns_a_mail_is_left_out_and_not_named(bob, thread, address, on_disk):
    pixel, icon, logo = (picture("PNG", size) for size in ((1, 1), (24, 24), (200, 60)))
    html = (
        '<p>Yes, gladly. <img src="cid:spy.png"></p><p><img src="cid:image001.png"></p>'
        '<div class="gmail_signature">Bob<br><img src="cid:mill.png"></div>'
    )
    raw = parcel(bob.email, address, "Yes, gladly.", (pixel, "spy.png"), (icon, "image001.png"), (logo, "mill.png"), html=html)

    receive(raw, address)

    post = Post.objects.get(author=bob)
    assert (to_plain(post.body), shown(post), what_was_left(), on_disk()) == ("Yes, gladly.", [], [], 0)


def test_the_same_file_twice_is_one(bob, thread, address):
    receive(parcel(bob.email, address, "Twice.", (PNG, "wall.png"), (PNG, "wall (1).png"), (PDF, "a.pdf")), address)

    post = Post.objects.get(author=bob)
    assert ([name for name, _kind, _alt in shown(post)], what_was_left()) == (["wall.png", "a.pdf"], [])


def test_a_picture_says_no_longer_where_it_was_taken(bob, thread, address):
    receive(parcel(bob.email, address, "Our kitchen.", (picture_with_a_place(), "kitchen.jpg")), address)

    with attached_to(Post.objects.get(author=bob)).get().file.open() as kept:
        content = kept.read()
    assert (b"Mara" in content, dict(Image.open(io.BytesIO(content)).getexif())) == (False, {})


def test_a_text_in_an_old_writing_can_be_read(bob, thread, address):
    receive(parcel(bob.email, address, "The list.", ("Größe;Zahl\nMühle;3\n".encode("cp1252"), "Mühlen.csv")), address)

    file = attached_to(Post.objects.get(author=bob)).get()
    with file.file.open() as kept:
        assert (file.name, kept.read().decode()) == ("Mühlen.csv", "Größe;Zahl\nMühle;3\n")


# --- What stays behind is told, once, with each reason

HOSTILE = {
    "a program": (b"MZ\x90\0" * 20, "run.exe"),
    "a page with a script": (HTML.encode(), "plan.html"),
    "a page that calls itself a picture": (HTML.encode(), "plan.png"),
    "a page that begins like a picture": (b"GIF89a" + HTML.encode(), "plan.gif"),
    "a drawing with a script": (SVG, "mark.svg"),
    "a document with macros": (DOCM, "plan.docx"),
    "a picture of too many pixels": (bomb(9000, 9000), "bomb.png"),
    "a mail": (letter("x@elsewhere.example", "y@elsewhere.example"), "mail.eml"),
    "nothing at all": (b"", "empty.txt"),
    "bytes that call themselves a text": (b"\0\1\2" * 9, "notes.txt"),
}


@pytest.mark.parametrize("file", HOSTILE.values(), ids=HOSTILE)
def test_what_does_not_pass_the_checks_stays_behind_and_is_told(bob, thread, address, file, mail_of):
    raw = parcel(bob.email, address, "The plan.", file, (DOCX, "plan.docx"))

    mail, (told,) = mail_of(raw, address)

    post = Post.objects.get(author=bob)
    assert (mail.outcome, [name for name, _kind, _alt in shown(post)]) == ("posted", ["plan.docx"])
    assert to_plain(post.body) == f"The plan.\n\n[1 attached, not carried over: {file[1]}]"
    assert (told.to, told.subject) == ([bob.email], "Not all came along: Re: Our survey")
    rows = [row for row in told.body.splitlines() if row.startswith("- ")]
    assert (len(rows), rows[0].startswith(f"- {file[1]}: "), len(rows[0]) > len(file[1]) + 12) == (1, True, True)
    assert post.get_absolute_url() in told.body


@pytest.fixture
def mail_of(django_capture_on_commit_callbacks, mailoutbox):
    """Receive a mail, let the workers send what follows, and return what its writer got."""

    def act(raw: bytes, address: str):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            mail = receive(raw, address)
        return mail, [one for one in mailoutbox if one.to == [mail.person.email]]

    return act


def test_more_files_than_a_mail_brings_are_named_in_the_same_mail(bob, thread, address, mail_of, on_disk):
    files = [(picture("PNG", (60, 40 + number)), f"wall {number}.png") for number in range(22)]

    _mail, (told,) = mail_of(parcel(bob.email, address, "The walls.", *files, (b"MZ", "run.exe")), address)

    assert attached_to(Post.objects.get(author=bob)).count() == MOST
    assert told.body.count("A mail brings 10 files at most.") == 13
    assert on_disk() == MOST


def test_a_file_without_words_comes_back_with_what_is_missing(bob, thread, address, mail_of, on_disk):
    html = '<p><img src="cid:IMG_1.png" alt="IMG_1.png"></p>'
    for raw in (
        parcel(bob.email, address, " ", (PNG, "wall.png")),
        parcel(bob.email, address, " ", (PNG, "IMG_1.png"), html=html),
    ):
        mail, (back,) = mail_of(raw, address)

        assert (mail.outcome, mail.reason) == ("refused", "empty")
        assert "A file alone cannot be posted" in back.body
    assert (on_disk(), Post.objects.filter(author=bob).count()) == (0, 0)


def test_files_are_told_of_where_only_words_are_taken(bob, thread, alice, mail_of, on_disk):
    session = asking_making.opened(alice)
    address = reply_address(bob, session.thread)
    asking_making.closed(session)

    mail, told = mail_of(parcel(bob.email, address, "How do you begin?", (PNG, "wall.png"), (b"MZ", "run.exe")), address)

    assert (mail.outcome, mail.target_type.model, on_disk()) == ("posted", "question", 0)
    (left,) = [one for one in told if "Not all came along" in one.subject]
    assert "- wall.png: This address takes words only.\n- run.exe: This address takes words only." in left.body


def test_no_more_such_mails_than_other_answers_a_day(bob, thread, address):
    InboundMail.objects.bulk_create(InboundMail(identity=str(n), size=1, person=bob, answered=True) for n in range(20))

    mail = receive(parcel(bob.email, address, "The plan.", (b"MZ", "run.exe")), address)

    assert (mail.outcome, what_was_left()) == ("posted", [])


# --- Nothing stays on the disk of a mail that was not posted


@pytest.mark.parametrize("why", ["left", "stranger", "other subject"])
def test_a_mail_that_is_refused_or_held_leaves_no_file(bob, thread, address, why, on_disk):
    sender, headers = bob.email, {}
    if why == "left":
        Participant.objects.filter(person=bob).delete()
    elif why == "stranger":
        sender = "mallory@elsewhere.example"
    else:
        headers = {"Subject": "Something new", "In_Reply_To": ""}

    mail = receive(parcel(sender, address, "The plan.", (PDF, "plan.pdf"), (b"MZ", "run.exe"), **headers), address)

    assert (mail.outcome in {"refused", "held"}, on_disk(), Upload.objects.count(), what_was_left()) == (True, 0, 0, [])


def test_a_mail_that_our_software_fails_on_leaves_no_file(bob, thread, address, monkeypatch, on_disk):
    raw = parcel(bob.email, address, "The plan.", (PDF, "plan.pdf"))
    with monkeypatch.context() as broken:
        broken.setattr(receiving, "_close", _fails)
        mail = receive(raw, address)
    assert (mail.state, on_disk(), Post.objects.filter(author=bob).count()) == ("received", 0, 0)

    InboundMail.objects.update(lease_until=None)
    receiving.settle(mail.pk)

    assert (attached_to(Post.objects.get(author=bob)).count(), on_disk()) == (1, 1)


def _fails(*args):
    raise RuntimeError("the disk is full")


def test_explaining_a_mail_leaves_no_file(bob, thread, address, on_disk):
    told = explain(parcel(bob.email, address, "The plan.", (PDF, "plan.pdf"), (b"MZ", "run.exe")), address)

    assert (told["outcome"], told["attachments"]) == ("posted", ["plan.pdf", "run.exe"])
    assert (on_disk(), Upload.objects.count(), OutgoingMail.objects.filter(kind="mail_files_left").count()) == (0, 0, 0)


def test_a_held_mail_brings_its_files_when_it_is_posted(client, bob, thread, address, on_disk):
    raw = parcel("bob@private.example", address, "The plan.", (PDF, "plan.pdf"), (b"MZ", "run.exe"))
    mail = receive(raw, address)
    client.force_login(bob)

    client.post(reverse("inbound:mail-post", args=[mail.pk]))
    client.post(reverse("inbound:mail-post", args=[mail.pk]))

    assert [name for name, _kind, _alt in shown(Post.objects.get(author=bob))] == ["plan.pdf"]
    assert (on_disk(), what_was_left()) == (1, [mail.pk])


# --- Every door that posts words


def test_a_private_answer_brings_files_and_what_it_quotes(alice, bob, thread):
    post = Post.objects.get(thread=thread)
    address = f"{ReplyAddress.objects.of('author', bob, post).local_part}@mail.example.org"

    mail = receive(parcel(bob.email, address, "Only for you.\n\n> Shall we compare notes?\n", (PDF, "plan.pdf")), address)

    first = mail.target.posts.get()
    assert ([name for name, _kind, _alt in shown(first)], first.quoted) == (["plan.pdf"], "> Shall we compare notes?")


def test_answers_to_questions_bring_files(alice, bob):
    session = asking_making.opened(alice)
    (question,) = asking_making.ask(session, bob)
    address = f"{ReplyAddress.objects.of('question', alice, question).local_part}@mail.example.org"

    mail = receive(parcel(alice.email, address, "With a list.", (DOCX, "list.docx"), (b"MZ", "run.exe")), address)

    assert ([name for name, _kind, _alt in shown(mail.target)], what_was_left()) == (["list.docx"], [mail.pk])


def test_the_same_words_with_another_file_are_no_repetition(bob, thread, address):
    def send(*file):
        return receive(parcel(bob.email, address, "Another one.", file), address).reason

    assert [send(PDF, "a.pdf"), send(PNG, "b.png"), send(PNG, "b.png")] == ["", "", "same again"]


# --- Names


@pytest.mark.parametrize(
    ("name", "alt"),
    [
        ("roof_of-the-mill.png", "roof of the mill"),
        ("屋顶.png", "屋顶"),
        ("IMG_2041.png", "picture"),
        ("image001.png", "picture"),
        ("3F2504E0-4F89-11D3-9A0C-0305E82C3301.png", "picture"),
        ("Screenshot 2026-11-22 at 10.15.12.png", "Screenshot 2026 11 22 at 10.15.12"),
        ("../../etc/roof.png", "roof"),
        ("", "picture"),
    ],
)
def test_what_a_picture_shows_is_read_from_its_name(name, alt):
    things = brought(parse(parcel("bob@people.example.org", "x@mail.example.org", "See.", (PNG, name))))

    assert [one.alt for one in things.files] == [alt]


def test_a_picture_in_words_that_a_program_wrote_is_named_by_its_writer():
    said = "A mill by the river\n\nDescription automatically generated with medium confidence"
    html = f'<p>Ours: <img src="cid:image001.png" alt="{said}"> is older.</p>'

    things = brought(parse(parcel("bob@people.example.org", "x@mail.example.org", "Ours", (PNG, "image001.png"), html=html)))

    assert things.words == "Ours: [picture: A mill by the river] is older."


def test_a_row_of_brackets_in_somebodys_words_is_no_picture():
    raw = parcel("bob@people.example.org", "x@mail.example.org", "I typed [image: mine] myself.", (PNG, "wall.png"))

    assert brought(parse(raw)).words == "I typed [image: mine] myself."
