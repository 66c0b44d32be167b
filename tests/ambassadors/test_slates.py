"""Slates: put together, opened to all for some days, answered, closed. What comes late is kept as late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ambassadors.models import Ambassador, Concern, Nomination, Slate, SlateAnswer, SlateEntry
from ambassadors.nominations import workflow as nominations
from ambassadors.slates import answers, tally, telling, workflow
from ambassadors.slates.answers import Said
from ambassadors.slates.days import end_after, end_of_day
from correspondence.models import OutgoingMail
from correspondence.preferences import choose
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db
YES, NO_VIEW = Said("support"), Said("no view")
WORRY = Said("concern", "She left us without a word.")


@pytest.fixture
def lead():
    return making.lead()


@pytest.fixture
def noor():
    """Somebody who nominates."""
    return make.ambassador("Noor Nominator")


def drafted(lead, noor, *names: str) -> Slate:
    cases = [making.nomination(noor, name, status="vetting") for name in names or ("Ana One", "Ben Two")]
    slate = workflow.begin("Autumn slate", "Two people.", by=lead)
    workflow.add(slate, cases, by=lead)
    return slate


def opened(lead, noor, *names: str, **when) -> Slate:
    slate = drafted(lead, noor, *names)
    workflow.open_slate(slate, version=workflow.version_of(slate), by=lead, **when)
    return slate


def over(slate: Slate) -> None:
    """The days of the slate are over, and no clock has come yet."""
    long_ago = timezone.now() - timedelta(days=9)
    Slate.objects.filter(pk=slate.pk).update(opened_at=long_ago, closes_at=timezone.now() - timedelta(minutes=1))
    slate.refresh_from_db()


def numbers(slate: Slate) -> list[tuple[int, str]]:
    return [(entry.number, entry.nomination.name) for entry in slate.entries.select_related("nomination")]


def given(slate: Slate) -> list[tuple[str, int, str, bool]]:
    rows = SlateAnswer.objects.filter(entry__slate=slate).order_by("person__name", "entry__number", "is_late")
    return list(rows.values_list("person__name", "entry__number", "answer", "is_late"))


class TestPuttingTogether:
    def test_numbers_follow_what_leads_do(self, lead, noor):
        slate = drafted(lead, noor, "Ana One", "Ben Two", "Cy Three")
        ana, _ben, cy = slate.entries.all()

        workflow.move_up(cy, by=lead)
        workflow.remove(ana, by=lead)

        assert numbers(slate) == [(1, "Cy Three"), (2, "Ben Two")]

    def test_a_case_is_put_on_it_once(self, lead, noor):
        slate = drafted(lead, noor)

        workflow.add(slate, Nomination.objects.all(), by=lead)

        assert numbers(slate) == [(1, "Ana One"), (2, "Ben Two")]

    def test_only_what_is_in_vetting(self, lead, noor):
        slate = drafted(lead, noor)

        with pytest.raises(ValidationError, match="Di Draft is not in vetting"):
            workflow.add(slate, [making.nomination(noor, "Di Draft")], by=lead)

    def test_a_lead_puts_nobody_on_whom_they_nominated(self, lead, noor):
        slate = drafted(lead, noor)

        with pytest.raises(PermissionDenied):
            workflow.add(slate, [making.nomination(lead, "Fay Friend", status="vetting")], by=lead)

    @pytest.mark.parametrize("who", ["noor", "staff"])
    def test_nobody_but_a_lead_puts_it_together(self, who, request, noor):
        with pytest.raises(PermissionDenied):
            workflow.begin("Mine", by=request.getfixturevalue(who))

    def test_a_withdrawn_case_leaves_the_draft(self, lead, noor):
        slate = drafted(lead, noor)
        version = workflow.version_of(slate)

        nominations.withdraw(slate.entries.get(number=1).nomination, by=noor)

        assert numbers(slate) == [(2, "Ben Two")]
        assert workflow.version_of(slate) != version
        workflow.open_slate(slate, version=workflow.version_of(slate), by=lead)
        assert numbers(slate) == [(1, "Ben Two")]

    def test_a_slate_that_was_thrown_away_leaves_its_cases(self, lead, noor):
        slate = drafted(lead, noor)

        workflow.discard(slate, by=lead)

        assert not Slate.objects.exists()
        assert list(Nomination.objects.values_list("status", flat=True)) == ["vetting", "vetting"]


class TestOpening:
    def test_freezes_the_texts_and_moves_the_cases(self, lead, noor):
        slate = opened(lead, noor)
        case = slate.entries.get(number=1).nomination

        nominations.write_for_slate(case, "Other words.", by=lead)

        assert (slate.status, case.status) == ("open", "slate")
        assert slate.entries.get(number=1).text == "Ana One runs a school that parents queue for."

    def test_takes_what_the_lead_has_looked_at_and_nothing_newer(self, lead, noor):
        slate = drafted(lead, noor)
        seen = workflow.version_of(slate)
        workflow.reword(slate.entries.get(number=2), "Newer words.", by=lead)

        with pytest.raises(ValidationError, match="changed it in the meantime"):
            workflow.open_slate(slate, version=seen, by=lead)

        assert Slate.objects.get().status == "draft"

    def test_words_that_a_colleague_changed_elsewhere_are_newer_too(self, lead, noor):
        slate = drafted(lead, noor)
        seen = workflow.version_of(slate)
        nominations.write_for_slate(slate.entries.get(number=1).nomination, "Elsewhere.", by=lead)

        with pytest.raises(ValidationError, match="changed it in the meantime"):
            workflow.open_slate(slate, version=seen, by=lead)

    def test_needs_somebody(self, lead):
        slate = workflow.begin("Empty", by=lead)

        with pytest.raises(ValidationError, match="nobody on it"):
            workflow.open_slate(slate, version=workflow.version_of(slate), by=lead)

    def test_needs_a_text_for_each(self, lead, noor):
        slate = drafted(lead, noor)
        workflow.reword(slate.entries.get(number=2), "  ", by=lead)

        with pytest.raises(ValidationError, match="Nothing is written yet about: Ben Two"):
            workflow.open_slate(slate, version=workflow.version_of(slate), by=lead)

    def test_a_case_is_on_one_open_slate_at_a_time(self, lead, noor):
        slate = drafted(lead, noor, "Ana One")
        other = workflow.begin("Other", by=lead)
        workflow.add(other, Nomination.objects.all(), by=lead)
        workflow.open_slate(slate, version=workflow.version_of(slate), by=lead)

        with pytest.raises(ValidationError, match="No longer in vetting: Ana One"):
            workflow.open_slate(other, version=workflow.version_of(other), by=lead)

    def test_a_day_that_is_over_is_refused(self, lead, noor):
        with pytest.raises(ValidationError, match="This day is over"):
            opened(lead, noor, closes_on=timezone.localdate() - timedelta(days=1))

    def test_tells_each_active_ambassador_once(self, lead, noor, alice, django_capture_on_commit_callbacks):
        make.ambassador("Pia Pausing", status="paused")
        make.ambassador("Lars Listed", status="listed")
        with django_capture_on_commit_callbacks(execute=True):
            slate = opened(lead, noor)

        telling.tell(slate.pk)
        Slate.objects.update(told_at=None)
        telling.tell_due()

        mails = OutgoingMail.objects.filter(kind="slate_opened").values_list("person__name", flat=True)
        assert sorted(mails) == ["Alice Amadi", "Noor Nominator"]
        assert Slate.objects.get().told_at is not None


class TestDays:
    """They end where the community is, by the calendar."""

    def test_the_end_of_the_tenth_day(self, settings):
        settings.TIME_ZONE = "Europe/Lisbon"

        assert end_after(10, datetime(2026, 11, 22, 12, tzinfo=UTC)) == datetime(2026, 12, 2, 23, 59, 59, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("since", "ends"),
        [
            (datetime(2026, 3, 20, 12, tzinfo=UTC), datetime(2026, 3, 30, 22, 59, 59, tzinfo=UTC)),  # an hour was left out
            (datetime(2026, 10, 20, 12, tzinfo=UTC), datetime(2026, 10, 30, 23, 59, 59, tzinfo=UTC)),  # an hour came twice
            (datetime(2026, 6, 1, 23, 30, tzinfo=UTC), datetime(2026, 6, 12, 22, 59, 59, tzinfo=UTC)),  # it is 2 June there
        ],
    )
    def test_over_a_change_of_clocks(self, settings, since, ends):
        settings.TIME_ZONE = "Europe/Lisbon"

        assert end_after(10, since) == ends

    def test_the_second_midnight_where_clocks_go_back_at_midnight(self, settings):
        settings.TIME_ZONE = "America/Asuncion"  # on 23 March 2024 the last hour came twice

        assert end_of_day(date(2024, 3, 23)) == datetime(2024, 3, 24, 3, 59, 59, tzinfo=UTC)


class TestAnswering:
    def test_can_be_changed_while_it_is_open(self, lead, noor, alice):
        slate = opened(lead, noor)

        answers.give(slate, {1: YES, 2: NO_VIEW}, by=alice)
        answers.give(slate, {1: NO_VIEW}, by=alice)

        assert given(slate) == [("Alice Amadi", 1, "no view", False), ("Alice Amadi", 2, "no view", False)]

    def test_a_concern_reaches_the_leads_alone(self, lead, noor, alice, bob, staff):
        slate = opened(lead, noor)

        answers.give(slate, {1: WORRY}, by=alice)

        (concern,) = Concern.objects.visible_to(lead)
        assert (concern.text, concern.author, concern.nomination.name) == ("She left us without a word.", alice, "Ana One")
        assert [list(Concern.objects.visible_to(one)) for one in (bob, staff, noor)] == [[], [], []]
        assert slate.entries.get(number=1).nomination.status == "slate"

    def test_a_concern_without_words_is_none(self):
        with pytest.raises(ValidationError, match="A few words"):
            Said("concern", " ")

    def test_words_changed_before_anybody_looked_take_the_place_of_the_first(self, lead, noor, alice):
        slate = opened(lead, noor)
        answers.give(slate, {1: WORRY}, by=alice)

        answers.give(slate, {1: Said("concern", "She left us in 2019.")}, by=alice)

        assert [concern.text for concern in Concern.objects.all()] == ["She left us in 2019."]

    def test_a_concern_that_was_looked_into_stays_beside_the_new_words(self, lead, noor, alice):
        slate = opened(lead, noor)
        answers.give(slate, {1: WORRY}, by=alice)
        Concern.objects.update(status="settled")

        answers.give(slate, {1: Said("concern", "There is more.")}, by=alice)

        assert [concern.text for concern in Concern.objects.order_by("pk")] == ["She left us without a word.", "There is more."]
        assert SlateAnswer.objects.get().concern.text == "There is more."

    def test_a_concern_taken_back_stays_with_the_leads_who_see_that_it_was(self, lead, noor, alice):
        slate = opened(lead, noor)
        answers.give(slate, {1: WORRY}, by=alice)

        answers.give(slate, {1: YES}, by=alice)

        assert SlateAnswer.objects.values_list("answer", "concern").get() == ("support", None)
        said = HistoryEntry.objects.filter(target_type__model="concern").order_by("pk").values_list("verb", flat=True)
        assert (Concern.objects.count(), list(said)[-1]) == (1, "no longer has this concern")

    def test_neither_nominator_nor_nominee_nor_whoever_stepped_back_answers(self, lead, noor, alice, bob):
        slate = opened(lead, noor)
        ana = slate.entries.get(number=1).nomination
        Nomination.objects.filter(pk=ana.pk).update(nominee=bob)
        ana.recusals.create(person=alice)

        noted = [answers.give(slate, {1: YES}, by=person) for person in (noor, bob, alice)]

        assert [sorted(one.barred) for one in noted] == [[1], [1], [1]]
        assert [words.barred[1].split(",")[0] for words in noted] == [
            "You put them forward",
            "This is about you",
            "You stepped back from this one",
        ]
        assert given(slate) == []

    def test_nobody_answers_a_slate_that_is_being_put_together(self, lead, noor, alice):
        with pytest.raises(TransitionRefused):
            answers.give(drafted(lead, noor), {1: YES}, by=alice)

    def test_whoever_is_no_member_does_not_answer(self, lead, noor, alumna):
        with pytest.raises(PermissionDenied):
            answers.give(opened(lead, noor), {1: YES}, by=alumna)

    def test_somebody_who_left_the_slate_is_asked_about_no_more(self, lead, noor, alice):
        slate = opened(lead, noor)
        nominations.withdraw(slate.entries.get(number=1).nomination, by=noor)

        noted = answers.give(slate, {1: YES, 2: YES}, by=alice)

        assert (noted.gone, noted.kept) == ([1], [2])
        assert list(SlateEntry.objects.shown().values_list("number", flat=True)) == [2]

    def test_a_lead_takes_somebody_off_an_open_slate(self, lead, noor, alice):
        slate = opened(lead, noor)
        answers.give(slate, {1: YES}, by=alice)

        workflow.take_off(slate.entries.get(number=1), by=lead)

        assert list(Nomination.objects.order_by("name").values_list("status", flat=True)) == ["vetting", "slate"]
        assert list(SlateEntry.objects.shown().values_list("number", flat=True)) == [2]
        assert given(slate) == [("Alice Amadi", 1, "support", False)]


class TestClosing:
    def test_the_clock_closes_it_once(self, lead, noor):
        slate = opened(lead, noor)
        over(slate)

        assert [workflow.close_due(), workflow.close_due()] == [1, 0]

        slate.refresh_from_db()
        assert (slate.status, slate.closed_at is not None) == ("closed", True)
        assert set(Nomination.objects.values_list("status", flat=True)) == {"slate"}

    def test_a_slate_whose_days_are_not_over_stays_open(self, lead, noor):
        slate = opened(lead, noor)

        assert (workflow.close_due(), Slate.objects.get(pk=slate.pk).status) == (0, "open")

    def test_a_lead_closes_it_before(self, lead, noor, alice):
        slate = opened(lead, noor)

        with pytest.raises(PermissionDenied):
            workflow.close(slate, by=alice)
        workflow.close(slate, by=lead)

        assert slate.status == "closed"

    def test_a_late_answer_is_kept_beside_the_first_and_changes_no_number(self, lead, noor, alice, bob):
        slate = opened(lead, noor)
        answers.give(slate, {1: YES}, by=alice)
        answers.give(slate, {2: WORRY}, by=bob)
        over(slate)  # no clock has come yet: the moment itself decides

        noted = answers.give(slate, {1: WORRY, 2: YES}, by=alice)
        workflow.close_due()

        assert noted.is_late
        assert given(slate) == [
            ("Alice Amadi", 1, "support", False),
            ("Alice Amadi", 1, "concern", True),
            ("Alice Amadi", 2, "support", True),
            ("Bob Brandt", 2, "concern", False),
        ]
        counted = [(one.support, one.no_view, one.concerns, one.late) for one in tally.of_slate(lead, slate)]
        assert counted == [(1, 0, 0, 1), (0, 0, 1, 1)]
        assert Concern.objects.count() == 2

    def test_the_numbers_are_told_after_the_close_and_not_of_a_case_one_nominated(self, lead, noor):
        slate = opened(lead, noor)
        Nomination.objects.filter(name="Ana One").update(nominator=lead)

        assert tally.of_slate(lead, slate) == []
        workflow.close(slate, by=making.lead("Leo Other"))
        assert [one.entry.number for one in tally.of_slate(lead, slate)] == [2]

    def test_who_decides_without_leading_is_not_told_how_many_concerns_there_are(self, lead, noor, alice):
        slate = opened(lead, noor)
        answers.give(slate, {1: WORRY}, by=alice)
        workflow.close(slate, by=lead)
        decider = making.duty(make.person("Dora Decides", is_staff=True), decides=True)

        assert [(one.support, one.concerns) for one in tally.of_slate(decider, slate)] == [(0, None), (0, None)]

    def test_members_read_nominees_while_it_is_open_and_neither_before_nor_after(self, lead, noor, alice):
        slate = drafted(lead, noor)
        seen = [SlateEntry.objects.visible_to(alice).count()]
        workflow.open_slate(slate, version=workflow.version_of(slate), by=lead)
        seen.append(SlateEntry.objects.visible_to(alice).count())
        over(slate)
        seen.append(SlateEntry.objects.visible_to(alice).count())

        assert (seen, SlateEntry.objects.visible_to(lead).count()) == ([0, 2, 0], 2)

    def test_more_days(self, lead, noor):
        slate = opened(lead, noor)
        day = timezone.localdate() + timedelta(days=20)

        workflow.extend(slate, day, by=lead)

        assert slate.closes_at == end_of_day(day)
        with pytest.raises(ValidationError, match="Choose a later day"):
            workflow.extend(slate, day, by=lead)

    def test_a_closed_slate_does_not_open_again(self, lead, noor):
        slate = opened(lead, noor)
        over(slate)

        with pytest.raises(TransitionRefused):
            workflow.extend(slate, timezone.localdate() + timedelta(days=20), by=lead)


class TestReminding:
    def soon(self, slate):
        Slate.objects.filter(pk=slate.pk).update(
            opened_at=timezone.now() - timedelta(days=8), closes_at=timezone.now() + timedelta(days=1)
        )

    @pytest.mark.row("A5")
    def test_goes_once_to_those_who_said_nothing_and_want_it(self, lead, noor, alice, bob):
        slate = opened(lead, noor)
        answers.give(slate, {2: NO_VIEW}, by=bob)
        for name in ("Olga Observing", "Awa Away", "Pia Pausing", "Sil Silenced"):
            make.ambassador(name)
        Ambassador.objects.filter(user__name="Olga Observing").update(is_observing=True)
        Ambassador.objects.filter(user__name="Awa Away").update(away_until=timezone.localdate() + timedelta(days=30))
        Ambassador.objects.filter(user__name="Pia Pausing").update(status="paused")
        choose(Ambassador.objects.get(user__name="Sil Silenced").user, "slate_reminder", wanted=False)
        telling.remind_due()
        assert not OutgoingMail.objects.filter(kind="slate_reminder").exists()
        self.soon(slate)

        assert [telling.remind_due(), telling.remind_due()] == [2, 0]

        reminded = OutgoingMail.objects.filter(kind="slate_reminder").values_list("person__name", flat=True)
        assert sorted(reminded) == ["Alice Amadi", "Noor Nominator"]

    def test_a_slate_of_two_days_needs_none(self, lead, noor):
        slate = opened(lead, noor)
        Slate.objects.filter(pk=slate.pk).update(closes_at=timezone.now() + timedelta(days=1))

        assert telling.remind_due() == 0
