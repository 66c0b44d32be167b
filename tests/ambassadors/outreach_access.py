"""Who gets what from the pages of outreach and of speaking slots."""

from django.utils import timezone

from ambassadors.models import OutreachEntry, SlotOffer, SlotVolunteer, SpeakingSlot
from tests.access import LOGIN, Row
from tests.ambassadors import outreach_making as making


def an_entry(cast):
    return {"pk": making.entry(cast.ambassador).pk}


def a_draft(cast):
    return {"pk": making.draft(cast.ambassador).pk}


def entries():
    return list(OutreachEntry.objects.order_by("pk").values_list("status", "what", "person__name"))


def something_shared(cast):
    return {"what": "A piece", "network": making.network().pk, "reach": "12", "on": f"{timezone.localdate():%Y-%m-%d}"}


def a_slot(cast):
    """Posted by the ambassador, with a volunteer."""
    slot = making.slot(cast.ambassador)
    making.volunteer(slot, cast.outsider)
    return {"pk": slot.pk}


def a_slot_with_a_volunteer(cast):
    slot = making.slot(cast.ambassador)
    return {"pk": slot.pk, "volunteer": making.volunteer(slot, cast.outsider).pk}


def a_slot_of_the_team(cast):
    return {"pk": making.slot(cast.staff).pk}


def a_slot_one_would_speak_at(cast):
    slot = making.slot(cast.staff)
    making.volunteer(slot, cast.ambassador)
    return {"pk": slot.pk}


def a_slot_offered(cast):
    slot = making.slot(cast.staff)
    SlotOffer.objects.create(slot=slot, person=cast.ambassador)
    return {"pk": slot.pk}


def a_talk(cast):
    return {"pk": making.talk(cast.staff, cast.ambassador).pk}


def slots():
    return list(SpeakingSlot.objects.order_by("pk").values_list("title", "status", "speaker__name"))


def volunteers():
    return list(SlotVolunteer.objects.order_by("pk").values_list("person__name", "status"))


def declined():
    return SlotOffer.objects.exclude(declined_at=None).count()


def a_place(cast):
    day = timezone.localdate() + 20 * making.DAY
    return {"title": "A panel", "on": f"{day:%Y-%m-%d}", "wanted_by": f"{day:%Y-%m-%d}", "place": "York", "audience": "Deans"}


POST = {"method": "post"}
#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("ambassadors:outreach-list", (LOGIN, 200, 200, 403, LOGIN, 403, 403), build=lambda cast: an_entry(cast) and {}),
    Row("ambassadors:outreach-create", (LOGIN, 302, 302, 403, LOGIN, 403, 403), **POST, data=something_shared, state=entries),
    Row(
        "ambassadors:outreach-edit",
        (LOGIN, 302, 404, 403, LOGIN, 403, 403),
        **POST,
        build=an_entry,
        data=something_shared,
        state=entries,
    ),
    Row("ambassadors:outreach-confirm", (LOGIN, 302, 404, 403, LOGIN, 403, 403), **POST, build=a_draft, state=entries),
    Row("ambassadors:outreach-remove", (LOGIN, 302, 404, 403, LOGIN, 403, 403), **POST, build=an_entry, state=entries),
    Row("ambassadors:outreach-export", (LOGIN, 200, 200, 403, LOGIN, 403, 403), build=lambda cast: an_entry(cast) and {}),
    Row("ambassadors:slot-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=lambda cast: a_slot(cast) and {}),
    Row("ambassadors:slot-create", (LOGIN, 302, 302, 403, LOGIN, 302, 302), **POST, data=a_place, state=slots),
    Row("ambassadors:slot-detail", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=a_slot, state=slots),
    Row("ambassadors:slot-edit", (LOGIN, 302, 403, 403, LOGIN, 302, 302), **POST, build=a_slot, data=a_place, state=slots),
    # Whoever would speak is an ambassador: the support team alone gives no talks.
    Row("ambassadors:slot-volunteer", (LOGIN, 302, 302, 403, LOGIN, 403, 403), **POST, build=a_slot_of_the_team, state=volunteers),
    Row(
        "ambassadors:slot-withdraw",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        **POST,
        build=a_slot_one_would_speak_at,
        state=volunteers,
    ),
    Row("ambassadors:slot-decline", (LOGIN, 302, 404, 403, LOGIN, 404, 404), **POST, build=a_slot_offered, state=declined),
    # Whoever does not run the slot does not know who volunteered, the one who did among them.
    Row("ambassadors:slot-give", (LOGIN, 302, 404, 403, LOGIN, 302, 302), **POST, build=a_slot_with_a_volunteer, state=slots),
    Row("ambassadors:slot-call-off", (LOGIN, 302, 403, 403, LOGIN, 302, 302), **POST, build=a_slot, state=slots),
    Row(
        "ambassadors:slot-log", (LOGIN, 302, 404, 403, LOGIN, 404, 404), **POST, build=a_talk, data=something_shared, state=entries
    ),
]
