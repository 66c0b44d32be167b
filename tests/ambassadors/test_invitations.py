"""An invitation, from its mail to the desk: what the link shows, what a press does, and what no link ever does."""

from __future__ import annotations

import datetime
import statistics
import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from ambassadors.inviting import joining, seats, wishes, workflow
from ambassadors.models import Affirmation, Ambassador, GrowthStage, Invitation, InvitationWish, Nomination, User
from ambassadors.signals import ambassador_joined
from ambassadors.workflow import make_alumni
from correspondence import outbox
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from foundation import tokens
from foundation.models import HistoryEntry, Token
from tests import make
from tests.ambassadors import admission_making, engagement_making
from tests.ambassadors import inviting_making as making
from tests.community.test_access import names
from tests.races import at_once

S = Invitation.Status
DAY = datetime.timedelta(days=1)
NEW = "nia@elsewhere.example.org"


def post(client, name, invitation, /, **data):
    return client.post(making.url(name, invitation), data)


def posted(kind):
    return OutgoingMail.objects.filter(kind=kind)


def words_of(row) -> str:
    message = message_for(row)
    return message.subject + message.body


def state():
    return list(Invitation.objects.order_by("pk").values_list("status", flat=True))


def join(client, invitation, **profile):
    """Press everything that there is to press, as a visitor."""
    edition = joining.CommitmentsEdition.objects.current()
    post(client, "affirm", invitation, edition=edition.number)
    post(client, "accept", invitation, **{"name": invitation.name, **profile})
    return post(client, "join", invitation, code=making.code_of(invitation))


@pytest.mark.row("B6")
@pytest.mark.row("R1")
@pytest.mark.parametrize("method", ["get", "head"])
def test_ten_looks_at_the_link_change_nothing(client, db, method):
    invitation = making.invited()
    before = (state(), list(Token.objects.values()), HistoryEntry.objects.count(), OutgoingMail.objects.count())
    for name in ("detail", "affirm", "accept", "code", "join", "decline", "renewal-ask", "address-ask"):
        for _time in range(10):
            getattr(client, method)(making.url(name, invitation), HTTP_SEC_PURPOSE="prefetch")
    assert (state(), list(Token.objects.values()), HistoryEntry.objects.count(), OutgoingMail.objects.count()) == before


@pytest.mark.row("B6")
def test_accepting_by_post_makes_an_account_a_profile_an_affirmation_and_a_session(client, db, django_capture_on_commit_callbacks):
    invitation = making.invited()
    heard = []
    ambassador_joined.connect(listener := lambda **kwargs: heard.append(kwargs["ambassador"]))
    response = join(client, invitation, organization="Harbour Trust", place="Porto, Portugal")
    ambassador_joined.disconnect(listener)
    assert response.status_code == 302
    assert response.url == reverse("community:desk")
    person = User.objects.get(email=invitation.email)
    mine = person.ambassador
    assert (mine.status, mine.listed_for, str(mine.organization), mine.place.name) == (
        "active",
        "members",
        "Harbour Trust",
        "Porto",
    )
    assert EmailAddress.objects.filter(user=person, verified=True, primary=True).count() == 1
    assert list(Affirmation.objects.values_list("ambassador", "edition__number", "answer")) == [(mine.pk, 1, "affirmed")]
    case = Nomination.objects.get()
    assert (case.nominee, case.joined_at is not None, case.invited_at is not None) == (person, True, True)
    invitation.refresh_from_db()
    assert (invitation.status, invitation.profile) == (S.ACCEPTED, {})
    assert heard == [mine]
    assert client.get(reverse("community:desk")).status_code == 200
    assert posted("invitation_news").count() == 1


@pytest.mark.row("R1")
def test_the_second_post_fails(client, db):
    invitation, code = making.with_code()
    link = making.url("join", invitation)
    assert client.post(link, {"code": code}).status_code == 302
    client.logout()
    assert client.post(link, {"code": code}).status_code == 410
    assert User.objects.filter(email=invitation.email).count() == 1
    assert posted("invitation_news").count() == 1


@pytest.mark.row("B7")
def test_the_accept_button_is_unavailable_until_the_edition_in_force_is_affirmed(client, db, staff):
    invitation = making.invited()
    page = client.get(making.url("detail", invitation)).content.decode()
    assert "disabled" in page
    assert making.url("accept", invitation) not in page
    post(client, "accept", invitation, name="Nia")
    assert not posted("invitation_code").exists()
    post(client, "affirm", invitation, edition=1)
    page = client.get(making.url("detail", invitation)).content.decode()
    assert "disabled" not in page
    assert making.url("accept", invitation) in page


