"""A review in which neither side learns who the other is, lived through twice: everything that each side can fetch is looked through.

Members are named on many pages that have nothing to do with it, so a name is compared: on which pages a reviewer reads the author's, and on
which pages a stranger does who asks for the same ones. They are to be the same pages, and none of them names the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from django.core import mail as django_mail
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import User
from correspondence.inbound.receiving import receive
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from foundation import privacy_export, uploads
from products.drafting import naming
from products.drafting import workflow as drafting
from products.models import Edition, EditionComment, EditionFile, Review, ReviewRound
from products.reviewing import workflow as reviewing
from products.reviewing.relay import workflow as relay
from products.road import workflow as road
from tests import make
from tests.community.test_leaks import Reader, crawl, entry_pages, links_in
from tests.correspondence.letters import letter
from tests.database import undone_at_the_end
from tests.foundation import files
from tests.foundation.test_metadata import NAME, PARTS, WORD, a_pdf, everything_in, packed, raw_of
from tests.leaks import Chosen
from tests.products import making

pytestmark = pytest.mark.row("R21")
TITLE = "Mudlark bridges"
AUTHORS = ("Quilla", "Ferrymaster", "Oleander", "Thistlewood", "Wendelmoor")  # two people, and whom they work for
REVIEWERS = ("Zephyrine", "Underhill", "Barnaby", "Crowfoot", "Saltmarsh")
BLIND = {"is_anonymous": True, "hides_authors": True}


@dataclass
class Told:
    """Who is on which side, what was mailed, and what each of them was shown."""

    quilla: User
    oleander: User
    zephyrine: User
    barnaby: User
    stranger: User
    editor: User
    mails: list[django_mail.EmailMessage] = field(default_factory=list)

    @cached_property
    def to_a_stranger(self) -> dict[str, str]:
        """What a member is shown who has nothing to do with it, of the same addresses."""
        return shown(self, self.stranger)

    @property
    def edition(self) -> Edition:
        return Edition.objects.select_related("product__space").get(title=TITLE)


def a_story() -> Told:
    """Two blind rounds of one white paper: with files, co-authors, questions, comments, answers, a decision, mails in and out."""
    told = Told(
        quilla=make.ambassador(NAME, organization="Wendelmoor Trust"),
        oleander=make.ambassador("Oleander Thistlewood", organization="Wendelmoor Trust"),
        zephyrine=make.ambassador("Zephyrine Underhill", organization="Saltmarsh Works"),
        barnaby=make.ambassador("Barnaby Crowfoot", organization="Saltmarsh Works"),
        stranger=make.ambassador("Sam Stranger"),
        editor=making.editor(),
    )
    with TestCase.captureOnCommitCallbacks(execute=True):
        written(told)
    first_round(told)
    with TestCase.captureOnCommitCallbacks(execute=True):
        second_round(told)
    for row in OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED):
        deliver_mail(row.pk)
    told.mails = list(django_mail.outbox)
    return told


def written(told: Told) -> None:
    edition = making.draft(told.quilla, title=TITLE, kind="white-paper")
    asked = naming.invite(edition.product, told.oleander, by=told.quilla, words="Quilla here: write with me?")
    naming.agree(
        naming.answer(asked, by=told.oleander, is_yes=True),
        by=told.oleander,
        name="Oleander Thistlewood",
        title="Head of bridges, Wendelmoor Trust",
        tagline="Thistlewood builds.",
        photo=None,
        to="My name stands under it.",
    )
    for slug, content, name, content_type in handed_files():
        upload = uploads.upload_keep(uploads.CheckedFile(content, name, content_type), owner=told.quilla, holder=edition)
        EditionFile.objects.create(edition=edition, slug=slug, title=f"A {slug}", upload=upload, added_by=told.quilla)
    drafting.save_edition(edition, by=told.oleander, revision=edition.revision, note="Oleander: shorter", subtitle="Of planks")
    road.submit(told.edition, by=told.quilla, revision=told.edition.revision, note="Quilla Ferrymaster asks for patience.")


def handed_files() -> Iterator[tuple[str, bytes, str, str]]:
    yield "printed", a_pdf(), "Quilla-Ferrymaster-final.pdf", "application/pdf"
    yield "manuscript", packed(PARTS[WORD]), "Quilla-Ferrymaster-final.docx", WORD
    picture = files.picture(exif=_taken_by(NAME))
    kept = uploads.checked(files.sent(picture, "Quilla-Ferrymaster.jpg"))
    yield "picture", kept.content, kept.name, kept.content_type


def _taken_by(name: str):
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = exif[0x8298] = name  # artist, copyright
    return exif


def first_round(told: Told) -> None:
    """One reviews on the web and asks by mail; the author answers by mail; both comment; the editor asks for a revision."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        first = making.asked_blind(told.edition, told.zephyrine)
        second = making.asked(told.edition, told.barnaby)
        reviewing.remind(first, by=told.editor)
        reviewing.comment(first, by=told.zephyrine, words="Which planks?")
        reviewing.comment(second, by=told.barnaby, words="Oak or ash?")
        relay.pass_on(first, by=told.zephyrine, words="Are the bridges all of one river?")
    asked = next(mail for mail in django_mail.outbox if "one river" in everything_of(mail) and mail.to == [told.quilla.email])
    to = asked.message()["Reply-To"].partition("<")[2].rstrip(">")
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert receive(letter(told.quilla.email, to, "All of one river."), to).outcome == "posted"
    with TestCase.captureOnCommitCallbacks(execute=True):
        for review in (first, second):
            making.finish(Review.objects.select_related("round__edition__product", "reviewer").get(pk=review.pk))
    with TestCase.captureOnCommitCallbacks(execute=True):
        road.ask_for_revision(told.edition, by=told.editor, revision=told.edition.revision, note="Name the planks.")
        for comment in EditionComment.objects.all():
            reviewing.answer_comment(comment, by=told.oleander, did="kept", words="Both, by turns.")


