"""A worker killed with SIGKILL between any two steps of a send. What follows needs no broker: the sweep finds the mail."""

import contextlib

import pytest

pytestmark = [pytest.mark.services, pytest.mark.row("R8")]


@contextlib.contextmanager
def killed(storm):
    """After what happens inside, kill the worker and all its children at once, and start another."""
    yield
    storm.site.kill("worker")
    storm.site.start_worker()


def test_worker_killed_before_it_heard_of_the_mail(storm):
    with killed(storm):
        storm.site.freeze("worker")
        mail = storm.invite()

    assert (storm.site.state(mail), storm.reckon()) == ("queued", {"sent once": 1})


def test_worker_killed_while_it_claims_the_mail(storm):
    storm.site.freeze("worker")
    mail = storm.invite()
    with storm.site.row_locked(mail) as lock, killed(storm):
        storm.site.thaw("worker")
        lock.wait()

    assert (storm.site.state(mail), storm.reckon()) == ("queued", {"sent once": 1})


@pytest.mark.parametrize("step", ["greeting", "MAIL", "RCPT"])
def test_worker_killed_before_the_text_begins(storm, step):
    with storm.mail.holding(step) as hold, killed(storm):
        mail = storm.invite()
        hold.wait()

    assert (storm.site.state(mail), storm.reckon()) == ("claimed", {"sent once": 1})


def test_worker_killed_while_it_writes_down_that_the_text_begins(storm):
    with storm.mail.holding("RCPT") as hold:
        mail = storm.invite()
        hold.wait()
        with storm.site.row_locked(mail) as lock, killed(storm):
            hold.release()
            lock.wait()

    assert (storm.site.state(mail), storm.reckon()) == ("claimed", {"sent once": 1})


@pytest.mark.parametrize(("step", "server_has_it"), [("DATA", {0}), ("text", {0, 1}), ("end", {1})])
def test_worker_killed_from_the_text_to_the_answer_leaves_a_question_for_a_person(storm, step, server_has_it):
    had = len(storm.mail.taken)

    with storm.mail.holding(step) as hold, killed(storm):
        mail = storm.invite()
        hold.wait()

    assert (storm.site.state(mail), storm.reckon()) == ("handing over", {"unknown": 1})
    assert len(storm.mail.taken) - had in server_has_it  # nothing short of asking the server could have told


def test_worker_killed_while_it_writes_down_the_answer(storm):
    with storm.mail.holding("end") as hold:
        mail = storm.invite()
        hold.wait()
        with storm.site.row_locked(mail) as lock, killed(storm):
            hold.release()
            lock.wait()

    assert (storm.site.state(mail), storm.reckon()) == ("handing over", {"unknown": 1})


def test_worker_killed_after_it_wrote_down_the_answer_and_told_of_the_mail_again(storm):
    with storm.mail.holding("QUIT") as hold, killed(storm):
        mail = storm.invite()
        hold.wait()
    state = storm.site.state(mail)
    storm.site.tell(mail)

    assert (state, storm.reckon()) == ("sent", {"sent once": 1})
