"""Tell how many messages are read as expected: `python -m tests.correspondence.corpus [--write]`. Needs no services.

--write also writes fails_now.txt anew. Of what is held back only names are shown, so that nobody tunes on it.
"""

import os
import secrets
import sys

import django

HEAD = "# Messages that are not read as expected yet: expected failures of test_corpus.py. Whoever makes one pass takes it off.\n"
NOWHERE = {
    "DJANGO_SETTINGS_MODULE": "tests.settings",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "SITE_URL": "http://localhost",
    "MAIL_DOMAIN": "mail.example.org",
    "DEMO": "1",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
}


def main() -> None:
    """Print the score of both parts."""
    for name, value in NOWHERE.items():
        os.environ.setdefault(name, value)
    django.setup()
    from tests.correspondence.corpus.reading import FOLDER, cases  # deferred: the packages it reads ask for settings

    failing = []
    for part in ("seen", "held back"):
        judged = {case.name: case.faults() for case in cases(part)}
        wrong = {name: faults for name, faults in judged.items() if faults}
        for name, faults in wrong.items():
            print(name, *(faults if part == "seen" else []), sep="\n    ")  # noqa: T201  what the command is for
        print(f"{part}: {len(judged) - len(wrong)} of {len(judged)} as expected")  # noqa: T201
        failing += wrong
    if "--write" in sys.argv:
        (FOLDER / "fails_now.txt").write_text(HEAD + "".join(f"{name}\n" for name in sorted(failing)), encoding="utf-8")


if __name__ == "__main__":
    main()
