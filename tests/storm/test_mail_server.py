"""The mail server refuses, is slow, or breaks off, while people act. No page knows of it."""

import pytest

from tests.storm.mailserver import hang_up, refuse, slow

pytestmark = pytest.mark.services


def test_mail_server_that_is_gone_is_tried_again(storm):
    with storm.mail.gone():
        posted = storm.act()
        storm.read_around()
        storm.site.sweep_until(lambda: storm.site.tried(storm.since) == posted, "each mail was tried")

    assert storm.reckon() == {"sent once": posted}


@pytest.mark.parametrize("step", ["greeting", "MAIL", "RCPT", "DATA", "end"])
def test_mail_server_that_refuses_for_now_is_tried_again(storm, step):
    with storm.mail.doing(step, refuse("451 4.7.1 Not now")):
        posted = storm.act()
        storm.read_around()
        storm.site.sweep_until(lambda: storm.site.tried(storm.since) == posted, "each mail was tried")

    assert storm.reckon() == {"sent once": posted}


def test_mail_server_that_refuses_for_good_fails_the_mail_aloud(storm):
    with storm.mail.doing("RCPT", refuse("550 5.1.1 No such person")):
        posted = storm.act()
        storm.site.sweep_until(lambda: not storm.site.in_hand(), "each mail was tried")

    assert storm.reckon() == {"failed": posted}
    assert storm.site.answers(storm.since) == {"550 5.1.1 No such person"}


@pytest.mark.parametrize("step", ["greeting", "end"])
def test_slow_mail_server_holds_up_no_page(storm, step):
    with storm.mail.doing(step, slow(2)):
        posted = storm.act()
        storm.read_around()
        storm.site.sweep_until(lambda: not storm.site.in_hand(), "each mail was sent")

    assert storm.reckon() == {"sent once": posted}


@pytest.mark.parametrize("step", ["greeting", "MAIL", "RCPT"])
def test_mail_server_that_hangs_up_before_the_text_is_tried_again(storm, step):
    with storm.mail.doing(step, hang_up):
        posted = storm.act()
        storm.site.sweep_until(lambda: storm.site.tried(storm.since) == posted, "each mail was tried")

    assert storm.reckon() == {"sent once": posted}


def test_mail_server_that_hangs_up_after_the_text_leaves_a_question_for_a_person(storm):
    had = len(storm.mail.taken)
    with storm.mail.doing("end", hang_up):
        posted = storm.act()
        storm.read_around()
        storm.site.sweep_until(lambda: not storm.site.in_hand(), "each mail was tried")

    assert storm.reckon() == {"unknown": posted}
    assert len(storm.mail.taken) - had == posted