@pytest.mark.row("A2")
def test_a_newer_edition_is_asked_about_again_even_with_the_code_in_hand(client, db, staff):
    invitation, code = making.with_code()
    engagement_making.edition(staff, "answer what I am asked", is_material=True, change="New.")
    response = post(client, "join", invitation, code=code)
    assert response.url == making.url("detail", invitation)
    assert state() == [S.SENT]
    assert post(client, "affirm", invitation, edition=1).status_code == 302  # the page was open for long: the old one is not taken
    assert joining.edition_to_affirm(Invitation.objects.get()).number == 2
    join(client, invitation)
    assert list(Affirmation.objects.values_list("edition__number", flat=True)) == [2]


def test_without_any_edition_there_is_nothing_to_affirm(client, db):
    invitation = workflow.invite(making.case(), by=None)
    assert making.url("accept", invitation) in client.get(making.url("detail", invitation)).content.decode()


@pytest.mark.row("R1")
def test_somebody_else_who_is_signed_in_cannot_redeem_and_can_sign_out(client, db, bob):
    invitation, code = making.with_code()
    client.force_login(bob)
    for name in ("detail", "accept", "join", "decline", "affirm"):
        response = client.post(making.url(name, invitation), {"code": code, "name": "Bob", "edition": 1})
        assert response.status_code == 403
        assert invitation.email not in response.content.decode()
        assert invitation.name not in response.content.decode()
    assert state() == [S.SENT]
    assert post(client, "sign-out", invitation).status_code == 302
    assert client.get(making.url("detail", invitation)).status_code == 200


@pytest.mark.row("R1")
def test_a_dump_of_the_database_holds_no_usable_token(client, db):
    invitation, code = making.with_code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        dump = ""
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            dump += cursor.fetchone()[0]
    token = making.token_of(invitation)
    assert token.nonce in dump  # the dump is one
    assert tokens.text_of(token)[-32:] not in dump
    assert code not in dump
    assert client.get(reverse("ambassadors:invitation-detail", args=[token.nonce])).status_code == 410


@pytest.mark.row("R1")
def test_a_new_link_kills_the_older_one_and_a_token_of_another_purpose_opens_nothing(client, db):
    invitation = making.invited()
    old = making.url("detail", invitation)
    workflow.send_again(invitation, by=admission_making.lead())
    assert client.get(old).status_code == 410
    assert client.get(making.url("detail", invitation)).status_code == 200
    other = tokens.issue(tokens.Purpose("something else"), subject=invitation, address=invitation.email)
    assert client.get(reverse("ambassadors:invitation-detail", args=[tokens.text_of(other)])).status_code == 410


@pytest.mark.row("R2")
def test_the_link_of_an_invitation_opens_no_other_address_that_takes_a_token_and_begins_no_session(client, db):
    invitation = making.invited()
    taking_one = [name for name in names(get_resolver().url_patterns) if _address_of(name, "x")]
    assert {"ambassadors:engagement-answer", "correspondence:unsubscribe"} <= set(taking_one)

    for name in taking_one:
        if name.startswith(("ambassadors:invitation", "ambassadors:joining")):
            continue
        response = client.get(_address_of(name, making.link_of(invitation)))
        assert response.status_code in {403, 404, 405, 410}, name
    assert "sessionid" not in client.cookies


def _address_of(name: str, token: str) -> str:
    try:
        return reverse(name, kwargs={"token": token})
    except NoReverseMatch:
        return ""


def dead_links(db_lead):
    """One link of each kind that opens nothing: used, expired, withdrawn, declined, replaced, forged."""
    used, code = making.with_code("Uma Used")
    expired, withdrawn, declined, replaced = (making.invited(f"{name} Nominee") for name in ("Eva", "Wim", "Dea", "Rob"))
    links = [making.link_of(one) for one in (used, expired, withdrawn, declined, replaced)]
    joining.join(making.token_of(used), code)
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - DAY)
    workflow.expire_due()
    workflow.withdraw(withdrawn, by=db_lead)
    workflow.decline(making.token_of(declined), "No time.")
    workflow.send_again(replaced, by=db_lead)
    forged = links[1][:-4] + "zzzz"
    return [*links, forged, "nonsense"]


def same_body(response, link):
    """The page without its own address and the token of its forms."""
    import re  # deferred: only here

    body = response.content.decode().replace(link, "LINK")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)


