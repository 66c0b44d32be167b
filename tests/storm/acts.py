"""Things that people do, many at once, by the functions which the pages call. A program of its own, in the site's environment."""

from __future__ import annotations

import sys

import django


def main(act: str, *names: str) -> None:
    django.setup()
    {"invite": invite, "write": write}[act](*names)


def invite(*names: str) -> None:
    """Let Sam invite these people of the roster to sign in."""
    from ambassadors.models import Ambassador, User  # deferred: needs the applications
    from ambassadors.workflow import invite_to_sign_in  # deferred: the same

    sam = User.objects.get(name="Sam Staff")
    for name in names:
        invite_to_sign_in(Ambassador.objects.get(user__name=name), by=sam)


def write(*names: str) -> None:
    """Let Alice write a private message to each of these people."""
    from ambassadors.models import User  # deferred: needs the applications
    from discussions.workflow import start_private_thread  # deferred: the same

    alice = User.objects.get(name="Alice Amadi")
    for name in names:
        start_private_thread(by=alice, to=User.objects.get(name=name), subject="A question", body="How did you begin?")


if __name__ == "__main__":
    main(*sys.argv[1:])
