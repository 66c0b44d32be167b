"""What people do while the storm rages, and the reckoning afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.storm.ledger import account_for
from tests.storm.prepare import ROSTER
from tests.storm.site import Site
from tests.storm.visitor import Visit, Visitor, assert_all_kind, slowest


class Storm:
    """Alice, Bob and Sam, signed in on a calm day, and the pages they have asked for since the test began."""

    def __init__(self, site: Site) -> None:
        self.site, self.mail = site, site.mail
        self.visits: list[Visit] = []
        self.roster = list(ROSTER)
        self.account: Counter[str] = Counter()
        self.alice, self.bob, self.sam = (self.newcomer(name) for name in ("Alice Amadi", "Bob Brandt", "Sam Staff"))
        for person in (self.alice, self.bob, self.sam):
            assert person.sign_in().status_code == 302

    def newcomer(self, name: str | None = None) -> Visitor:
        """Somebody who has just opened a browser."""
        return Visitor(self.site.url, name, self.visits)

    def begin(self) -> None:
        self.visits.clear()
        self.account.clear()
        self.since = self.site.newest_mail()

    def read_around(self) -> None:
        """Read what people read each day."""
        for path in ("/", "/desk/", "/ambassadors/", "/ambassadors/bob-brandt/"):
            assert self.alice.get(path).status_code == 200
        assert self.sam.get("/admin/").status_code == 200

    def act(self) -> None:
        """Take decisions that end in a mail each."""
        self.invite()

    def invite(self) -> int:
        """Let Sam invite the next person of the roster, and return the row of their mail."""
        self.site.run("tests.storm.acts", "invite", self.roster.pop(0))
        return self.site.newest_mail()

    def together(self, *deeds: Callable[[], object]) -> None:
        """Do these things at the same time."""
        with ThreadPoolExecutor(len(deeds)) as pool:
            for done in [pool.submit(deed) for deed in deeds]:
                done.result()

    def reckon(self) -> dict[str, int]:
        """When all has settled, and every page was kind: what became of the mails of this storm."""
        if self.visits:
            assert_all_kind(self.visits)
        self.site.settle()
        self.account = account_for(self.site, since=self.since)
        return dict(self.account)

    def noted(self) -> dict[str, object]:
        noted: dict[str, object] = {"mails": dict(self.account), "pages": len(self.visits)}
        return noted | ({"slowest": str(slowest(self.visits))} if self.visits else {})