@pytest.mark.row("B6")
@pytest.mark.row("R10")
def test_every_dead_link_shows_one_page_that_discloses_nothing_and_asks_for_a_new_one(client, db):
    links = dead_links(admission_making.lead())
    pages = [client.get(reverse("ambassadors:invitation-detail", args=[link])) for link in links]
    assert {page.status_code for page in pages} == {410}
    bodies = {same_body(page, link) for page, link in zip(pages, links, strict=True)}
    assert len(bodies) == 1
    (body,) = bodies
    for invitation in Invitation.objects.all():
        assert invitation.name not in body
        assert invitation.email not in body
    assert "Ask for a new one" in body
    assert {page.headers["Referrer-Policy"] for page in pages} == {"no-referrer"}


@pytest.mark.row("R10")
def test_asking_anew_is_answered_the_same_whatever_there_was(client, db, monkeypatch):
    monkeypatch.setattr("ambassadors.inviting.views.ASKS", "1000/m/ip")
    links = dead_links(admission_making.lead())
    answers = set()
    for link in links:
        for name, data in (("renewal-ask", {}), ("address-ask", {"email": NEW})):
            response = client.post(reverse(f"ambassadors:invitation-{name}", args=[link]), data)
            answers.add((name, response.status_code, response.url, response.content))
    assert len(answers) == 2
    assert InvitationWish.objects.count() == 8  # expired, withdrawn, declined, replaced; two wishes each


@pytest.mark.row("R10")
def test_asking_with_a_forged_link_takes_about_as_long(client, db, monkeypatch):
    monkeypatch.setattr("ambassadors.inviting.views.ASKS", "1000/m/ip")
    invitation = making.invited()
    real = making.link_of(invitation)
    workflow.withdraw(invitation, by=admission_making.lead())
    client.post(reverse("ambassadors:invitation-renewal-ask", args=[real]))  # from here on the wish is there: nothing new to write

    def seconds(link):
        start = time.perf_counter()
        client.post(reverse("ambassadors:invitation-renewal-ask", args=[link]))
        return time.perf_counter() - start

    pairs = [(seconds(real), seconds(real[:-4] + "zzzz")) for _time in range(25)]
    ratio = statistics.median(one for one, _other in pairs) / statistics.median(other for _one, other in pairs)
    assert 0.33 < ratio < 3


def test_asking_too_often_from_one_place_is_slowed_down(client, db):
    link = making.link_of(making.invited())
    statuses = [client.post(reverse("ambassadors:invitation-renewal-ask", args=[link])).status_code for _time in range(8)]
    assert statuses == [302] * 6 + [429] * 2
    assert InvitationWish.objects.count() == 1


def test_wrong_codes_are_counted_and_a_new_code_begins_anew(client, db):
    invitation, code = making.with_code()
    for wrong in ("22222222", "33333333", "44444444"):
        assert post(client, "join", invitation, code=wrong).status_code == 422
    assert post(client, "join", invitation, code=code).status_code == 422  # right, but too late
    post(client, "code-send", invitation)
    assert post(client, "join", invitation, code=making.code_of(invitation)).status_code == 302


def test_a_link_gets_five_codes_and_a_new_link_five_more(client, db):
    invitation, _code = making.with_code()
    for _time in range(6):
        post(client, "code-send", invitation)
    assert posted("invitation_code").count() == joining.CODES_AT_MOST
    workflow.send_again(invitation, by=admission_making.lead())
    post(client, "code-send", invitation)
    assert posted("invitation_code").count() == joining.CODES_AT_MOST + 1


def test_a_code_lapses(client, db):
    invitation, code = making.with_code()
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert post(client, "join", invitation, code=code).status_code == 422


@pytest.mark.parametrize("who", ["staff", "alumnus", "listed"])
def test_an_address_that_belongs_to_an_account_gets_no_second_one(client, db, who, staff):
    person = {
        "staff": lambda: staff,
        "alumnus": lambda: make.ambassador("Ida Ibarra", status="alumni"),
        "listed": lambda: make.ambassador("Lio Listed", status="listed", is_active=False),
    }[who]()
    invitation = making.invited("Nia Nominee", email=person.email.upper())
    join(client, invitation, job_title="Head")
    person = User.objects.get(pk=person.pk)
    assert User.objects.filter(email__iexact=person.email).count() == 1
    assert (person.is_active, person.ambassador.status, person.ambassador.job_title) == (True, "active", "Head")
    assert Nomination.objects.get().nominee == person


def test_somebody_who_belongs_already_keeps_their_profile_and_is_not_welcomed_twice(client, bob):
    invitation = making.invited("Robert Brandt", email=bob.email)
    heard = []
    ambassador_joined.connect(listener := lambda **kwargs: heard.append(kwargs))
    join(client, invitation, job_title="Another")
    ambassador_joined.disconnect(listener)
    bob.ambassador.refresh_from_db()
    assert (state(), bob.ambassador.job_title, heard) == ([S.ACCEPTED], "", [])


