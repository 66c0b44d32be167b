"""What of the Update visitors see: a change turns the cached pages over."""

from correspondence.models import Update, UpdatePart
from foundation.publication import watch

for model in (Update, UpdatePart):
    watch(model)
