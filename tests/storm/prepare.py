"""What an operator does before the site opens: tables (where they are not there yet), static files. Then the people. A program of its own, in the site's environment."""

from __future__ import annotations

import django
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.test.utils import override_settings

CROWD = [f"Carl Crowd {number:02}" for number in range(50)]
ROSTER = [f"Lena Listed {number:02}" for number in range(90)]


class QuickHasher(PBKDF2PasswordHasher):
    """Makes passwords which the site's own hasher can check, a hundred of them in no time."""

    iterations = 1


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    with override_settings(PASSWORD_HASHERS=["tests.storm.prepare.QuickHasher"]):
        people()


def people() -> None:
    """Staff, two who write to each other, a roster of people to be invited, and a crowd to be written to."""
    from tests import make  # deferred: needs the applications

    make.person("Sam Staff", is_staff=True, is_superuser=True)
    for name in ("Alice Amadi", "Bob Brandt", *CROWD):
        make.ambassador(name)
    for name in ROSTER:
        make.ambassador(name, status="listed", is_active=False)


if __name__ == "__main__":
    main()
