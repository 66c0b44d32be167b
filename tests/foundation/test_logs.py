import logging

import pytest

from foundation import secrecy
from foundation.logs import TokenlessFormatter

TOKEN = secrecy.address_token("invitation", 12, "ab" * 16)


@pytest.mark.parametrize("logger", ["django.request", "community", "gunicorn.access"])
def test_no_log_line_holds_a_token(logger, capsys):
    stream = logging.StreamHandler()
    stream.setFormatter(TokenlessFormatter("%(message)s") if logger != "gunicorn.access" else logging.Formatter("%(message)s"))
    target = logging.getLogger(logger)
    target.addHandler(stream)
    try:
        target.warning("Not Found: /invitations/%s/ for reply+%s@mail.example.org", TOKEN, TOKEN.upper())
    finally:
        target.removeHandler(stream)

    assert capsys.readouterr().err == "Not Found: /invitations/[token]/ for reply+[token]@mail.example.org\n"


def test_a_traceback_is_cut_too():
    try:
        raise LookupError(TOKEN)
    except LookupError as error:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": (type(error), error, error.__traceback__)})

    assert TokenlessFormatter("%(message)s").format(record).endswith("LookupError: [token]")


def test_the_console_of_the_site_cuts_tokens(settings):
    assert settings.LOGGING["formatters"]["line"]["()"] == "foundation.logs.TokenlessFormatter"
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}
