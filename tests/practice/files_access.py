"""Who takes along what of a practice: an administrator their organisation's rounds, whoever holds a link their own worksheet."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access import Row
from tests.practice import practising
from tests.practice.access import ALL, OWN, OWN_DONE, a_link, an_instrument, answered, state


def answers_of_one(cast):
    return {"file": SimpleUploadedFile("answers.csv", b"address,key,answer\nbo@harbour.example,list-is-open,3\n")}


def own_answers(cast):
    return {"file": SimpleUploadedFile("worksheet.csv", b"key,answer\nlist-is-open,3\n")}


def empty(cast):
    return {"pk": practising.session(cast.ambassador, openness="open").pk}


def a_table(cast):
    return answered(cast) | {"table": "results"}


def a_linked_file(cast):
    return a_link(cast) | {"suffix": "csv"}


def a_public_file(cast):
    return an_instrument(cast) | {"suffix": "csv"}


DONE = (302,) * 7

#                                  visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("practice:session-files", OWN, build=answered, state=state),
    Row("practice:session-table", OWN, build=a_table, state=state),
    Row("practice:session-workbook", OWN, build=answered, state=state),
    Row("practice:session-put-in", OWN, build=empty, state=state),
    Row("practice:session-put-in", OWN_DONE, method="post", build=empty, data=answers_of_one, state=state),
    Row("practice:respond-worksheet", ALL, build=a_link, state=state),
    Row("practice:respond-worksheet", DONE, method="post", build=a_link, data=own_answers, state=state),
    Row("practice:respond-worksheet-file", ALL, build=a_linked_file, state=state),
    Row("practice:instrument-worksheet", ALL, build=an_instrument, state=state),
    Row("practice:instrument-worksheet-file", ALL, build=a_public_file, state=state),
]
