"""Nominations by mail: the form, what is read from an answer, the mail that reads back, and the word that submits."""

import re

import pytest
from django.urls import reverse

from ambassadors.models import Decision, Evidence, Nomination
from ambassadors.nominations import clearing, moves, workflow
from ambassadors.nominations.mail_form import headings, read
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail, ReplyAddress
from correspondence.tasks import deliver_mail
from foundation.workflow import apply
from tests.ambassadors import admission_making as making
from tests.correspondence.letters import letter

URL = "/nominations/"


@pytest.fixture
def edition(db):
    return making.edition()


def rendered(mailoutbox, kind):
    """The newest mail of a kind, as it is sent."""
    mail = OutgoingMail.objects.filter(kind=kind).latest("pk")
    deliver_mail(mail.pk)
    return mailoutbox[-1]


def own_address(person, target=None) -> str:
    return f"{ReplyAddress.objects.of('nominate', person, target or person).local_part}@mail.example.org"


def send(person, words, target=None, **headers):
    address = own_address(person, target)
    return receive(letter(person.email, address, words, **{"Subject": "Re: Whom do you nominate?", **headers}), address)


def answered(form: str, answers: dict[str, str], *, quoted: bool) -> str:
    """The form as a mail program sends it back with answers under its headings."""
    lines = ["On 22 Nov 2026, Tidemark <nominate@mail.example.org> wrote:"]
    for line in form.split("\n"):
        lines.append(f"> {line}" if quoted else line)
        heading = re.match(r"\d+\. (.*)", line)
        if heading and heading[1] in answers:
            lines += ["", answers[heading[1]], ""]
    return "\n".join(lines)


ANSWERS = {
    "Name": "Nia Nominee",
    "E-mail address": "<mailto:nia@tidemark.example>",
    "Organisation": "Harbour Trust",
    "How you know each other": "We taught together.\n\nSince 2009, and:\n1. in Leeds\n2. in Porto",
    "An interest of your own in it: “none”, or which one": "None.",
    "Do they know? Yes or no": "Yes, I asked her",
    "What all ambassadors will read of them": "She runs a school.",
    "Changes minds": "A column a month.",
    "Asks for results": "She stopped her own programme.",
}


@pytest.mark.row("B2")
@pytest.mark.parametrize("quoted", [True, False])
def test_the_form_goes_out_and_its_answer_becomes_a_draft(client, alice, edition, mailoutbox, quoted):
    client.force_login(alice)
    client.post(f"{URL}form-by-mail/")
    form = rendered(mailoutbox, "nomination_form")
    (to,) = form.reply_to or [form.extra_headers["Reply-To"]]

    mail = send(alice, answered(form.body, ANSWERS, quoted=quoted))

    draft = Nomination.objects.get()
    assert own_address(alice) in to
    assert (mail.outcome, mail.target) == ("posted", draft)
    assert (draft.status, draft.via, draft.name, draft.email) == ("draft", "mail", "Nia Nominee", "nia@tidemark.example")
    assert draft.relation == ANSWERS["How you know each other"]
    assert (draft.conflict, draft.conflict_text, draft.nominee_knows, draft.slate_text) == ("none", "", "yes", "She runs a school.")
    assert {one.criterion.text: one.text for one in Evidence.objects.all()} == {
        "Changes minds": "A column a month.",
        "Asks for results": "She stopped her own programme.",
    }
    assert (draft.reason, workflow.missing_in(draft)) == ("", {})
    back = rendered(mailoutbox, "nomination_read_back")
    assert "answer with the word “submit”" in back.body
    assert draft.get_absolute_url() in back.body


def test_what_is_missing_is_asked_for_and_filled_by_the_next_answer(alice, edition, mailoutbox):
    send(alice, "1. Nia Nominee\n2. nia@tidemark.example\n7. From school.\n\nAlice")
    draft = Nomination.objects.get()
    back = rendered(mailoutbox, "nomination_read_back").body
    assert "Name: Nia Nominee" in back
    assert re.findall(r"^\d+\. (.*)$", back, re.MULTILINE) == [
        "An interest of your own in it: “none”, or which one",
        "Do they know? Yes or no",
        "What all ambassadors will read of them",
        "Changes minds",
        "Asks for results",
    ]

    send(alice, answered(back, ANSWERS, quoted=True), target=draft)

    draft.refresh_from_db()
    assert (workflow.missing_in(draft), draft.status, draft.relation) == ({}, "draft", "From school.\n\nAlice")

    mail = send(alice, "Submit.\n\n> Nothing is missing.", target=draft)

    draft.refresh_from_db()
    assert (draft.status, mail.outcome) == ("submitted", "posted")
    assert list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)) == [
        "nomination_read_back",
        "nomination_read_back",
        "nomination_received",
    ]