def second_round(told: Told) -> None:
    """Handed in again, and read again: one review is in, the other is being written."""
    drafting.save_edition(told.edition, by=told.quilla, revision=told.edition.revision, note="Quilla: planks", subtitle="Of oak")
    road.submit(
        told.edition, by=told.quilla, revision=told.edition.revision, note="Thank you. Quilla Ferrymaster", is_nameless=True
    )
    first = making.asked_blind(told.edition, told.zephyrine)
    making.finish(first)
    making.asked(told.edition, told.barnaby)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> Iterator[Told]:
    with undone_at_the_end(django_db_blocker):
        django_mail.outbox = []
        yield a_story()


def everything_of(message: django_mail.EmailMessage) -> str:
    """Headers, subject and each part, as a mail program decodes them."""
    made = message.message()
    parts = [part.get_payload(decode=True) or b"" for part in made.walk()]
    return "\n".join([*(f"{name}: {value}" for name, value in made.items()), *(part.decode(errors="replace") for part in parts)])


def names_in(text: str, names: tuple[str, ...]) -> set[str]:
    return {name for name in names if name.casefold() in text.casefold()}


def shown(told: Told, person: User) -> dict[str, str]:
    """Everything somebody can fetch who begins at every page that has no number in its address, and follows all links."""
    client = Reader({}, Chosen())
    client.force_login(person)
    edition, searched = told.edition, ("Quilla", "Zephyrine", TITLE, "planks", "Wendelmoor")
    pages = [*entry_pages(), *(f"/search/?q={word}" for word in searched), *(f"/ambassadors/?q={word}" for word in searched)]
    return crawl(client, [*pages, *addresses_of(edition)])


def addresses_of(edition: Edition) -> list[str]:
    """Every page of this edition and of its reviews, whether or not somebody is shown a link to it."""
    slug, number = edition.product.slug, edition.number
    of_edition = ("edition-edit", "revision-list", "round-detail", "comment-list", "question-list", "edition-detail")
    found = [reverse(f"products:{name}", args=[slug, number]) for name in of_edition]
    found += [reverse(f"products:{name}", args=[slug]) for name in ("product-progress", "author-list", "product-detail")]
    found += [reverse(f"products:{name}", args=[pk]) for pk in Review.objects.values_list("pk", flat=True) for name in OF_REVIEW]
    return found


TO_EDITORS = {"review_declined", "reviews_in"}
OF_REVIEW = ("review-detail", "question-own-list")


def linked_from(client: Client, start: str) -> dict[str, str]:
    """A page, and every page that it leads to."""
    first = client.get(start).content.decode()
    return {start: first} | {url: client.get(url).content.decode("latin-1") for url in links_in(first)}


def files_of(person: User) -> Iterator[tuple[str, str]]:
    """Each file that a reviewer is handed, unpacked."""
    client = Client()
    client.force_login(person)
    review = Review.objects.filter(reviewer=person).latest("pk")
    for url in re.findall(r'href="(/reviews/\d+/files/\d+/)"', client.get(f"/reviews/{review.pk}/").content.decode()):
        answer = client.get(url)
        content = answer.content
        if answer.headers["Content-Type"] == "application/pdf":
            text = raw_of(content)
        elif content.startswith(b"PK"):
            text = everything_in(content)
        else:
            text = content.decode("latin-1")
        yield url, f"{answer.headers}\n{text}"


