"""Nonsense in the environment refuses to start with one sentence; a sound one passes Django's own deployment check."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from community.checks import check_deployment, check_settings
from tests.sources import ROOT

PRODUCTION = {
    "SECRET_KEY": "a key that is long enough, and that nobody could guess from outside",
    "ALLOWED_HOSTS": "community.example.org",
    "DATABASE_URL": "postgres://user:secret@db.example.org:5432/community",
    "REDIS_URL": "redis://:secret@cache.example.org:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@smtp.example.org",
    "TRUSTED_PROXY_COUNT": "1",
}
NONSENSE = [
    ({"SECRET_KEY": ""}, "SECRET_KEY is not set: see the table of settings in README.md."),
    ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter than 50 characters: anybody could guess it."),
    ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY repeats a few characters: anybody could guess it."),
    ({"SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY_FILE='/nowhere/key' cannot be read: No such file or directory."),
    ({"DEBUG": "perhaps"}, "DEBUG='perhaps': expected true or false."),
    ({"DEBUG": "1"}, "DEBUG=1 shows the inside of the site to the visitor: it only runs on localhost."),
    ({"DEMO": "1"}, "DEMO=1 opens everybody's mail and passwords to the visitor: it only runs on localhost."),
    ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty: name the host that people visit, such as community.example.org."),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS: '*' is not a host name such as community.example.org."),
    ({"ALLOWED_HOSTS": "https://a.org"}, "ALLOWED_HOSTS: 'https://a.org' is not a host name such as community.example.org."),
    ({"SITE_URL": "community.example.org"}, "SITE_URL must start with one of: http://, https://."),
    ({"SITE_URL": "http://community.example.org"}, "SITE_URL must start with https:// in production."),
    (
        {"SITE_URL": "https://community.example.org/here"},
        "SITE_URL='https://community.example.org/here': expected something like https://community.example.org.",
    ),
    ({"TRUSTED_PROXY_COUNT": ""}, "TRUSTED_PROXY_COUNT is not set: see the table of settings in README.md."),
    ({"TRUSTED_PROXY_COUNT": "-1"}, "TRUSTED_PROXY_COUNT='-1': expected a whole number of zero or more."),
    ({"TRUSTED_PROXY_COUNT": "one"}, "TRUSTED_PROXY_COUNT='one': expected a whole number of zero or more."),
    (
        {"DATABASE_URL": ""},
        "DATABASE_URL is not set and no embedded PostgreSQL runs: set it, or start with `make run`.",
    ),
    ({"DATABASE_URL": "sqlite:///db"}, "DATABASE_URL must start with one of: postgres://, postgresql://."),
    ({"DATABASE_URL": "postgres://h:99999/d"}, "DATABASE_URL is not a URL: Port out of range 0-65535."),
    (
        {"DATABASE_URL": "postgres://db.example.org"},
        "DATABASE_URL names no database: expected postgres://user:password@host:port/name.",
    ),
    ({"REDIS_URL": ""}, "REDIS_URL is not set: see the table of settings in README.md."),
    ({"REDIS_URL": "memory://"}, "REDIS_URL must start with one of: redis://, rediss://."),
    ({"REDIS_URL": "redis://cache/first"}, "REDIS_URL: expected redis://:password@host:port/number."),
    ({"EMAIL_URL": ""}, "EMAIL_URL is not set: see the table of settings in README.md."),
    ({"EMAIL_URL": "smtp.example.org"}, "EMAIL_URL must start with one of: maildir://, smtp+ssl://, smtp+tls://, smtp://."),
    ({"EMAIL_URL": "smtp://"}, "EMAIL_URL names no host: expected smtp+tls://user:password@host:port."),
    ({"INBOUND_IMAP_URL": "pop://host"}, "INBOUND_IMAP_URL must start with one of: imap://, imaps://."),
    ({"INBOUND_IMAP_URL": "imaps://host"}, "INBOUND_IMAP_URL: expected imaps://user:password@host:port/INBOX."),
    ({"MAIL_DOMAIN": "mail@example.org"}, "MAIL_DOMAIN='mail@example.org': expected a host name such as mail.example.org."),
    ({"STATEMENT_TIMEOUT": "soon"}, "STATEMENT_TIMEOUT='soon': expected a whole number of zero or more."),
]


@pytest.fixture
def read(monkeypatch, tmp_path):
    """`read(**environment)`: the settings of an installation with exactly this environment."""

    def read(**environment):
        for name in list(os.environ):
            monkeypatch.delenv(name)
        for name, value in {"VAR_DIR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "community" / "settings.py"))

    return read


@pytest.mark.parametrize(
    ("wrong", "sentence"), NONSENSE, ids=["-".join(f"{n}={v}" for n, v in wrong.items()) for wrong, _ in NONSENSE]
)
def test_nonsense_is_refused_in_one_sentence(read, wrong, sentence):
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(**PRODUCTION | wrong)

    assert str(refusal.value) == sentence


def test_what_follows_from_the_environment(read, tmp_path):
    (tmp_path / "key").write_text("from a file, " + "k" * 60 + "\n")
    settings = read(
        **{name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"},
        SECRET_KEY_FILE=str(tmp_path / "key"),
        INBOUND_IMAP_URL="imaps://box:p%40ss@imap.example.org/INBOX",
    )

    assert settings["SECRET_KEY"] == "from a file, " + "k" * 60
    assert (settings["SITE_URL"], settings["MAIL_DOMAIN"]) == ("https://community.example.org", "community.example.org")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == ("smtp.example.org", 587, True)
    assert settings["DATABASES"]["default"]["NAME"] == "community"
    assert (settings["ALLAUTH_TRUSTED_PROXY_COUNT"], settings["SECURE_SSL_REDIRECT"], settings["DEBUG"]) == (1, True, False)
    assert settings["INBOUND_IMAP_URL"] == "imaps://box:p%40ss@imap.example.org/INBOX"


def test_a_socket_in_a_folder_with_blanks_is_a_database(read):
    settings = read(**PRODUCTION | {"DATABASE_URL": "postgres://community@%2Fvar%2Fa%20place/postgres"})

    assert settings["DATABASES"]["default"]["HOST"] == "/var/a place"


@pytest.mark.parametrize(
    ("changed", "ids"),
    [
        ({}, []),
        ({"SITE_HOST": "elsewhere.example.org"}, ["community.E001"]),
        ({"PRIVATE_ROOT": "/srv/media/private", "MEDIA_ROOT": "/srv/media"}, ["community.E002"]),
        ({"EMAIL_FILE_PATH": "/srv/mail", "DEMO": False}, ["community.E003"]),
    ],
)
def test_settings_that_do_not_go_together(settings, changed, ids):
    for name, value in changed.items():
        setattr(settings, name, value)

    assert [found.id for found in check_settings()] == ids


@pytest.mark.parametrize(
    ("changed", "ids"),
    [
        ({"EMAIL_HOST_USER": "user", "EMAIL_HOST": "localhost"}, []),
        ({"EMAIL_HOST_USER": "user", "EMAIL_HOST": "smtp.example.org"}, ["community.W001"]),
        ({"INBOUND_IMAP_URL": "imaps://box:pw@imap.example.org"}, []),
        ({"INBOUND_IMAP_URL": "imap://box:pw@imap.example.org"}, ["community.W002"]),
    ],
)
def test_settings_that_work_and_should_not_be_used(settings, changed, ids):
    for name, value in changed.items():
        setattr(settings, name, value)

    assert [found.id for found in check_deployment()] == ids


def ask(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    complete = {"PATH": os.environ["PATH"], **PRODUCTION, **environment}
    return subprocess.run(
        [sys.executable, *command], check=False, cwd=ROOT, env=complete, capture_output=True, text=True, timeout=60
    )


def test_production_settings_pass_the_deployment_check(tmp_path):
    done = ask("manage.py", "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path))

    assert (done.stdout, done.returncode) == ("System check identified no issues (2 silenced).\n", 0), done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "migrate"],
        ["manage.py", "no-such-command"],
        ["-m", "gunicorn", "community.wsgi"],
        ["-m", "celery", "-A", "community", "worker"],
        ["-m", "celery", "-A", "community", "beat"],
    ],
    ids=" ".join,
)
def test_every_door_refuses_nonsense_without_a_traceback(command, tmp_path):
    done = ask(*command, DEBUG="perhaps", VAR_DIR=str(tmp_path))

    assert done.stderr.strip().splitlines()[-1] == "DEBUG='perhaps': expected true or false."
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize(
    "command", [["-m", "gunicorn", "community.wsgi"], ["-m", "celery", "-A", "community", "worker"]], ids=" ".join
)
def test_servers_refuse_settings_that_do_not_go_together(command, tmp_path):
    done = ask(*command, SITE_URL="https://elsewhere.example.org", VAR_DIR=str(tmp_path))

    assert "SITE_URL names elsewhere.example.org, which ALLOWED_HOSTS leaves out" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def test_a_statement_and_a_wait_for_a_lock_have_their_limits(db):
    with connection.cursor() as cursor:
        limits = []
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SHOW {name}")
            limits.append(cursor.fetchone()[0])

    assert limits == ["15s", "2500ms", "1min"]


def test_mail_waits_at_the_mail_server_while_the_settings_are_nonsense(tmp_path):
    done = ask("manage.py", "receive_mail", DEBUG="perhaps", VAR_DIR=str(tmp_path))

    assert (done.returncode, done.stderr) == (75, "DEBUG='perhaps': expected true or false.\n")


def test_former_keys_come_from_the_environment_or_a_file(read, tmp_path):
    (tmp_path / "former").write_text("the key of last year, the key of the year before\n")

    assert read(**PRODUCTION)["SECRET_KEY_FALLBACKS"] == []
    assert read(**PRODUCTION, SECRET_KEY_FALLBACKS="one, two")["SECRET_KEY_FALLBACKS"] == ["one", "two"]
    assert read(**PRODUCTION, SECRET_KEY_FALLBACKS_FILE=str(tmp_path / "former"))["SECRET_KEY_FALLBACKS"] == [
        "the key of last year",
        "the key of the year before",
    ]
