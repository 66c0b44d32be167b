#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> int:
    """Run one command, and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    if sys.argv[1:2] == ["run"]:
        from community import supervisor  # deferred: the site's services must be there before Django reads its settings

        return supervisor.main(sys.argv[2:])
    if sys.argv[1:2] == ["migrate"]:
        os.environ.setdefault("STATEMENT_TIMEOUT", "0")  # a page's limit: changing a large table takes longer
    from django.core.exceptions import ImproperlyConfigured  # deferred: settings must be named first
    from django.core.management import execute_from_command_line  # deferred: the same

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        return 75 if "receive_mail" in sys.argv[1:2] else 1  # 75: the mail server keeps the mail until the settings are right
    return 0


if __name__ == "__main__":
    sys.exit(main())