def said_in(pages: dict[str, str], names: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """How often each name stands on each page."""
    return {
        url: {name: text.casefold().count(name.casefold()) for name in names_in(text, names)}
        for url, text in pages.items()
        if names_in(text, names)
    }


@pytest.mark.django_db
def test_nothing_that_a_reviewer_can_fetch_says_who_wrote_it(told):
    pages = shown(told, told.zephyrine)

    assert sum(TITLE in text for url, text in pages.items() if url.startswith("/reviews/")) >= 3, "there is nothing to look through"
    assert said_in(pages, AUTHORS) == said_in(told.to_a_stranger, AUTHORS)


@pytest.mark.django_db
def test_nothing_that_somebody_reads_who_still_reviews_it_says_who_wrote_it(told):
    client = Client()
    client.force_login(told.barnaby)
    pages = {url: client.get(url).content.decode() for url in ("/reviews/", *addresses_of(told.edition))}

    assert sum(TITLE in text for text in pages.values()) >= 3
    assert said_in(pages, AUTHORS) == {}


@pytest.mark.django_db
def test_nothing_that_an_author_can_fetch_says_who_reviewed_it(told):
    pages = shown(told, told.quilla)

    comments = reverse("products:comment-list", args=[told.edition.product.slug, told.edition.number])
    assert ["Reviewer 1" in pages[comments], "Which planks?" in pages[comments]] == [True, True]
    assert said_in(pages, REVIEWERS) == said_in(told.to_a_stranger, REVIEWERS)


@pytest.mark.django_db
def test_no_file_that_a_reviewer_is_handed_says_who_made_it(told):
    handed = dict(files_of(told.barnaby))
    assert len(handed) == 4
    assert [(url, names_in(text, AUTHORS)) for url, text in handed.items() if names_in(text, AUTHORS)] == []


@pytest.mark.django_db
def test_no_mail_says_to_one_side_who_the_other_is(told):
    sides = {told.quilla.email: REVIEWERS, told.oleander.email: REVIEWERS}
    sides |= {told.zephyrine.email: AUTHORS, told.barnaby.email: AUTHORS}
    looked = [(mail, sides[mail.to[0]]) for mail in told.mails if mail.to[0] in sides]

    about = [everything_of(mail) for mail, _names in looked]
    assert sum(TITLE in text for text in about) >= 12, "too few mails to look through"
    said = [(mail.to, mail.subject, found) for mail, names in looked if (found := names_in(everything_of(mail), names))]
    assert said == []


@pytest.mark.django_db
def test_the_link_of_a_mail_opens_nothing_that_says_who_wrote_it(told):
    link = next(
        re.search(r"https?://[^/\s]+(/reviews/[\w.-]+/)", mail.body)
        for mail in reversed(told.mails)
        if mail.to == [told.barnaby.email]
    )
    assert link is not None
    pages = linked_from(Client(), link[1])

    assert TITLE in pages[link[1]]
    assert sum(url.startswith(link[1]) for url in pages) >= 5, "the page and its files"
    assert [url for url in said_in(pages, AUTHORS) if url.startswith("/reviews/") or TITLE in pages[url]] == []


@pytest.mark.django_db
def test_nobodys_archive_holds_the_other_side(told):
    for person, names in ((told.zephyrine, AUTHORS), (told.barnaby, AUTHORS), (told.quilla, REVIEWERS), (told.oleander, REVIEWERS)):
        archive = privacy_export.archive_of(person)
        assert ("Which planks?" in str(archive["reviews"])) is (person == told.zephyrine)
        assert {section: found for section, rows in archive.items() if (found := names_in(str(rows), names))} == {}


@pytest.mark.django_db
def test_the_support_teams_lists_of_mail_do_not_say_who_takes_part(told):
    """Whoever writes or reviews may be of the support team."""
    boss = make.person("Sue Sato", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(boss)
    about = {kind.name for kind in kinds if kind.name.startswith(("review", "edition_decided"))} - TO_EDITORS
    assert OutgoingMail.objects.filter(kind__in=about, person=told.zephyrine).count() >= 4

    for model in ("outgoingmail", "inboundmail"):
        listed = client.get(reverse(f"admin:correspondence_{model}_changelist"), {"q": ""}).context["cl"].queryset
        assert [getattr(row, "kind", row.pk) for row in listed if getattr(row, "kind", "relay") in about | {"relay"}] == []


@pytest.fixture
def signed(db):
    """Handed in, with the author's name in a note, a link and the text."""
    writer = make.ambassador("Wilma Writer", organization="Wendelmoor Trust")
    body = '<p>As I wrote before[^1], at Wendelmoor Trust.</p><p>[^1]: <a href="https://a.example/ambassadors/wilma-writer/">Writer, Wilma</a></p>'
    return making.submitted(writer, body=body)


def test_an_editor_is_told_where_a_text_says_who_wrote_it_before_it_is_read_blindly(client, signed):
    client.force_login(making.editor())
    place = [signed.product.slug, signed.number]
    page, press = (reverse(f"products:{name}", args=place) for name in ("round-detail", "round-open"))
    form = {"revision": signed.revision, "due_on": "2099-01-01", "reviews_needed": 2, "hides": "both", "note": ""}

    assert 'name="although_named"' not in client.get(page).content.decode()
    answer = client.post(press, form)
    said = answer.content.decode()
    assert (answer.status_code, signed.rounds.count(), 'name="although_named"' in said) == (422, 0, True)
    assert ["“wilma-writer” stands in the text." in said, "“Wendelmoor Trust” stands in the text." in said] == [True, True]
    assert client.post(press, form | {"although_named": "on", "note": "Wilma Writer is new."}).status_code == 422
    assert client.post(press, form | {"although_named": "on"}).status_code == 302
    assert "have not said that they looked for names" in client.get(page).content.decode()

    make.ambassador("Rae Reviewer")
    asked = {"person": "Rae Reviewer", "despite": "She knows clubs.", "note": "Wilma Writer would be glad."}
    refused = client.post(reverse("products:round-invite", args=place), asked)
    assert "not to read this name: Wilma Writer" in refused.content.decode()
    assert Review.objects.filter(round__edition=signed).count() == 0


def test_what_is_read_blindly_is_handed_in_by_somebody_who_looked_for_names(client, db):
    writer = make.ambassador("Wilma Writer")
    edition = making.draft(writer, body="<p>Whoever stays was asked.</p><p>Wilma Writer</p>")
    client.force_login(writer)
    press = reverse("products:edition-submit", args=[edition.product.slug, 1])

    answer = client.post(press, {"revision": edition.revision, "is_nameless": "on", "note": ""})
    assert (answer.status_code, "“Wilma Writer” stands in the text." in answer.content.decode()) == (422, True)
    parts = [{"slug": part.slug, "title": "", "pillar_id": None, "body": making.TEXT} for part in edition.parts.all()]
    edition = drafting.save_edition(edition, by=writer, revision=edition.revision, parts=parts)
    assert client.post(press, {"revision": edition.revision, "is_nameless": "on", "note": ""}).status_code == 302
    edition.refresh_from_db()
    assert (edition.status, edition.is_nameless) == ("in review", True)

    making.asked_blind(edition, making.reviewer())
    road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Shorter.")
    answer = client.post(press, {"revision": edition.revision, "note": ""})
    assert (answer.status_code, "look for names, and say that you did" in answer.content.decode()) == (422, True)
    assert client.post(press, {"revision": edition.revision, "is_nameless": "on", "note": ""}).status_code == 302


def seen_as(client, edition: Edition, who: str) -> str:
    answer = client.get(reverse("products:edition-seen-as", args=[edition.product.slug, edition.number, who]))
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main")[0]


@pytest.mark.django_db
def test_an_editor_and_the_author_look_at_it_as_others_get_it_and_press_nothing(client, told):
    ReviewRound.objects.filter(edition=told.edition, closed_at=None).update(closed_at=timezone.now())
    client.force_login(told.editor)
    pages = {who: seen_as(client, told.edition, who) for who in ("author", "reviewer", "visitor")}

    tells = {who: (bool(names_in(page, AUTHORS)), bool(names_in(page, REVIEWERS)), "<form" in page) for who, page in pages.items()}
    assert tells == {"author": (True, False, False), "reviewer": (False, False, False), "visitor": (True, False, False)}
    assert ["Reviewer 1" in page for page in pages.values()] == [True, True, False]
    assert all(TITLE in page and "Whoever stays longest" in page for page in pages.values())

    client.force_login(told.quilla)
    own = {who: seen_as(client, told.edition, who) for who in ("author", "reviewer")}
    assert [names_in(own["reviewer"], AUTHORS), names_in(own["author"], REVIEWERS)] == [set(), set()]
    client.force_login(told.zephyrine)
    assert client.get(reverse("products:edition-seen-as", args=[told.edition.product.slug, 1, "author"])).status_code == 404
    client.force_login(told.editor)
    assert client.get(reverse("products:edition-seen-as", args=[told.edition.product.slug, 1, "nobody"])).status_code == 404
