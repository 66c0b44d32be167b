"""How days and times are written."""

from datetime import UTC, datetime

from django.template import Context, Template
from django.utils import timezone


def test_days_and_times_are_written_as_people_of_many_countries_read_them():
    at = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)

    with timezone.override(UTC):
        shown = Template('{{ at }} | {{ at.date }} | {{ at|date:"SHORT_DATE_FORMAT" }} | {{ at|time }}').render(Context({"at": at}))

    assert shown == "5 March 2026, 17:30 | 5 March 2026 | 5 Mar 2026 | 17:30"
