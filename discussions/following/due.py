"""What comes due: posts of which no worker was told. The clock looks each minute; `send_due` does it where no worker runs."""

from correspondence.due import steps
from discussions.following import fanout

steps.add("posts whose followers are untold", fanout.sweep)
