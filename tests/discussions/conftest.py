import pytest

from discussions import workflow


@pytest.fixture
def thread(alice, bob):
    """A private thread: Alice wrote to Bob."""
    return workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we compare notes?")
