"""Who gets the PDFs: the report of a round whoever runs it, the worksheet of an instrument everybody."""

from tests.access import LOGIN, Row
from tests.practice.access import a_module, an_instrument, answered, state

OWN = (LOGIN, 200, 404, 404, LOGIN, 404, 404)

#     visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("practice:session-report", OWN, build=answered, state=state),
    Row("practice:module-report", OWN, build=a_module, state=state),
    Row("practice:instrument-worksheet-pdf", (200,) * 7, build=an_instrument, state=state),
]
