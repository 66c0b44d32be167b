"""What `manage.py run` does between starting the database and starting the site: tables, static files, the demo community.

Its own process, so that the supervisor stays small and never holds a database connection. Says on stdout what a person waits for.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import transaction

from community import staticfiles
from community.logins import Login, demo_logins


def prepare() -> None:
    """Bring database and static files up to date, and fill an empty community."""
    call_command("migrate", verbosity=1, interactive=False, stdout=sys.stderr)
    if not settings.DEBUG:
        _collect_static_files()
    from django.contrib.auth import get_user_model  # deferred: needs the applications

    if not get_user_model()._default_manager.exists():
        _say("Filling the demo community …")
        call_command("demo", stdout=sys.stderr)
    for login in demo_logins(settings.VAR_DIR):
        _open_account(login)


def _collect_static_files() -> None:
    stamp, content = settings.STATIC_ROOT / ".collected", _static_files_fingerprint()
    if stamp.exists() and stamp.read_text() == content:
        return
    _say("Collecting static files …")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, stdout=sys.stderr)
    stamp.write_text(content)


def _static_files_fingerprint() -> str:
    """Return what changes when any static file comes, goes or is edited, or is put together otherwise."""
    seen = hashlib.sha256(Path(staticfiles.__file__).read_bytes())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(path)).stat()
            seen.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return seen.hexdigest()


@transaction.atomic
def _open_account(login: Login) -> None:
    """Make sure that the printed address and password work, whatever was changed in the demo since."""
    from allauth.account.models import EmailAddress  # deferred: needs the applications
    from django.contrib.auth import get_user_model  # deferred: the same

    user = get_user_model().objects.filter(email=login.address).first()
    if user is None:
        return  # somebody changed this person's address in the demo
    if not user.check_password(login.password):
        user.set_password(login.password)
        user.save(update_fields=["password"])
    verified = {"verified": True}
    EmailAddress.objects.update_or_create(verified, {**verified, "primary": True}, user=user, email=login.address)


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    os.environ.setdefault("STATEMENT_TIMEOUT", "0")  # a page's limit: changing a large table takes longer
    django.setup()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # migrations make models by the ten thousand: looking for garbage is a fifth of their time
    prepare()
