"""How gunicorn serves the site; it reads this file by itself when started in this folder. WEB_CONCURRENCY says how many workers."""

from typing import Any

threads = 4
control_socket_disable = True  # its place is one per user, so two sites of one user would meet there


def on_starting(server: Any) -> None:
    """Refuse nonsense in one sentence before any worker is started."""
    from community.environment import refuse_nonsense  # deferred: gunicorn reads this file to print its help, too

    refuse_nonsense()
