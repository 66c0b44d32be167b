"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from correspondence.due import steps
from products.printing import privacy_export, receivers, tasks
from products.printing.workflow import print_waiting

__all__ = ["privacy_export", "receivers", "tasks"]

steps.add("prints to make", print_waiting)