def test_somebody_who_was_removed_does_not_come_back_by_a_link(client, db):
    gone = make.ambassador("Rolf Roth", status="removed", is_active=False)
    invitation = making.invited("Rolf Roth", email=gone.email)
    join(client, invitation)
    gone.ambassador.refresh_from_db()
    assert (state(), gone.ambassador.status) == ([S.SENT], "removed")


def test_an_account_with_a_second_factor_is_asked_for_it(client, db, alumna):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # deferred: only this test guards an account

    TOTP.activate(alumna, generate_totp_secret())
    response = join(client, making.invited("Ines Ibarra", email=alumna.email))
    assert response.url == reverse("mfa_authenticate")
    assert client.get(reverse("community:desk")).status_code == 302


def test_declining_tells_the_nominator_that_and_the_leads_why(client, db):
    invitation = making.invited()
    post(client, "decline", invitation, reason="My father is ill.")
    invitation.refresh_from_db()
    assert (invitation.status, invitation.decline_reason) == (S.DECLINED, "My father is ill.")
    (news,) = posted("invitation_news")
    assert news.person == invitation.cosigner
    assert "declined" in words_of(news)
    assert "father" not in words_of(news)


@pytest.mark.parametrize("status", ["accepted", "declined", "expired"])
def test_the_nominator_hears_once_in_words_what_became_of_it(db, status):
    invitation, code = making.with_code()
    if status == "accepted":
        joining.join(making.token_of(invitation), code)
    elif status == "declined":
        workflow.decline(making.token_of(invitation))
    else:
        Invitation.objects.update(expires_at=timezone.now() - DAY)
        workflow.expire_due()
    (news,) = posted("invitation_news")
    assert f"Nia Nominee {kinds['invitation_news'].context(news)['news']}" in words_of(news)


def test_the_mail_is_signed_with_the_nominator_and_their_word_as_long_as_they_are_here(db, staff):
    invitation = making.invited()
    workflow.write_word(invitation, "You asked the best question of the day.", by=invitation.cosigner)
    (row,) = posted("invitation")
    assert "Nadia Nominator" in words_of(row)
    assert "You asked the best question" in words_of(row)
    make_alumni(invitation.cosigner.ambassador, by=staff)
    row = OutgoingMail.objects.get(pk=row.pk)
    assert "Nadia" not in words_of(row)
    assert "best question" not in words_of(row)


def test_nobody_but_the_nominator_adds_a_word(db, bob):
    with pytest.raises(PermissionDenied):
        workflow.write_word(making.invited(), "Me too.", by=bob)


def test_no_mail_goes_out_for_a_link_that_has_died_meanwhile(db):
    invitation = making.invited()
    (row,) = posted("invitation")
    workflow.withdraw(invitation, by=admission_making.lead())
    outbox.deliver(row.pk)
    assert mail.outbox == []


def test_another_address_takes_effect_when_its_code_is_typed_in_and_the_old_one_is_told(client, db):
    lead = admission_making.lead()
    invitation = making.invited()
    old_link, old = making.url("detail", invitation), invitation.email
    post(client, "address-ask", invitation, email=NEW)
    assert not OutgoingMail.objects.filter(address=NEW).exists()  # before somebody has agreed
    wishes.grant(InvitationWish.objects.get(), by=lead)
    assert [row.address for row in posted("invitation_moved")] == [old]
    assert client.get(old_link).status_code == 410
    invitation.refresh_from_db()
    assert invitation.email == old
    join(client, invitation)
    invitation.refresh_from_db()
    assert (invitation.email, User.objects.filter(email=NEW).count(), User.objects.filter(email=old).count()) == (NEW, 1, 0)


def test_an_invitation_that_lapsed_comes_back_when_its_wish_is_granted(client, db):
    lead = admission_making.lead()
    invitation = making.invited()
    old = making.url("renewal-ask", invitation)
    Invitation.objects.update(expires_at=timezone.now() - DAY)
    workflow.expire_due()
    client.post(old)
    wish = InvitationWish.objects.get()
    assert [row.person for row in posted("invitation_wish") if row.person] == [lead]
    wishes.grant(wish, by=lead)
    assert state() == [S.SENT]
    assert client.get(making.url("detail", invitation)).status_code == 200


