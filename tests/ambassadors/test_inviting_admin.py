"""The pages of those who run invitations: buttons that work, rows for a duty, and stages that are opened and closed."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.inviting import seats, wishes, workflow
from ambassadors.models import GrowthStage, Invitation, InvitationWish
from foundation.desk import cards_for
from tests.ambassadors import admission_making
from tests.ambassadors import inviting_making as making

LIST = reverse("admin:ambassadors_invitation_changelist")
S = Invitation.Status


@pytest.fixture
def lead(db):
    return admission_making.lead()


def page_of(invitation) -> str:
    return reverse("admin:ambassadors_invitation_change", args=[invitation.pk])


def press(client, invitation, word):
    return client.post(reverse("admin:invitation-move", args=[invitation.pk, word]), follow=True)


def test_a_lead_sees_who_waits_in_which_place_and_how_the_seats_stand(client, lead):
    by = timezone.localdate() + datetime.timedelta(days=365)
    GrowthStage.objects.create(name="Spring", target=2, cap=2, by_date=by, opened_at=timezone.now())
    first = making.case("Ana Abe")
    for case in (first, *(making.case(name, nominator=first.nominator) for name in ("Ben Bor", "Cem Cas"))):
        workflow.invite(case, by=lead)
    client.force_login(lead)
    page = client.get(LIST).content.decode()
    assert "“Spring” is open, with 2 seats: 1 held by members, 1 by invitations that are out, 0 free. 2 wait for a seat." in page
    assert [
        page.split(f">{name}<")[1].split('field-place_in_line">')[1].split("<")[0] for name in ("Ana Abe", "Ben Bor", "Cem Cas")
    ] == ["-", "1", "2"]


def test_being_of_the_support_team_opens_no_invitation(client, staff, lead):
    invitation = making.invited()
    client.force_login(staff)
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(invitation)).status_code in {302, 403}
    assert press(client, invitation, "withdraw").status_code == 404
    invitation.refresh_from_db()
    assert invitation.status == S.SENT


@pytest.mark.parametrize(
    ("word", "before", "after"), [("withdraw", S.SENT, S.WITHDRAWN), ("renew", S.WITHDRAWN, S.SENT), ("send-again", S.SENT, S.SENT)]
)
def test_a_button_is_offered_when_the_move_is_and_makes_it(client, lead, word, before, after):
    invitation = making.invited()
    if before == S.WITHDRAWN:
        workflow.withdraw(invitation, by=lead)
    client.force_login(lead)
    url = reverse("admin:invitation-move", args=[invitation.pk, word])
    assert url in client.get(page_of(invitation)).content.decode()
    press(client, invitation, word)
    invitation.refresh_from_db()
    assert invitation.status == after


def test_a_button_that_came_too_late_says_so(client, lead):
    invitation = making.invited()
    workflow.withdraw(invitation, by=lead)
    client.force_login(lead)
    assert "A colleague was quicker" in press(client, invitation, "withdraw").content.decode()


def test_more_days_leave_the_link_as_it_is(client, lead):
    invitation = making.invited()
    link = making.url("detail", invitation)
    soon = timezone.now() + datetime.timedelta(days=1)
    Invitation.objects.update(expires_at=soon)
    client.force_login(lead)
    press(client, invitation, "extend")
    invitation.refresh_from_db()
    assert invitation.expires_at == seats.end_of_days(30)
    client.logout()
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(("word", "state"), [("grant", "granted"), ("refuse", "refused")])
def test_a_wish_lies_on_the_desk_until_it_is_granted_or_refused(client, lead, word, state):
    invitation = making.invited()
    wishes.ask_for_new(making.link_of(invitation))
    wish = InvitationWish.objects.get()
    titles = [card.title for card in cards_for(lead)]
    assert "1 wish about an invitation waits for an answer" in titles
    client.force_login(lead)
    client.post(reverse("admin:invitation-wish-move", args=[wish.pk, word]))
    wish.refresh_from_db()
    assert wish.status == state
    assert "1 wish about an invitation waits for an answer" not in [card.title for card in cards_for(lead)]


def test_a_stage_is_opened_and_closed_by_a_button_that_says_what_would_happen(client, staff):
    by = timezone.localdate() + datetime.timedelta(days=365)
    first = GrowthStage.objects.create(name="One", target=1, cap=1, by_date=by, opened_at=timezone.now())
    second = GrowthStage.objects.create(name="Two", target=5, cap=5, by_date=by)
    workflow.invite(making.case("Ana Abe"), by=None)
    client.force_login(staff)
    page = client.get(reverse("admin:ambassadors_growthstage_change", args=[second.pk])).content.decode()
    assert "1 seats are taken, 1 wait. Opened now, 5 would hold, and 1 would be sent." in page
    client.post(reverse("admin:stage-move", args=[second.pk, "open"]))
    assert Invitation.objects.get().status == S.SENT
    client.post(reverse("admin:stage-move", args=[second.pk, "close"]))
    second.refresh_from_db()
    assert (second.opened_at, seats.seats().stage) == (None, first)


def test_a_larger_cap_sends_those_who_wait(client, staff):
    by = timezone.localdate() + datetime.timedelta(days=365)
    stage = GrowthStage.objects.create(name="One", target=1, cap=1, by_date=by, opened_at=timezone.now())
    workflow.invite(making.case("Ana Abe"), by=None)
    client.force_login(staff)
    form = {"name": "One", "target": 1, "by_date": str(by), "cap": 2, "marks": "100", "position": 0}
    client.post(reverse("admin:ambassadors_growthstage_change", args=[stage.pk]), form)
    assert Invitation.objects.get().status == S.SENT


def test_the_list_costs_the_same_with_one_and_with_three_rows(client, lead, django_assert_num_queries):
    client.force_login(lead)
    case = making.case("Ana Abe")
    for count, names in ((1, []), (3, ["Ben Bor", "Cem Cas"])):
        for one in [case, *(making.case(name, nominator=case.nominator) for name in names)]:
            workflow.invite(one, by=lead)
        client.get(LIST)
        with django_assert_num_queries(6):
            assert client.get(LIST).content.decode().count("field-place_in_line") == count


def test_the_nominator_finds_on_their_desk_who_joined(client, db):
    invitation, code = making.with_code()
    client.post(making.url("join", invitation), {"code": code})
    (card,) = [card for card in cards_for(invitation.cosigner) if card.title == "Nia Nominee"]
    assert card.text.startswith("They have joined.")


def test_a_nominator_adds_a_word_on_the_page_of_their_nomination_until_it_is_answered(client, lead):
    invitation = making.invited()
    client.force_login(invitation.cosigner)
    page = reverse("ambassadors:nomination-detail", args=[invitation.nomination_id])
    save = reverse("ambassadors:nomination-word-save", args=[invitation.nomination_id])
    assert save in client.get(page).content.decode()
    client.post(save, {"note": "Come and see for yourself."})
    invitation.refresh_from_db()
    assert invitation.note == "Come and see for yourself."
    workflow.withdraw(invitation, by=lead)
    assert save not in client.get(page).content.decode()
    client.post(save, {"note": "Too late."})
    invitation.refresh_from_db()
    assert invitation.note == "Come and see for yourself."


def test_the_page_of_the_case_leads_to_its_invitation(client, lead):
    invitation = making.invited()
    client.force_login(lead)
    page = client.get(reverse("admin:ambassadors_nomination_change", args=[invitation.nomination_id])).content.decode()
    assert page_of(invitation) in page
