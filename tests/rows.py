"""`make rows`: which tests accept which row of docs/features.md. A row without a test is open."""

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections import defaultdict

import pytest

from tests.sources import ROOT

LISTED = re.compile(r"^\| *([A-Z]{1,2}\d+) *\|(.*?)\|", re.MULTILINE)


class Collector:
    """A plugin of pytest that notes the rows which the collected tests carry."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("row"):
                for row in mark.args:
                    self.tests[row].append(item.nodeid)


def listed_rows() -> dict[str, str]:
    """Return id and name of each row of docs/features.md, in its order."""
    return {row: name.strip() for row, name in LISTED.findall((ROOT / "docs" / "features.md").read_text(encoding="utf-8"))}


def report(tests: dict[str, list[str]]) -> str:
    names = listed_rows()
    lines = []
    for row in [*names, *sorted(set(tests) - set(names))]:
        functions = dict.fromkeys(node.split("[")[0] for node in tests.get(row, []))
        lines += [f"{row}  {names.get(row, 'is not in docs/features.md')}{'' if functions else ': open'}"]
        lines += [f"      {node}" for node in functions]
    return "\n".join(lines)


if __name__ == "__main__":
    collector = Collector()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = pytest.main(["--collect-only", "-qq"], plugins=[collector])
    print(said.getvalue() if code else report(collector.tests))  # noqa: T201
    sys.exit(code)
