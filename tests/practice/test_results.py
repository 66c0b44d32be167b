import pytest

from tests import make
from tests.practice import practising

pytestmark = pytest.mark.django_db


def test_smoke(client):
    ada = make.person("Ada Admin")
    client.force_login(ada)
    held = practising.session(ada, people=5)
    practising.answered(
        held,
        {"list-is-open": [1, 1, 4, 4, "don't know"], "rule-is-written": [2, 3, 2, 3, 3]},
        weights={"lend-fairly": [1, 2, 3, 3]},
    )
    practising.closed(held, ada)
    for url in (
        "/practice/sessions/",
        f"/practice/sessions/{held.pk}/",
        f"/practice/sessions/{held.pk}/results/",
        f"/practice/sessions/{held.pk}/results/lending/",
        "/practice/harbour-check/",
        "/practice/",
    ):
        got = client.get(url)
        assert got.status_code == 200, url
    page = client.get(f"/practice/sessions/{held.pk}/results/lending/").content.decode()
    assert "list of who borrowed" in page
