"""PostgreSQL stopped and started, as an upgrade does it."""

import pytest

from tests.storm.site import until
from tests.storm.visitor import LONGEST

pytestmark = pytest.mark.services


def test_database_restarted_between_pages_is_not_noticed(storm):
    posted = storm.act()
    storm.site.stop_postgres()
    storm.site.start_postgres()
    storm.read_around()
    posted += storm.act()

    assert storm.reckon() == {"sent once": posted}


def test_database_that_is_gone_gets_a_page_that_says_so(storm):
    storm.site.stop_postgres()
    pages = [person.get(path) for person, path in ((storm.alice, "/desk/"), (storm.newcomer(), "/"), (storm.alice, "/healthz"))]
    visits = [(visit.status, visit.seconds < LONGEST) for visit in storm.visits]
    storm.visits.clear()
    storm.site.start_postgres()
    storm.read_around()

    assert visits == [(503, True), (503, True), (200, True)]
    assert [page.headers.get("Retry-After") for page in pages] == ["30", "30", None]
    assert "<h1" in pages[0].text
    assert storm.reckon() == {}


def test_database_restarted_during_a_send(storm):
    """Before the text begins the mail goes again; after it, the answer of the mail server is still written down."""
    with storm.mail.holding("RCPT") as hold:
        storm.invite()
        hold.wait()
        storm.site.stop_postgres()
        storm.site.start_postgres()

    assert storm.reckon() == {"sent once": 1}


def test_database_restarted_while_the_mail_server_thinks(storm):
    with storm.mail.holding("end") as hold:
        mail = storm.invite()
        hold.wait()
        storm.site.stop_postgres()
        storm.site.start_postgres()
    until(lambda: storm.site.state(mail) == "sent", "the answer was written down after all")

    assert storm.reckon() == {"sent once": 1}