def test_wishes_are_for_those_who_run_the_case(db, staff, bob):
    invitation = making.invited()
    wishes.ask_for_new(making.link_of(invitation))
    for person in (staff, bob, invitation.cosigner):
        with pytest.raises(PermissionDenied):
            wishes.grant(InvitationWish.objects.get(), by=person)
        assert not InvitationWish.objects.visible_to(person).exists()


def test_a_case_decided_otherwise_is_not_renewed(db):
    lead, invitation = admission_making.lead(), making.invited()
    workflow.withdraw(invitation, by=lead)
    Nomination.objects.update(status="declined")
    invitation.refresh_from_db()
    with pytest.raises(ValidationError):
        workflow.renew(Invitation.objects.get(), by=lead)


def test_a_call_is_asked_for_with_somebody_who_offers_it(client, db, alice):
    engagement_making.option("nominate", welcomes=True)
    engagement_making.offer(alice, "nominate", audience="public")
    Ambassador.objects.filter(user=alice).update(listed_for="public")
    lead, invitation = admission_making.lead(), making.invited()
    page = client.get(making.url("detail", invitation)).content.decode()
    assert "Alice Amadi" in page
    post(client, "call-ask", invitation, person=alice.ambassador.pk, words="Tuesday?")
    wish = InvitationWish.objects.get()
    assert (wish.kind, wish.person, wish.words) == ("call", alice.ambassador, "Tuesday?")
    (row,) = posted("invitation_wish")
    assert row.person == lead
    assert "Tuesday?" in words_of(row)


@pytest.mark.row("B8")
def test_past_the_cap_of_150_the_next_invitation_waits_and_goes_out_by_itself_when_a_seat_frees(client, db, staff):
    Ambassador.objects.bulk_create(
        Ambassador(user=user, slug=f"member-{number}", status="active", joined_at=timezone.now())
        for number, user in enumerate(
            User.objects.bulk_create(User(email=f"m{number}@people.example.org", name=f"Member {number}") for number in range(147))
        )
    )
    by = timezone.localdate() + 365 * DAY
    GrowthStage.objects.create(name="150", target=150, cap=150, by_date=by, opened_at=timezone.now())
    leaver = Ambassador.objects.first()
    cases = [making.case("Ana Abe")]  # whose nominator is the 148th
    cases += [making.case(name, nominator=cases[0].nominator) for name in ("Ben Bor", "Cem Cas", "Dia Doe")]
    for case in cases:
        workflow.invite(case, by=None)
    held = seats.seats()
    assert (held.members + held.invited, held.waiting) == (150, 2)
    assert [row.address for row in posted("invitation").order_by("pk")] == [cases[0].email, cases[1].email]
    client.force_login(staff)
    make_alumni(leaver, by=staff)
    assert state() == [S.SENT, S.SENT, S.SENT, S.WAITING]
    outbox.deliver(posted("invitation").get(address=cases[2].email).pk)
    assert [message.to for message in mail.outbox] == [[cases[2].email]]


def test_the_page_costs_the_same_with_one_and_with_three_people(client, db, django_assert_num_queries):
    invitation = making.invited()
    url = making.url("detail", invitation)
    for count in (1, 3):
        while Ambassador.objects.filter(listed_for="public").count() < count:
            make.ambassador(f"Public Person {Ambassador.objects.count()}", listed_for="public")
        client.get(url)
        with django_assert_num_queries(13):
            client.get(url)


@pytest.mark.row("R29")
@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_given_once_over_two_connections():
    by = timezone.localdate() + 365 * DAY
    nominator = make.ambassador("Nadia Nominator")
    cases = [making.case(name, nominator=nominator) for name in ("Ana Abe", "Ben Bor")]
    GrowthStage.objects.create(name="Two", target=2, cap=2, by_date=by, opened_at=timezone.now())
    at_once(*[lambda case=case: workflow.invite(case, by=None) for case in cases])
    assert sorted(state()) == [S.SENT, S.WAITING]


@pytest.mark.row("R24")
def test_each_step_of_an_invitation_is_in_the_history_with_who_and_through_which_door(db):
    lead, invitation = admission_making.lead(), making.invited()
    workflow.send_again(invitation, by=lead)
    workflow.extend(invitation, by=lead)
    workflow.withdraw(invitation, by=lead)
    lines = HistoryEntry.objects.filter(target_type__model="invitation", target_id=str(invitation.pk)).order_by("pk")
    assert [(line.verb, line.actor, line.via) for line in lines] == [
        ("put the invitation in line", None, "web"),
        ("sent the invitation", None, "web"),
        ("sent the invitation again", lead, "web"),
        ("gave the invitation more days", lead, "web"),
        ("withdrew the invitation", lead, "web"),
    ]