def test_submit_too_early_says_what_is_missing(alice, edition, mailoutbox):
    draft = making.nomination(alice, status="draft", conflict="")

    send(alice, "submit", target=draft)

    draft.refresh_from_db()
    assert draft.status == "draft"
    assert "8. An interest of your own in it" in rendered(mailoutbox, "nomination_read_back").body


def test_a_free_mail_puts_a_name_on_the_list(alice, edition, mailoutbox):
    words = "She made our whole board change its mind about surveys. You find her at nia@tidemark.example.\n\nAlice"
    mail = send(alice, words, Subject="Nia Nominee", In_Reply_To="")

    entry = Nomination.objects.get()
    assert (mail.outcome, entry.status, entry.name, entry.email) == ("posted", "prospect", "Nia Nominee", "nia@tidemark.example")
    assert entry.reason == " ".join(words.split())
    assert "Nia Nominee is on your list of names" in rendered(mailoutbox, "nomination_read_back").body


def test_a_long_free_mail_is_kept_whole(alice, edition):
    words = "She made us think about surveys again. " * 40

    send(alice, words, Subject="Nia Nominee")

    entry = Nomination.objects.get()
    assert (len(entry.reason) <= 500, entry.relation) == (True, words.strip())


def test_what_cannot_be_placed_comes_back_in_the_writers_words(alice, edition, mailoutbox):
    send(
        alice,
        "Dear all, with pleasure!\n\n1. Nia Nominee\n2. I do not have it\n4. " + "chair of the board and " * 10 + "\n9. perhaps",
    )

    draft = Nomination.objects.get()
    back = rendered(mailoutbox, "nomination_read_back").body
    assert (draft.name, draft.email, draft.reason, draft.nominee_knows) == ("Nia Nominee", "", "Dear all, with pleasure!", "")
    for words in ("Dear all, with pleasure!", "I do not have it", "perhaps"):
        assert words in back
    assert (
        draft.job_title + " " + back.split("I do not have it\n")[1].split("\n\nperhaps")[0].strip()
        == ("chair of the board and " * 10).strip()
    )


@pytest.mark.parametrize(
    ("address", "said"), [("bob", "Bob Brandt is an ambassador already."), ("alice", "This is your own address.")]
)
def test_somebody_who_is_here_by_mail_is_a_kind_word_and_the_rest_is_kept(alice, bob, edition, mailoutbox, address, said):
    email = {"bob": bob, "alice": alice}[address].email

    send(alice, f"1. Somebody\n2. {email}\n7. From school.")

    draft = Nomination.objects.get()
    assert (draft.email, draft.relation) == ("", "From school.")
    assert said in rendered(mailoutbox, "nomination_read_back").body


@pytest.mark.parametrize("status", ["submitted", "declined", "withdrawn"])
def test_an_answer_about_what_is_submitted_goes_back(alice, edition, status):
    case = making.nomination(alice, status=status)

    mail = send(alice, "1. Another Name", target=case)

    case.refresh_from_db()
    assert (mail.outcome, mail.reason, case.name) == ("refused", "not open", "Nia Nominee")
    assert OutgoingMail.objects.get().kind == "mail_returned"


def test_nobody_writes_into_the_draft_of_somebody_else(alice, bob, edition):
    draft = making.nomination(alice, status="draft")
    address = own_address(alice, draft)

    mail = receive(letter(bob.email, address, "1. Mallory", Subject="Re: x"), address)

    draft.refresh_from_db()
    assert (mail.outcome, draft.name) == ("refused", "Nia Nominee")


def test_the_same_mail_twice_makes_one_draft(alice, edition):
    address = own_address(alice)
    raw = letter(alice.email, address, "1. Nia Nominee", Subject="Re: x")

    for _time in range(2):
        receive(raw, address)

    assert Nomination.objects.count() == 1
    assert OutgoingMail.objects.filter(kind="nomination_read_back").count() == 1


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("> 1. Name\nNia", {"name": "Nia"}),
        ("| 1. Name\nNia", {"name": "Nia"}),
        ("1. Name: Nia\n2. E-mail address: nia@x.org", {"name": "Nia", "email": "nia@x.org"}),
        ("*1. Name*\nNia\n*2. E-mail address*\nnia@x.org<mailto:nia@x.org>", {"name": "Nia", "email": "nia@x.org"}),
        (
            "> 8. An interest of your own in it: “none”,\n> or which one\nHer brother works for me.",
            {"conflict": "some", "conflict_text": "Her brother works for me."},
        ),
        ("1) Nia\n2) nia@x.org", {"name": "Nia", "email": "nia@x.org"}),
        ("1. Name\nNia\n-- \nAlice\n5. Place: Porto", {"name": "Nia"}),
        ("Nothing of the kind.", {}),
        ("", {}),
        ("99. What\n0. Is this", {}),
    ],
)
def test_answers_are_found_however_a_program_gives_the_form_back(edition, text, fields):
    assert read(text, headings(edition)).fields == fields


