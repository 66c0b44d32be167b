"""An app that only the processes of the chaos tests install: it knows a kind of mail to lose."""
