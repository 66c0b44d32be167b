"""A slate by mail: it goes out once, an answer is noted and read back, what comes late is kept as late, and a concern stays with the leads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import Ambassador, Concern, Nomination, Slate, SlateAnswer, User
from ambassadors.nominations import workflow as nominations
from ambassadors.slates import tally, telling, workflow
from correspondence import allowance, rendering
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail, ReplyAddress
from foundation.models import Community, Upload
from tests import make
from tests.ambassadors import admission_making as making
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter, parcel
from tests.foundation.files import PDF, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return making.lead()


@pytest.fixture
def slate(lead):
    noor = make.ambassador("Noor Nominator")
    made = workflow.begin("Autumn slate", "Two people.", by=lead)
    workflow.add(made, [making.nomination(noor, name, status="vetting") for name in ("Maya Ito", "Tomas O'Berg")], by=lead)
    workflow.open_slate(made, version=workflow.version_of(made), by=lead)
    return made


def address_of(person, slate) -> str:
    return f"{ReplyAddress.objects.of('slate', person, slate).local_part}@mail.example.org"


def write(person, slate, words, **headers):
    address = address_of(person, slate)
    return receive(letter(headers.pop("sender", person.email), address, words, Subject="Re: Autumn slate", **headers), address)


def noted(slate) -> list[tuple[str, int, str, bool, str]]:
    rows = SlateAnswer.objects.filter(entry__slate=slate).order_by("person__name", "entry__number", "is_late")
    return list(rows.values_list("person__name", "entry__number", "answer", "is_late", "via"))


def text_of(kind: str, person) -> str:
    mail = OutgoingMail.objects.filter(kind=kind, person=person).latest("pk")
    return str(rendering.message_for(mail).body)


def over(slate):
    Slate.objects.filter(pk=slate.pk).update(
        opened_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(minutes=1)
    )


def test_the_mail_shows_the_texts_written_for_it_and_nothing_else(slate, alice):
    telling.tell(slate.pk)
    case = Nomination.objects.get(name="Maya Ito")

    message = rendering.message_for(OutgoingMail.objects.get(kind="slate_opened", person=alice))

    html = str(message.alternatives[0][0])
    for text in (str(message.body), html):
        assert "Maya Ito runs a school that parents queue for." in text
        for kept_back in (case.reason, case.relation, case.email, "Noor", "Harbour Trust", "Seen for"):
            assert kept_back not in text
    assert "2. Tomas O'Berg\n" in message.body
    assert "    1 yes, 2 no view" in message.body
    assert message.reply_to[0].endswith(f"<{address_of(alice, slate)}>")


def test_its_times_are_those_of_its_reader(slate):
    Slate.objects.update(closes_at=timezone.datetime(2026, 12, 2, 23, 59, 59, tzinfo=timezone.get_default_timezone()))
    tokyo = make.ambassador("Taro Tokyo", time_zone="Asia/Tokyo")
    telling.tell(slate.pk)

    assert "until Thursday 3 December, 08:59 (Asia/Tokyo)" in text_of("slate_opened", tokyo)


def test_whoever_nominated_somebody_is_told_so_in_it(slate):
    telling.tell(slate.pk)

    assert "(You put them forward" in text_of("slate_opened", User.objects.get(name="Noor Nominator"))


def test_it_counts_as_unasked_mail_and_asks_nobody_who_is_pausing(slate, alice):
    telling.tell(slate.pk)
    Ambassador.objects.filter(user=alice).update(status="paused")

    OutgoingMail.objects.update(state="queued")
    mail = OutgoingMail.objects.get(kind="slate_opened", person=alice)
    assert (allowance.kinds[mail.kind].unasked, allowance.refusal(mail)) == (True, "the person is pausing")


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_noted_and_read_back_and_put_right(slate, lead, alice, smtp):  # noqa: F811
    write(alice, slate, "1 yes\n2 concern: He left us.\nWithout a word.\n\nThanks,\nAlice")

    assert noted(slate) == [("Alice Amadi", 1, "support", False, "mail"), ("Alice Amadi", 2, "concern", False, "mail")]
    (back,) = [message for message in smtp.messages if message["To"] == alice.email and "noted" in message["Subject"]]
    text = back.get_body(("plain",)).get_content()
    assert "1. Maya Ito: you support it" in text
    assert "“He left us.\nWithout a word.”" in text.replace("\r\n", "\n")
    to = back["Reply-To"].addresses[0].addr_spec

    receive(letter(alice.email, to, "2 no view\n", Subject="Re: what we noted"), to)

    assert noted(slate)[1] == ("Alice Amadi", 2, "no view", False, "mail")
    assert [concern.text for concern in Concern.objects.visible_to(lead)] == ["He left us.\nWithout a word."]


def test_what_is_not_certain_goes_back_and_is_not_noted(slate, alice):
    write(alice, slate, "1 yes\n2 no\nI like the first one best.")

    text = text_of("slate_answers_read", alice)
    assert noted(slate) == [("Alice Amadi", 1, "support", False, "mail")]
    assert "Is this a concern?" in text
    assert "    2 no\n" in text
    assert "    I like the first one best.\n" in text


def test_a_mail_of_which_nothing_can_be_read_goes_back_whole(slate, alice):
    mail = write(alice, slate, "They all sound fine to me!")

    assert (mail.outcome, noted(slate)) == ("posted", [])
    assert "Nothing is noted from you yet." in text_of("slate_answers_read", alice)
    assert "    They all sound fine to me!\n" in text_of("slate_answers_read", alice)


def test_a_concern_is_in_no_mail_but_its_authors(slate, lead, alice, bob):
    write(alice, slate, "1 concern: the canary sang")
    telling.tell(slate.pk)

    told = {mail.person.name for mail in OutgoingMail.objects.all() if "canary" in str(rendering.message_for(mail).body)}
    assert told == {"Alice Amadi"}


def test_the_same_mail_twice_is_one_answer_and_one_mail_back(slate, alice):
    for _time in range(2):
        write(alice, slate, "1 yes", Message_ID="<one@x.example>")

    assert (len(noted(slate)), OutgoingMail.objects.filter(kind="slate_answers_read").count()) == (1, 1)


@pytest.mark.row("B4")
@pytest.mark.django_db(transaction=True)
def test_a_late_answer_is_kept_as_late_changes_no_number_and_its_sender_is_told(slate, lead, alice, bob, client, smtp):  # noqa: F811
    write(alice, slate, "1 yes, 2 no view")
    client.force_login(bob)
    page = client.post(f"/slates/{slate.pk}/answer/", {"1-answer": "support"}, follow=True).content.decode()
    assert "1 answer is noted." in page
    over(slate)
    workflow.close_due()
    slate.refresh_from_db()
    before = [(one.support, one.no_view, one.concerns) for one in tally.of_slate(lead, slate)]

    write(alice, slate, "1 concern: I thought again.\n")
    late = client.post(f"/slates/{slate.pk}/answer/", {"1-answer": "support", "2-answer": "support"}, follow=True).content.decode()

    assert [row for row in noted(slate) if row[3]] == [
        ("Alice Amadi", 1, "concern", True, "mail"),
        ("Bob Brandt", 2, "support", True, "web"),
    ]
    assert before == [(2, 0, 0), (0, 1, 0)]
    assert [(one.support, one.no_view, one.concerns) for one in tally.of_slate(lead, slate)] == before
    assert "This slate closed before your answer came. We keep it as late" in late
    (told,) = [message for message in smtp.messages if message["To"] == alice.email and "had closed" in message["Subject"]]
    text = told.get_body(("plain",)).get_content()
    assert "it does not change what was counted" in text
    assert "I thought again." in text
    assert "A concern has reached the vetting leads all the same" in text
    assert list(Concern.objects.visible_to(lead).values_list("text", flat=True)) == ["I thought again."]


def test_answers_about_somebody_who_left_or_whom_one_nominated_are_not_taken_and_this_is_said(slate, alice):
    case = Nomination.objects.get(name="Maya Ito")
    nominations.withdraw(case, by=case.nominator)
    write(alice, slate, "1 yes, 2 yes")
    write(case.nominator, slate, "all yes")

    assert noted(slate) == [("Alice Amadi", 2, "support", False, "mail")]
    assert "1: they have left this slate" in text_of("slate_answers_read", alice)
    assert "2: You put them forward" in text_of("slate_answers_read", case.nominator)


def test_a_numbered_list_in_a_mail_without_plain_text_is_read(slate, alice):
    raw = letter(alice.email, address_of(alice, slate), "<ol><li>yes</li><li>no view</li></ol>", Subject="Re: Autumn slate")

    receive(raw.replace(b"text/plain", b"text/html"), address_of(alice, slate))

    assert [row[1:3] for row in noted(slate)] == [(1, "support"), (2, "no view")]


def test_another_members_mail_to_it_changes_nothing(slate, alice, bob):
    mail = write(alice, slate, "1 yes", sender=bob.email)
    stranger = write(alice, slate, "1 yes", sender="mallory@elsewhere.example")
    robot = write(alice, slate, "1 yes", Auto_Submitted="auto-replied")

    assert [(one.outcome, one.reason) for one in (mail, stranger, robot)] == [
        ("refused", "other member"),
        ("held", "unverified sender"),
        ("ignored", "automatic"),
    ]
    assert noted(slate) == []


def test_somebody_who_left_answers_no_more(slate, alice):
    address_of(alice, slate)
    Ambassador.objects.filter(user=alice).update(status="removed")

    assert (write(alice, slate, "1 yes").reason, noted(slate)) == ("not a member", [])


def test_the_reminder_is_one_of_the_days_mails_and_says_no_numbers(slate, alice):
    write(make.ambassador("Bea Before"), slate, "1 yes, 2 concern: x y z")
    Slate.objects.update(opened_at=timezone.now() - timedelta(days=8), closes_at=timezone.now() + timedelta(days=1))
    telling.remind_due()

    text = text_of("slate_reminder", alice)
    assert Community.current().mails_a_day == 3
    assert not any(word in text for word in ("concern", "answered", "others have", "Maya"))


def test_a_file_sent_with_an_answer_is_told_of_and_the_logo_of_a_signature_is_not(slate, alice):
    address = address_of(alice, slate)
    logo, plan = (picture("PNG", (200, 60)), "image001.png"), (PDF, "plan.pdf")
    html = '<p>1 support</p><p><img src="cid:image001.png"></p>'

    receive(parcel(alice.email, address, "1 support", logo, html=html, Subject="Re: Autumn slate"), address)
    assert OutgoingMail.objects.filter(kind="mail_files_left").count() == 0

    receive(parcel(alice.email, address, "1 support", logo, plan, html=html, Subject="Re: Autumn slate"), address)
    assert "- plan.pdf: This address takes words only." in text_of("mail_files_left", alice)
    assert "image001" not in text_of("mail_files_left", alice)
    assert Upload.objects.count() == 0