def test_every_word_of_an_answer_is_somewhere(edition):
    """Whatever a mail says is in a field, in the evidence, or given back."""
    words = [f"word{number:03}" for number in range(60)]
    text = "\n".join(f"{number + 1}. {' '.join(words[number * 4 : number * 4 + 4])}" for number in range(15))

    answers = read(text, headings(edition))

    kept = " ".join([*map(str, answers.fields.values()), *answers.evidence.values(), *answers.unplaced])
    assert [word for word in words if word not in kept] == []


def tell(mailoutbox, case):
    return [
        (mail.person, mail.about["event"])
        for mail in OutgoingMail.objects.filter(kind="nomination_moved", about__nomination=case.pk)
    ]


def test_the_nominator_hears_when_it_is_taken_up_and_put_on_a_slate(alice, mailoutbox):
    case = making.nomination(alice)
    lead = making.lead()

    apply(moves.TAKE_UP, case, by=lead)
    taken_up = rendered(mailoutbox, "nomination_moved")
    apply(moves.PUT_ON_SLATE, case, by=lead)

    assert tell(mailoutbox, case) == [(alice, "vetting"), (alice, "slate")]
    assert taken_up.subject == "Nia Nominee: Being looked at"
    assert "Vera" not in taken_up.body
    assert lead.name not in taken_up.body


def test_news_that_is_no_news_any_more_is_not_sent(alice, mailoutbox):
    case, lead = making.nomination(alice), making.lead()
    apply(moves.TAKE_UP, case, by=lead)
    apply(moves.PUT_ON_SLATE, case, by=lead)
    apply(moves.TAKE_OFF_SLATE, case, by=lead)

    for mail in OutgoingMail.objects.order_by("pk"):
        deliver_mail(mail.pk)

    assert [mail.subject for mail in mailoutbox] == ["Nia Nominee: Being looked at"]


def test_no_mail_after_the_case_is_forgotten_or_its_nominator_has_left(alice, bob, mailoutbox):
    for person in (alice, bob):
        case = making.nomination(person, status="submitted")
        apply(moves.TAKE_UP, case, by=making.lead())
    clearing.clear(Nomination.objects.get(nominator=alice))
    bob.ambassador.__class__.objects.filter(user=bob).update(status="alumni")

    for mail in OutgoingMail.objects.order_by("pk"):
        deliver_mail(mail.pk)

    assert mailoutbox == []


def test_those_whose_nomination_was_joined_hear_it_too(alice, bob):
    kept = making.nomination(alice, status="submitted")
    joined = making.nomination(bob, status="joined to another", joined_to=kept)

    apply(moves.TAKE_UP, kept, by=making.lead())

    told = OutgoingMail.objects.filter(kind="nomination_moved").values_list("person", "about__nomination")
    assert set(told) == {(alice.pk, kept.pk), (bob.pk, joined.pk)}


def test_no_confidential_word_is_in_a_mail_to_a_nominator(alice, mailoutbox):
    case, lead = making.nomination(alice, status="submitted"), making.lead()
    making.assessed(case, making.vetter(), comment="SECRET-comment")
    Decision.objects.create(nomination=case, outcome="not now", reasons="SECRET-reasons", told="Thank you.")
    apply(moves.TAKE_UP, case, by=lead, history_note="SECRET-note")

    for mail in OutgoingMail.objects.all():
        deliver_mail(mail.pk)

    bodies = " ".join(mail.body + str(mail.alternatives) for mail in mailoutbox)
    assert (len(mailoutbox), "SECRET" in bodies, "Lea Lead" in bodies) == (1, False, False)


def test_the_page_shows_the_address_to_its_owner_once_they_asked_for_the_form(client, alice, bob):
    client.force_login(alice)
    before = client.get(URL).context["mail_address"]
    for _press in range(2):
        client.post(reverse("ambassadors:nomination-form-send"))

    assert (before, client.get(URL).context["mail_address"]) == ("", own_address(alice))
    assert OutgoingMail.objects.filter(kind="nomination_form").count() == 1
    client.force_login(bob)
    assert client.get(URL).context["mail_address"] == ""
