"""What people do while the storm rages, and the reckoning afterwards."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.utils.text import slugify

from tests.storm.ledger import account_for
from tests.storm.prepare import CROWD, ROSTER
from tests.storm.site import Site
from tests.storm.visitor import Visit, Visitor, address, assert_all_kind, slowest


class Storm:
    """Alice, Bob and Sam, signed in on a calm day, and the pages they have asked for since the test began."""

    def __init__(self, site: Site) -> None:
        self.site, self.mail = site, site.mail
        self.visits: list[Visit] = []
        self.roster, self.crowd = list(ROSTER), itertools.cycle(CROWD)
        self.account: Counter[str] = Counter()
        self.alice, self.bob, self.sam = (self.newcomer(name) for name in ("Alice Amadi", "Bob Brandt", "Sam Staff"))
        for person in (self.alice, self.bob, self.sam):
            assert person.sign_in().status_code == 302

    def newcomer(self, name: str | None = None) -> Visitor:
        """Somebody who has just opened a browser."""
        return Visitor(self.site.url, name, self.visits)

    def begin(self) -> None:
        self.visits.clear()
        self.account = Counter()
        self.site.empty_valkey()  # the limits of the test before
        self.since = self.site.newest_mail()

    def read_around(self) -> None:
        """Read what people read each day."""
        for path in ("/", "/desk/", "/ambassadors/", "/ambassadors/bob-brandt/", "/discussions/", "/messages/", "/settings/"):
            assert self.alice.get(path).status_code == 200
        assert self.sam.get("/admin/").status_code == 200

    def sign_in_anew(self) -> None:
        assert self.newcomer("Bob Brandt").sign_in().status_code == 302

    def act(self) -> int:
        """Do by its page each thing that ends in a mail, and return how many mails there must be."""
        deeds = self._deeds()
        for deed in deeds:
            deed()
        return len(deeds)

    def act_at_once(self) -> int:
        """The same, all in one moment and twice."""
        deeds = self._deeds() + self._deeds()
        with ThreadPoolExecutor(len(deeds)) as pool:
            for done in [pool.submit(deed) for deed in deeds]:
                done.result()
        return len(deeds)

    def _deeds(self) -> list[Callable[[], None]]:
        to, asking = next(self.crowd), next(self.crowd)
        listed = self.roster.pop()
        return [lambda: self.write(to), lambda: self.ask_for_code(asking), lambda: self.press_invite(listed)]

    def press_invite(self, name: str) -> None:
        """Let Sam invite somebody by the button in the admin."""
        page = f"/admin/ambassadors/ambassador/{self._key_of(name)}/move/invite/"
        assert self.sam.post(page).status_code == 302

    def invite_selected(self, count: int) -> int:
        """Let Sam invite many people with one press, and return how many."""
        chosen = [str(self._key_of(self.roster.pop())) for _ in range(count)]
        roster = "/admin/ambassadors/ambassador/"
        said = self.sam.post(roster, action="invite_selected", confirmed="yes", _selected_action=chosen)
        assert said.status_code == 302
        return count

    def _key_of(self, name: str) -> int:
        return int(self.site.rows("SELECT id FROM ambassadors_ambassador WHERE slug = %s", slugify(name))[0][0])

    def write(self, name: str) -> None:
        """Let Alice write to somebody."""
        page = f"/discussions/new/?to={slugify(name)}"
        assert self.alice.post(page, subject="A question", body="How did you begin?").status_code == 302

    def ask_for_code(self, name: str) -> None:
        """Let somebody ask for a code to sign in with."""
        assert self.newcomer(name).post("/accounts/login/code/", email=address(name)).status_code == 302

    def write_to(self, names: list[str], *, times: int) -> None:
        """Let Alice write to them all, and again, by the function that the page calls."""
        self.site.run("tests.storm.acts", "write", *names * times)

    def invite(self) -> int:
        """Let Sam invite the next person of the roster, and return the row of their mail."""
        self.site.run("tests.storm.acts", "invite", self.roster.pop(0))
        return self.site.newest_mail()

    def mails(self) -> list[int]:
        """The rows of the mails of this storm."""
        return [pk for (pk,) in self.site.rows("SELECT id FROM correspondence_outgoingmail WHERE id > %s", self.since)]

    def forget_todays_mail(self) -> None:
        """Make it a new day for everybody's limit."""
        self.site.rows("UPDATE correspondence_outgoingmail SET counted_on = NULL")
        self.site.rows("DELETE FROM correspondence_waitingdigest")

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
