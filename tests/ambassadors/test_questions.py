"""A profile that is asked for one question at a time, by mail too, and a draft that is nobody's but its writer's."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ambassadors import workflow
from ambassadors.comfort import comfort_in
from ambassadors.models import Ambassador, ProfileQuestion
from ambassadors.workflow.questions import ask_who_is_due
from correspondence.inbound.receiving import receive
from correspondence.models import MailPreference, OutgoingMail
from correspondence.preferences import choose
from foundation.models import Community, HistoryEntry, Synonym, Topic
from tests import make
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter

URL = "/settings/profile/"
LONG_AGO = timezone.now() - timedelta(days=90)


def member(name="Mia Meyer", **fields):
    """Somebody who has been here for a while and has said nothing so far."""
    return make.ambassador(name, **{"joined_at": LONG_AGO, **fields})


def asked(person) -> list[tuple[str, str]]:
    return list(ProfileQuestion.objects.filter(person=person).order_by("pk").values_list("field", "status"))


def reply_address(person, question) -> str:
    from correspondence.models import ReplyAddress

    return f"{ReplyAddress.objects.of('profile', person, question).local_part}@mail.example.org"


def answer(person, words, question=None, **headers):
    question = question or ProfileQuestion.objects.get(person=person)
    address = reply_address(person, question)
    mail = receive(letter(headers.pop("sender", person.email), address, words, Subject="Re: your question", **headers), address)
    question.refresh_from_db()
    return mail, question


@pytest.mark.row("C5")
@pytest.mark.django_db(transaction=True)
def test_an_answer_by_mail_is_a_draft_that_one_press_puts_on_the_profile(client, staff, smtp):  # noqa: F811
    mia = member()
    Topic.objects.create(name="Budgets")
    with transaction.atomic():
        Synonym.objects.create(topic=Topic.objects.create(name="Fundraising"), name="talking with funders")
    client.force_login(staff)
    client.post("/admin/ambassadors/ambassador/", {"action": "ask_selected", "_selected_action": [mia.ambassador.pk], "index": 0})
    (message,) = smtp.messages
    to = message["Reply-To"].addresses[0].addr_spec

    mail = receive(letter(mia.email, to, "Budgets in a small town\nbudgets, talking with funders\n", Subject="Re: x"), to)

    assert (message["Subject"], to.partition("+")[0]) == ("What could people ask you about?", "profile")
    assert (mail.outcome, mia.ambassador.ask_me_about, list(mia.ambassador.topics.all())) == ("posted", "", [])
    client.force_login(mia)
    pages = [client.get(url).content.decode() for url in (URL, "/desk/")]
    (offer,) = client.get(URL).context["drafts"]
    assert all("Budgets in a small town budgets, talking with funders" in page for page in pages)
    assert offer.topics == "Budgets, Fundraising"

    client.post(f"{URL}drafts/{offer.question.pk}/confirm/")

    own = Ambassador.objects.get(user=mia)
    assert own.ask_me_about == "Budgets in a small town budgets, talking with funders"
    assert [str(topic) for topic in own.topics.all()] == ["Budgets", "Fundraising"]
    assert client.get(URL).context["drafts"] == []


def test_a_draft_is_read_by_nobody_but_its_writer(client, bob, staff):
    mia = member()
    answer(mia, "My secret strength", workflow.question_ask(mia.ambassador, by=staff))

    for reader in (bob, staff):
        client.force_login(reader)
        for url in (mia.ambassador.get_absolute_url(), "/desk/", f"/admin/ambassadors/ambassador/{mia.ambassador.pk}/change/"):
            assert "secret strength" not in client.get(url, follow=True).content.decode()
    assert "secret strength" not in " ".join(HistoryEntry.objects.values_list("note", flat=True))


def test_a_rich_answer_keeps_its_paragraphs_and_a_second_one_takes_its_place(db):
    mia = member(ask_me_about="budgets")
    question = workflow.question_ask(mia.ambassador, by=None)
    answer(mia, "First thought.", question)
    _mail, question = answer(mia, "We publish our failures.\n\nEvery March.", question, Message_ID="<2@x.example>")

    workflow.draft_confirm(question, by=mia)

    own = Ambassador.objects.get(user=mia)
    assert (question.field, own.walk_the_talk.count("<p"), "First" in own.walk_the_talk) == ("walk_the_talk", 2, False)


def test_a_draft_that_is_thrown_away_leaves_nothing(client, db):
    mia = member()
    _mail, question = answer(mia, "Budgets", workflow.question_ask(mia.ambassador, by=None))
    client.force_login(mia)

    for _press in range(2):
        client.post(f"{URL}drafts/{question.pk}/discard/")

    question.refresh_from_db()
    assert (question.status, question.draft, Ambassador.objects.get(user=mia).ask_me_about) == ("discarded", "", "")


def test_words_that_are_too_many_are_offered_for_shortening(client, db):
    mia = member()
    _mail, question = answer(mia, "budgets and boards, " * 30, workflow.question_ask(mia.ambassador, by=None))
    client.force_login(mia)
    (offer,) = client.get(URL).context["drafts"]

    client.post(f"{URL}drafts/{question.pk}/confirm/")

    question.refresh_from_db()
    assert (offer.fits, question.status, Ambassador.objects.get(user=mia).ask_me_about) == (False, "answered", "")
    assert client.get(offer.shorten_url).context["form"].initial["ask_me_about"].startswith("budgets and boards, budgets")


@pytest.mark.parametrize(("words", "reason"), [("   ", "empty"), ("a" * 6001, "too large")])
def test_an_answer_that_cannot_be_kept_goes_back(db, words, reason):
    mia = member()

    mail, question = answer(mia, words, workflow.question_ask(mia.ambassador, by=None))

    assert (mail.outcome, mail.reason, question.status) == ("refused", reason, "asked")


def test_an_answer_from_somebody_else_is_no_answer(alice):
    mia = member()

    mail, question = answer(mia, "I know nothing", workflow.question_ask(mia.ambassador, by=None), sender=alice.email)

    assert (mail.outcome, question.status) == ("refused", "asked")


def test_the_clock_asks_once_a_month_and_falls_silent_after_two_without_an_answer(db, time_machine):
    mia = member()
    start = timezone.now()
    counts = []
    for days in (0, 0, 29, 31, 62, 93, 400):
        time_machine.move_to(start + timedelta(days=days))
        counts.append(ask_who_is_due())

    assert counts == [1, 0, 0, 1, 0, 0, 0]
    assert asked(mia) == [("ask_me_about", "asked"), ("walk_the_talk", "asked")]
    assert OutgoingMail.objects.filter(kind="profile_question", person=mia).count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"is_observing": True},
        {"away_until": timezone.localdate() + timedelta(days=9)},
        {"status": "paused"},
        {"status": "alumni"},
        {"status": "listed", "joined_at": None},
        {"is_active": False},
        {"joined_at": timezone.now()},
        {"ask_me_about": "a", "walk_the_talk": "<p>b</p>", "bio": "<p>c</p>", "tech_comfort": "at home"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_the_clock_leaves_alone_whom_nobody_should_ask(db, fields):
    mia = member(**fields)

    assert (ask_who_is_due(), asked(mia)) == (0, [])


def test_the_community_may_switch_the_monthly_question_off(client, staff):
    mia = member()
    Community.objects.create(pk=1, name="Harbour Lights")
    form = reverse("admin:foundation_community_change", args=[1])
    client.force_login(staff)
    said = {
        "name": "Harbour Lights",
        "accent": "#0f6b62",
        "mails_a_day": 3,
        "mail_delay": 2,
        "asks_a_month": 2,
        "pieces_rest": 6,
        "rounds_counts_to": 10,
    }
    assert client.get(form).context["adminform"].form.initial["asks_about_profiles"] is True

    client.post(form, said)
    asked_when_off = (ask_who_is_due(), asked(mia))
    client.post(form, {**said, "asks_about_profiles": "on"})

    assert asked_when_off == (0, [])
    assert (ask_who_is_due(), asked(mia)) == (1, [("ask_me_about", "asked")])


def test_who_switched_the_question_off_is_not_asked_and_loses_none_by_it(client, staff):
    mia = member()
    client.force_login(mia)
    client.post(
        "/settings/mail/",
        {name: "on" for name in client.get("/settings/mail/").context["form"].fields if name != "profile_question"},
    )
    MailPreference.objects.create(address="somebody@elsewhere.example", kind="profile_question", wanted=False)
    client.force_login(staff)
    client.post("/admin/ambassadors/ambassador/", {"action": "ask_selected", "_selected_action": [mia.ambassador.pk], "index": 0})

    assert (ask_who_is_due(), asked(mia), HistoryEntry.objects.filter(about=mia).count()) == (0, [], 0)
    choose(mia, "profile_question", wanted=True)
    assert (ask_who_is_due(), asked(mia)) == (1, [("ask_me_about", "asked")])


def test_what_was_put_off_on_the_page_is_not_asked_by_mail(client, db):
    mia = member()
    client.force_login(mia)
    client.post(f"{URL}questions/ask_me_about/skip/")
    ProfileQuestion.objects.update(asked_at=LONG_AGO)

    ask_who_is_due()

    assert asked(mia) == [("ask_me_about", "skipped"), ("walk_the_talk", "asked")]


def test_a_question_is_not_sent_to_who_switched_it_off_or_has_answered_meanwhile(db, mailoutbox):
    from correspondence.tasks import deliver_mail

    for name, meanwhile in (("Ona Off", "off"), ("Ann Answered", "answered"), ("Wen Wanted", "")):
        person = member(name)
        workflow.question_ask(person.ambassador, by=None)
        if meanwhile == "off":
            choose(person, "profile_question", wanted=False)
        if meanwhile == "answered":
            Ambassador.objects.filter(user=person).update(ask_me_about="night shifts")
    for mail in OutgoingMail.objects.all():
        deliver_mail(mail.pk)

    sent: list[EmailMultiAlternatives] = mailoutbox
    assert [message.to for message in sent] == [["wen-wanted@people.example.org"]]


def test_two_clocks_ask_once(db):
    mia = member()
    ProfileQuestion.objects.create(person=mia, field="bio", status="asked", asked_at=LONG_AGO)
    first = Ambassador.objects.get(user=mia)

    questions = [workflow.question_ask(person, by=None) for person in (first, Ambassador.objects.get(user=mia))]

    assert [bool(question) for question in questions] == [True, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_clock_asks_many_with_as_many_looks(db, django_assert_max_num_queries, rows):
    for number in range(rows):
        member(f"Mia {number}", ask_me_about="a", walk_the_talk="<p>b</p>", bio="<p>c</p>", tech_comfort="at home")

    with django_assert_max_num_queries(2):  # the community, where the cache does not hold it, and whoever is due
        ask_who_is_due()


@pytest.mark.parametrize(
    ("words", "comfort"),
    [
        ("At home", "at home"),
        ("I am very comfortable with them.", "at home"),
        ("No problem at all", "at home"),
        ("I get along very well", "at home"),
        ("I get along", "gets along"),
        ("ok", "gets along"),
        ("Well enough, mostly", "gets along"),
        ("I like a hand", "likes a hand"),
        ("Not very well, honestly", "likes a hand"),
        ("I don't get along with them", "likes a hand"),
        ("I need some help now and then", "likes a hand"),
        ("not at home there", "likes a hand"),
        ("At home with some, lost on others", ""),
        ("I prefer paper", ""),
    ],
)
def test_how_somebody_gets_on_with_websites_is_read_from_their_words(words, comfort):
    assert comfort_in(words) == comfort


def test_an_answer_about_websites_becomes_a_choice_by_one_press(client, staff):
    mia = member(ask_me_about="a", walk_the_talk="<p>b</p>", bio="<p>c</p>")
    question = workflow.question_ask(mia.ambassador, by=staff)
    unclear, _question = answer(mia, "I prefer paper", question)
    _mail, question = answer(mia, "Not very well, I like a hand.", question, Message_ID="<2@x.example>")
    client.force_login(mia)
    (offer,) = client.get(URL).context["drafts"]

    client.post(f"{URL}drafts/{question.pk}/confirm/")

    assert (unclear.outcome, unclear.reason, "“I like a hand”" in unclear.why) == ("refused", "not clear", True)
    assert (str(question), offer.becomes) == ("How do you get on with websites like this one?", "would like a hand with websites")
    assert Ambassador.objects.get(user=mia).tech_comfort == "likes a hand"


def test_staff_filter_people_by_how_they_get_on_with_websites(client, staff):
    member(tech_comfort="likes a hand")
    member("Ona Other", tech_comfort="at home")
    member("Sol Silent")
    client.force_login(staff)

    found = client.get("/admin/ambassadors/ambassador/", {"tech_comfort__exact": "likes a hand"}).context["cl"].result_list

    assert [row.user.name for row in found] == ["Mia Meyer"]
