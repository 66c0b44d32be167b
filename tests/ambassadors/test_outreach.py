"""What people share: logged in a minute, or answered by mail and confirmed; added up without mixing what was counted and guessed."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import EngagementOption, Network, OutreachEntry, OutreachQuestion
from ambassadors.outreach import entries, monthly
from ambassadors.outreach.defaults import fill_networks
from correspondence.inbound.receiving import receive
from correspondence.models import MailPreference, OutgoingMail
from correspondence.tasks import deliver_mail
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from foundation.privacy_export import sections
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import engagement_making
from tests.ambassadors import outreach_making as making
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter

NOVEMBER = "2026-11-25T12:00:00Z"
LIST = "/outreach/"


def promoter(name="Pia Promoter", **fields):
    """Somebody who ticked that they pass the word on."""
    person = make.ambassador(name, **fields)
    engagement_making.offer(person, "promote")
    EngagementOption.objects.filter(slug="promote").update(passes_on=True)
    return person


def last_to(smtp, person):  # noqa: F811
    return [message for message in smtp.messages if message["To"].addresses[0].addr_spec == person.email][-1]


def answer(message, person, words: str):
    """Answer a mail as a mail program does; what became of it, and the sentence that went back."""
    to = message["Reply-To"].addresses[0].addr_spec
    subject = f"Re: {message['Subject']}"
    return receive(letter(person.email, to, words, Subject=subject, In_Reply_To=message["Message-ID"]), to)


def logged(person=None):
    rows = OutreachEntry.objects.logged().order_by("pk")
    rows = rows.filter(person=person) if person else rows
    return list(rows.values_list("what", "network__name", "reach", "certainty", "via"))


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


@pytest.mark.row("A12")
@pytest.mark.django_db(transaction=True)
def test_an_answer_to_the_question_of_the_month_is_a_draft_that_yes_logs(client, smtp, time_machine):  # noqa: F811
    fill_networks()
    time_machine.move_to(NOVEMBER)
    pia = promoter()
    assert monthly.ask_who_is_due() == 1
    question = last_to(smtp, pia)

    assert answer(question, pia, "shared PI with 40 grantees").outcome == "posted"

    (entry,) = OutreachEntry.objects.all()
    client.force_login(pia)
    shown = client.get(LIST)
    assert (entry.status, entry.what, str(entry.network), entry.reach) == (
        "draft",
        "shared PI with 40 grantees",
        "Grantees and partners",
        40,
    )
    assert ([one.pk for one in shown.context["drafts"]], shown.context["entries"], logged()) == ([entry.pk], [], [])
    draft = last_to(smtp, pia)
    assert (question["Subject"], draft["Subject"]) == (
        "What did you pass on in November?",
        "Shall we log this? shared PI with 40 grantees",
    )
    assert "With whom: Grantees and partners\nHow many people: 40 (estimated)" in text_of(draft)
    for _twice in range(2):
        assert answer(draft, pia, "Yes, thanks").outcome == "posted"

    assert logged() == [("shared PI with 40 grantees", "Grantees and partners", 40, "estimated", "mail")]
    assert OutreachEntry.objects.get().words == ""


@pytest.mark.row("A12")
def test_a_draft_is_logged_by_one_press_too(client, alice):
    entry = making.draft(alice)
    client.force_login(alice)

    client.post(reverse("ambassadors:outreach-confirm", args=[entry.pk]))

    assert logged(alice) == [("shared PI with 40 grantees", "Grantees and partners", 40, "estimated", "mail")]


@pytest.mark.row("A12")
def test_logging_takes_one_short_form(client, alice):
    network = making.network()
    client.force_login(alice)
    form = client.get("/outreach/new/").context["form"]

    wrong = client.post("/outreach/new/", {"what": "", "network": "", "on": "2999-01-01", "link": "nonsense", "reach": "0"})
    said = {"what": " A  piece ", "network": network.pk, "reach": "12", "certainty": "measured", "on": form["on"].initial}
    client.post("/outreach/new/", said)

    assert [name for name, field in form.fields.items() if field.required] == ["what", "network", "on"]
    assert sorted(wrong.context["form"].errors) == ["link", "network", "on", "reach", "what"]
    assert logged() == [("A piece", "Grantees and partners", 12, "measured", "web")]


# What a draft becomes by an answer to it: its state, how many people, with whom; and how the mail fared.
ANSWERS = [
    ("Yes", "shared it with 40 grantees", ("logged", 40, "Grantees"), "posted"),
    ("No.", "shared it with 40 grantees", ("removed", None, None), "posted"),
    ("about 50", "shared it with 40 grantees", ("draft", 50, "Grantees"), "posted"),
    ("Funders", "told people about it", ("draft", None, "Funders"), "posted"),
    ("yes", "told people about it", ("draft", None, None), "refused"),
    ("What is this?", "shared it with 40 grantees", ("draft", 40, "Grantees"), "refused"),
    (
        "No, it was at the spring meeting, with 7 funders.",
        "shared it with 40 grantees",
        ("draft", 7, "Funders"),
        "posted",
    ),
]


@pytest.mark.parametrize(("said", "first", "becomes", "outcome"), ANSWERS)
@pytest.mark.django_db(transaction=True)
def test_what_an_answer_to_a_draft_does(smtp, said, first, becomes, outcome):  # noqa: F811
    for name, words in (("Grantees", "grantees"), ("Funders", "funders")):
        Network.objects.create(name=name, words=words)
    alice = make.ambassador("Alice Amadi")
    entry = entries.draft(alice, first)

    mail = answer(last_to(smtp, alice), alice, said)

    entry.refresh_from_db()
    assert (entry.status, entry.reach, entry.network and entry.network.name) == becomes
    assert mail.outcome == outcome
    if outcome == "refused":
        back = text_of(last_to(smtp, alice))
        assert (said in back, "one of these: Funders, Grantees." in back or "Grantees, Funders." in back) == (True, True)


@pytest.mark.parametrize(
    ("said", "drafts", "status"),
    [
        ("nothing this month", 0, "answered"),
        ("no", 0, "answered"),
        ("yes", 0, "asked"),
        ("Not much, but I read it out to our whole board.", 1, "answered"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_nothing_to_tell_is_an_answer_and_a_bare_yes_is_none(smtp, time_machine, said, drafts, status):  # noqa: F811
    time_machine.move_to(NOVEMBER)
    pia = promoter()
    monthly.ask_who_is_due()

    answer(last_to(smtp, pia), pia, said)

    assert (OutreachEntry.objects.count(), OutreachQuestion.objects.get().status) == (drafts, status)


def test_the_question_of_the_month_reaches_those_who_ticked_it_and_are_there_once(db, time_machine):
    time_machine.move_to("2026-11-10T12:00:00Z")
    pia = promoter()
    promoter("Off Ora", is_observing=True)
    promoter("Away Ada", away_until="2026-12-01")
    promoter("Resting Rea", status="paused")
    MailPreference.objects.create(person=promoter("Quiet Quin"), kind="outreach_question", wanted=False)
    make.ambassador("Other Ott")
    months = [monthly.ask_who_is_due()]

    for day in ("2026-11-24", "2026-11-25", "2026-12-26", "2027-01-26"):
        time_machine.move_to(f"{day}T12:00:00Z")
        months.append(monthly.ask_who_is_due())
    asked_of_pia = OutreachQuestion.objects.filter(person=pia).count()
    making.entry(pia)
    time_machine.move_to("2027-02-26T12:00:00Z")
    monthly.ask_who_is_due()

    # Ada is back in December. Whoever left two questions is left in peace, until they log something by themselves.
    assert (months, asked_of_pia) == ([0, 1, 0, 2, 1], 2)
    assert OutreachQuestion.objects.filter(person=pia).count() == 3


@pytest.mark.parametrize("change", ["answered", "away", "switched off"])
def test_the_question_does_not_go_when_it_is_no_longer_wanted(time_machine, mailoutbox, db, change):
    time_machine.move_to(NOVEMBER)
    pia = promoter()
    monthly.ask_who_is_due()
    if change == "answered":
        monthly.answered(OutreachQuestion.objects.get(), by=pia)
    elif change == "away":
        type(pia.ambassador).objects.update(away_until="2026-12-24")
    else:
        MailPreference.objects.create(person=pia, kind="outreach_question", wanted=False)

    mail = OutgoingMail.objects.get(kind="outreach_question")
    deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mailoutbox) == ("unwanted", [])


def test_a_draft_is_its_writers_alone_and_what_is_logged_the_teams_too(client, alice, bob, staff):
    draft, done = making.draft(alice), making.entry(alice, "At the harbour meeting")

    assert [OutreachEntry.objects.visible_to(who).order_by("pk").count() for who in (alice, bob, staff)] == [2, 0, 1]
    client.force_login(staff)
    pages = [client.get(f"/admin/ambassadors/outreachentry/{page}").content.decode() for page in ("", "totals/")]
    assert [("At the harbour meeting" in page, draft.what in page) for page in pages] == [(True, False)] * 2
    assert client.get(f"/admin/ambassadors/outreachentry/{draft.pk}/change/").status_code == 302
    assert client.get(f"/admin/ambassadors/outreachentry/{done.pk}/change/").status_code == 200


def test_measured_and_estimated_numbers_are_never_added_up(client, alice, bob, staff):
    funders = Network.objects.create(name="Funders", position=2)
    making.entry(alice, reach=40)
    making.entry(bob, reach=25, certainty="measured")
    making.entry(bob, reach=3, certainty="measured", network=funders)
    making.entry(bob, reach=None)
    making.draft(bob, "told 1000 grantees")
    client.force_login(staff)

    page = client.get("/admin/ambassadors/outreachentry/totals/").context
    none = client.get("/admin/ambassadors/outreachentry/totals/?until=2001-01-01").context

    assert page["networks"]["rows"] == [["Grantees and partners", "3", "25", "40", "1"], ["Funders", "1", "3", "0", "0"]]
    assert [drawn["rows"] for _name, drawn in page["figures"]] == [
        [["Grantees and partners", "25"], ["Funders", "3"]],
        [["Grantees and partners", "40"]],
    ]
    assert (page["whole"].values, none["whole"].values, len(page["sources"])) == ((4, 28, 40, 1), (0, 0, 0, 0), 4)


def test_the_file_has_ones_own_rows_and_a_formula_is_text(client, alice, bob, staff):
    making.entry(alice, '=HYPERLINK("x")', certainty="measured", on=datetime.date(2026, 3, 1))
    making.entry(bob, "Not hers")
    read = {}
    for who, url in ((alice, "/outreach/export.csv"), (staff, "/admin/ambassadors/outreachentry/totals/export.csv")):
        client.force_login(who)
        response = client.get(url)
        read[who] = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert read[alice] == [
        ["day", "what was shared", "with whom", "people, measured", "people, estimated", "link"],
        ["2026-03-01", '\'=HYPERLINK("x")', "Grantees and partners", "40", "", ""],
    ]
    assert [row[-1] for row in read[staff]] == ["logged by", "Bob Brandt", "Alice Amadi"]


def test_what_was_logged_is_changed_and_taken_back_by_its_writer_alone(alice, bob):
    entry = making.entry(alice)
    with pytest.raises(PermissionDenied):
        entries.change(entry, by=bob, what="Mine")

    entries.change(entry, by=alice, what="Better", reach=None, certainty="measured")
    changed = logged()
    entries.remove(entry, by=alice)

    assert changed == [("Better", "Grantees and partners", None, "estimated", "web")]
    assert logged() == []
    with pytest.raises(TransitionRefused):
        entries.change(entry, by=alice, what="Again")
    assert "Better" not in " ".join(HistoryEntry.objects.values_list("target_name", flat=True))


def test_a_draft_lies_on_the_desk_until_it_is_confirmed(alice):
    entry = making.draft(alice)

    before = [card.title for card in cards_for(alice) if "shared" in card.title]
    entries.confirm(entry, by=alice)

    assert before == ["Log what you shared: shared PI with 40 grantees"]
    assert [card.title for card in cards_for(alice) if "shared" in card.title] == []


def test_an_archive_has_what_was_shared_and_erasure_takes_it_away(alice, bob):
    making.entry(alice, "Hers")
    making.entry(bob, "His")

    told = [(line["what"], line["people"], line["number_is"]) for line in sections["outreach"].export(alice)]
    sections["outreach"].erase(alice)

    assert (told, [row[0] for row in logged()]) == ([("Hers", 40, "estimated")], ["His"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_query_count(client, alice, rows, django_assert_num_queries):
    for number in range(rows):
        making.entry(alice, f"Piece {number}")
        making.draft(alice, f"told {number + 2} grantees")
    client.force_login(alice)
    client.get(LIST)

    with django_assert_num_queries(5):
        response = client.get(LIST)
    assert (len(response.context["entries"]), len(response.context["drafts"])) == (rows, rows)


def test_the_list_goes_on_by_key(client, alice):
    today = timezone.localdate()
    for number in range(22):
        making.entry(alice, f"Piece {number}", on=today - datetime.timedelta(days=number // 2))
    client.force_login(alice)

    first = client.get(LIST)
    second = client.get(f"{LIST}?{first.context['next_query']}")

    names = [one.what for page in (first, second) for one in page.context["entries"]]
    assert (len(first.context["entries"]), len(names), len(set(names))) == (20, 22, 22)
    assert [
        client.get(f"{LIST}?after={odd}").status_code for odd in ("x", "2026-13-01~1", "~", "2026-01-01~99999999999999999999")
    ] == [200] * 4
