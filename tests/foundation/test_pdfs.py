"""A PDF that is a program is refused with a sentence; one that is a document is kept as it came."""

from __future__ import annotations

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from foundation import pdfs, uploads
from tests.foundation import files
from tests.foundation.files import carrying, pdf, sent


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def on_opening(made: Pdf) -> None:
    made.Root.OpenAction = script()


def on_a_page(made: Pdf) -> None:
    """In a dictionary within a dictionary of an array."""
    made.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], AA=Dictionary(E=script()))])


def on_closing(made: Pdf) -> None:
    made.Root.AA = Dictionary(WC=made.make_indirect(Dictionary(S=Name.JavaScript, JS=made.make_stream(b"app.alert(1)"))))


def by_name(made: Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["start", made.make_indirect(script())])))


def after_another(made: Pdf) -> None:
    """The link leads to a page, and then to a script."""
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]), Next=Array([script()]))


def in_a_film(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name("/Rendition"), JS=made.make_stream(b"app.alert(1)"))


def on_a_model(made: Pdf) -> None:
    """On the dictionary of a stream."""
    made.Root.Model = made.make_stream(b"U3D", Subtype=Name("/U3D"), OnInstantiate=made.make_stream(b"runtime.x()"))


def launch(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.Launch, F="cmd.exe")


def take_data_in(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name("/ImportData"), F="data.fdf")


def xfa(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp/>"))


SPELT = pdf(launch).replace(b"/Launch", b"/La#75nch").replace(b"(cmd.exe)", b"(cmd.e)")  # names can be spelt in numbers


@pytest.mark.row("R16")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        *((pdf(change), "carries a script") for change in (on_opening, on_a_page, on_closing, by_name, after_another, in_a_film)),
        (pdf(on_a_model), "carries a script"),
        (pdf(on_a_page, object_stream_mode=pikepdf.ObjectStreamMode.generate), "carries a script"),
        (pdf(launch), "opens another program"),
        (SPELT, "opens another program"),
        (pdf(take_data_in), "opens another program"),
        (pdf(xfa), "is a form that can run scripts"),
        (carrying("invoice.exe", b"MZ\x90\0"), "Another file lies within"),
        (carrying("notes.txt", b"MZ\x90\0"), "Another file lies within"),
        (carrying("notes.txt.js", b"alert(1)"), "Another file lies within"),
        (carrying("more.pdf", files.PDF), "Another file lies within"),
        (pdf(encryption=Encryption(user="open", owner="sesame")), "asks for a password"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "is damaged"),
        (b"%PDF-1.7 and no more %%EOF", "is damaged"),
    ],
)
def test_a_pdf_that_does_something_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(ValidationError) as refused:
        uploads.checked(sent(content, "report.pdf"))

    assert sentence in refused.value.messages[0]
    assert refused.value.messages[0].endswith(("send that.", "send that one.", "beside it.", "send it again."))


def a_form(made: Pdf) -> None:
    field = Dictionary(Subtype=Name.Widget, FT=Name.Tx, T="/JavaScript /Launch", Rect=[0, 0, 9, 9])
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field)]))


def a_link(made: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://tidemark.example/")
    made.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))
    made.Root.Number = made.make_indirect(7)


@pytest.mark.parametrize(
    "content",
    [
        files.PDF,
        pdf(a_form),
        pdf(a_link),
        carrying("formula.mml", b"<math/>"),
        pdf(encryption=Encryption(user="", owner="sesame")),  # everybody may read it, and not everybody change it
    ],
)
def test_a_pdf_that_is_a_document_is_kept_as_it_came(content):
    assert uploads.checked(sent(content, "report.pdf")).content == content


@pytest.mark.row("R16")
def test_a_small_pdf_that_unpacks_to_a_large_one_is_refused_before_it_is_unpacked():
    small, bomb = files.packed_pdf(1000), files.packed_pdf(3 * pdfs.MOST_UNPACKED)
    assert (uploads.checked(sent(small, "report.pdf")).content, len(bomb) < 200_000) == (small, True)

    with pytest.raises(ValidationError, match="damaged"):
        uploads.checked(sent(bomb, "report.pdf"))


def test_a_pdf_of_very_many_pieces_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_OBJECTS", 3)

    with pytest.raises(ValidationError, match="too many pieces"):
        uploads.checked(sent(files.PDF, "report.pdf"))
