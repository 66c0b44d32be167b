"""Who gets what of the pages about one's own data and place. Each person has their own; nobody has another's, staff included."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from ambassadors import workflow
from ambassadors.models import Ambassador, Archive, Erasure, ReturnRequest, User
from ambassadors.owndata import erasing, leaving
from discussions.models import Participant, ReadMark
from discussions.workflow import start_private_thread
from tests import make
from tests.access import LOGIN, Row

OWN = (LOGIN, 200, 200, 200, LOGIN, 200, 200)  # everybody who is signed in, about themselves
DONE = (LOGIN, 302, 302, 302, LOGIN, 302, 302)
BY_POST = (LOGIN, 405, 405, 405, LOGIN, 405, 405)


def everybody(cast) -> list[User]:
    return [cast.ambassador, cast.outsider, cast.alumnus, cast.staff, cast.superuser]


def an_archive(cast):
    now = timezone.now()
    archive = Archive(person=cast.ambassador, status="ready", ready_at=now, expires_at=now + timedelta(days=1))
    archive.file.save("a.zip", ContentFile(b"PK"), save=False)
    archive.save()
    return {"pk": archive.pk}


def all_planned(cast):
    for person in everybody(cast)[:-1]:
        erasing.plan(person, by=person)
    return {}


def everybody_reads(cast):
    other = make.ambassador("Carla Costa")
    for person in (cast.ambassador, cast.outsider, cast.staff, cast.superuser):
        start_private_thread(by=other, to=person, subject="Our survey", body="Shall we?")
    start_private_thread(by=other, to=make.ambassador("Dora Dunn"), subject="Another", body="Shall we?")
    for number, person in enumerate(everybody(cast)):
        thread = start_private_thread(by=other, to=make.ambassador(f"Ed {number}"), subject="Read", body="Shall we?")
        Participant.objects.filter(thread=thread, seat=2).update(person=person)
        ReadMark.objects.mark(person, thread.pk, 1)
    return {}


def standing():
    return sorted(Ambassador.objects.values_list("pk", "status"))


def pausing(cast):
    for person in (cast.ambassador, cast.outsider):
        workflow.pause(person.ambassador, by=person)
    return {}


def wishing(cast):
    leaving.ask_to_return(cast.alumnus, "I miss the talk.")
    return {}


#   visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("owndata:archive-detail", OWN),
    Row("owndata:archive-ask", BY_POST),
    Row("owndata:archive-ask", DONE, method="post", state=Archive.objects.count, sure=True),
    Row("owndata:archive-download", (LOGIN, 302, 302, 302, LOGIN, 302, 302), build=an_archive),  # first say who you are
    Row("owndata:archive-download", (LOGIN, 200, 404, 404, LOGIN, 404, 404), build=an_archive, sure=True),
    Row("owndata:erasure-detail", OWN),
    Row("owndata:erasure-ask", BY_POST),
    Row(
        "owndata:erasure-ask",
        (LOGIN, 302, 302, 302, LOGIN, 302, 409),  # the only superuser must stay
        method="post",
        data=lambda cast: {"words": "keep", "is_sure": "on"},
        state=Erasure.objects.count,
        sure=True,
    ),
    Row("owndata:erasure-cancel", BY_POST),
    Row(
        "owndata:erasure-cancel",
        (LOGIN, 302, 302, 302, LOGIN, 302, 404),
        method="post",
        build=all_planned,
        state=lambda: Erasure.objects.filter(status="planned").count(),
    ),
    Row("owndata:reading-detail", OWN),
    Row("owndata:reading-switch", BY_POST),
    Row(
        "owndata:reading-switch",
        DONE,
        method="post",
        data=lambda cast: {"on": "no"},
        state=lambda: User.objects.filter(remembers_reading=True).count(),
    ),
    Row("owndata:reading-forget", BY_POST),
    Row(
        "owndata:reading-forget",
        DONE,
        method="post",
        build=everybody_reads,
        state=ReadMark.objects.count,
    ),
    Row("owndata:leaving-detail", OWN),
    Row("owndata:pause-start", BY_POST),
    # What does not fit where somebody stands is a 409, with a page that says where that is.
    Row("owndata:pause-start", (LOGIN, 302, 302, 409, LOGIN, 404, 404), method="post", state=standing),
    Row("owndata:pause-end", BY_POST),
    Row("owndata:pause-end", (LOGIN, 302, 302, 409, LOGIN, 404, 404), method="post", build=pausing, state=standing),
    Row("owndata:membership-leave", BY_POST),
    Row(
        "owndata:membership-leave",
        (LOGIN, 302, 302, 409, LOGIN, 404, 404),
        method="post",
        data=lambda cast: {"listed_for": "members", "credit": "name"},
        state=standing,
    ),
    Row("owndata:return-ask", BY_POST),
    Row("owndata:return-ask", (LOGIN, 409, 409, 302, LOGIN, 404, 404), method="post", state=ReturnRequest.objects.count),
    Row("owndata:return-withdraw", BY_POST),
    Row(
        "owndata:return-withdraw",
        (LOGIN, 404, 404, 302, LOGIN, 404, 404),
        method="post",
        build=wishing,
        state=ReturnRequest.objects.filter(status="open").count,
    ),
]
