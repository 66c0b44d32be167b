import mailbox
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _kept_mail(request, settings, tmp_path):
    """The access table reads the demo's mailbox from a folder of its own."""
    if request.node.name.startswith(("test_access[", "test_every_page_of_the_table[")):
        settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


@pytest.fixture
def maildir(settings, tmp_path) -> mailbox.Maildir:
    """The folder in which the demo keeps what it sent, as the site is set to use it."""
    settings.EMAIL_BACKEND = "correspondence.backends.MaildirBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return mailbox.Maildir(Path(settings.EMAIL_FILE_PATH), create=True)
