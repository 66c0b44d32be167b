"""What this part plugs into the floors below."""

from welcome.people import panels, privacy_export  # noqa: F401  they register themselves
