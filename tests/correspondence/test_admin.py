"""The outbox and the mail texts in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from correspondence import outbox
from correspondence.models import MailText, OutgoingMail
from foundation.models import HistoryEntry

pytestmark = pytest.mark.django_db
LIST = "admin:correspondence_outgoingmail_changelist"
CHANGE = "admin:correspondence_outgoingmail_change"
MOVE = "admin:outgoingmail-move"


@pytest.fixture
def team(client, staff, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(staff)
    return client


def in_state(state, person, **fields) -> OutgoingMail:
    fields.setdefault("kind", "note")
    return OutgoingMail.objects.create(person=person, state=state, key=f"{state}:{OutgoingMail.objects.count()}", **fields)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(team, note, alice, rows, django_assert_num_queries):
    for _ in range(rows):
        in_state("sent", alice)
    team.get(reverse(LIST))

    with django_assert_num_queries(4):
        response = team.get(reverse(LIST))
    assert response.context["cl"].result_count == rows


def test_the_list_is_filtered_by_state_and_kind(team, note, code, alice):
    unknown = in_state("unknown", alice)
    in_state("sent", alice)
    in_state("unknown", alice, kind="code")

    response = team.get(reverse(LIST), {"state__exact": "unknown", "kind": "note"})

    assert list(response.context["cl"].result_list) == [unknown]


def test_no_page_shows_what_a_mail_speaks_of(team, note, alice):
    mail = in_state("unknown", alice, about={"text": "canary-about"}, nonce="canary-nonce", claim="canary-claim")

    pages = [team.get(reverse(LIST)), team.get(reverse(CHANGE, args=[mail.pk]))]

    assert [response.status_code for response in pages] == [200, 200]
    assert [response.content.decode().count("canary") for response in pages] == [0, 0]


@pytest.mark.parametrize(
    ("state", "moves"),
    [("unknown", ["arrived", "send-again"]), ("failed", ["try-again"]), ("sent", []), ("queued", []), ("handing over", [])],
)
def test_buttons_are_offered_by_state(team, note, alice, state, moves):
    mail = in_state(state, alice)

    response = team.get(reverse(CHANGE, args=[mail.pk]))

    assert [move.name for move in response.context["moves"]] == moves
    assert response.content.decode().count("/move/") == len(moves)
    assert 'name="_save"' not in response.content.decode()


def test_it_arrived(team, staff, note, alice, mailoutbox):
    mail = in_state("unknown", alice, claim="x")

    response = team.post(reverse(MOVE, args=[mail.pk, "arrived"]))

    mail.refresh_from_db()
    assert (response.status_code, mail.state, mail.claim, mailoutbox) == (302, "sent", "", [])
    assert list(HistoryEntry.objects.values_list("actor", "verb", "before", "after")) == [(staff.pk, "arrived", "unknown", "sent")]


@pytest.mark.parametrize(("state", "move"), [("unknown", "send-again"), ("failed", "try-again")])
def test_it_goes_again(team, note, alice, mailoutbox, state, move, django_capture_on_commit_callbacks):
    mail = in_state(state, alice, claim="x", attempts=10)

    with django_capture_on_commit_callbacks(execute=True):
        team.post(reverse(MOVE, args=[mail.pk, move]))

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("sent", 1)
    assert [message.to for message in mailoutbox] == [[alice.email]]
    assert HistoryEntry.objects.get().verb == move


def test_a_worker_that_comes_back_after_the_decision_changes_nothing(team, note, alice):
    mail = in_state("unknown", alice, claim="x")
    late = OutgoingMail.objects.get()

    team.post(reverse(MOVE, args=[mail.pk, "send-again"]))
    from correspondence import delivery

    delivery._settle(late, "sent", answer="250 taken")

    mail.refresh_from_db()
    assert mail.state == "queued"


def test_pressing_twice_moves_once(team, note, alice):
    mail = in_state("unknown", alice)

    team.post(reverse(MOVE, args=[mail.pk, "arrived"]))
    team.post(reverse(MOVE, args=[mail.pk, "send-again"]))

    mail.refresh_from_db()
    assert (mail.state, HistoryEntry.objects.count()) == ("sent", 1)


def test_no_link_moves_a_mail(team, note, alice):
    mail = in_state("unknown", alice)

    assert team.get(reverse(MOVE, args=[mail.pk, "arrived"])).status_code == 405
    assert team.post(reverse(MOVE, args=[mail.pk, "sent"])).status_code == 404


@pytest.mark.parametrize("name", [LIST, "admin:correspondence_mailtext_changelist", "admin:correspondence_mailtext_add"])
def test_members_stay_outside(client, alice, name):
    client.force_login(alice)

    assert client.get(reverse(name)).status_code in {302, 403}


def test_the_desk_of_the_team_says_what_waits_for_them(team, client, note, alice):
    assert "Look at them" not in team.get(reverse("community:desk")).content.decode()
    for state in ("unknown", "unknown", "failed", "sent"):
        in_state(state, alice)

    page = team.get(reverse("community:desk")).content.decode()

    assert "2 mails may have arrived" in page
    assert "1 mail was refused" in page
    client.force_login(alice)
    assert "may have arrived" not in client.get(reverse("community:desk")).content.decode()


class TestTexts:
    ADD = "admin:correspondence_mailtext_add"

    def test_a_text_is_saved_and_shown_as_it_goes_out(self, team, staff, note):
        response = team.post(reverse(self.ADD), {"kind": "note", "part": "text", "body": "Our own words"}, follow=True)

        assert response.redirect_chain == [(reverse("admin:mailtext-preview", args=["note"]), 302)]
        assert "Our own words" in response.context["mail"].text
        assert "Our own words" in response.context["mail"].html
        assert HistoryEntry.objects.get().actor == staff

    def test_a_text_with_an_unknown_name_is_refused_beside_the_field(self, team, note):
        response = team.post(reverse(self.ADD), {"kind": "note", "part": "text", "body": "Dear {{nickname}}"})

        assert response.context["adminform"].form.errors == {
            "body": ["{{nickname}} is not known here. You can use: {{community}}, {{person}}, {{site_url}}."]
        }
        assert list(MailText.objects.all()) == []

    def test_a_second_text_for_the_same_part_is_refused(self, team, note):
        MailText.objects.create(kind="note", part="text", body="First")

        response = team.post(reverse(self.ADD), {"kind": "note", "part": "text", "body": "Second"})

        assert response.status_code == 200
        assert [text.body for text in MailText.objects.all()] == ["First"]

    def test_changing_one_keeps_its_kind_and_checks_it(self, team, note):
        text = MailText.objects.create(kind="note", part="text", body="First")
        url = reverse("admin:correspondence_mailtext_change", args=[text.pk])

        refused = team.post(url, {"body": "{{nickname}}"})
        team.post(url, {"body": "Second", "kind": "waiting"})

        text.refresh_from_db()
        assert (refused.status_code, text.kind, text.body) == (200, "note", "Second")

    def test_deleting_it_brings_ours_back(self, team, note, alice, mailoutbox):
        text = MailText.objects.create(kind="note", part="subject", body="Ours no more")

        team.post(reverse("admin:correspondence_mailtext_delete", args=[text.pk]), {"post": "yes"})
        outbox.deliver(outbox.post("note", alice, key="k", text="x").pk)

        assert [message.subject for message in mailoutbox] == ["About x on two lines"]
        assert HistoryEntry.objects.get().verb == "reset to ours"

    def test_the_html_part_is_shown_on_a_page_that_runs_nothing(self, team, note):
        response = team.get(reverse("admin:mailtext-page", args=["note"]))

        assert "A sample" in response.content.decode()
        assert "script-src 'none'" in response.headers["Content-Security-Policy"]

    def test_every_kind_is_listed_with_its_preview(self, team, note):
        page = team.get(reverse("admin:correspondence_mailtext_changelist")).content.decode()

        assert reverse("admin:mailtext-preview", args=["note"]) in page
        assert reverse("admin:mailtext-preview", args=["waiting"]) in page
