"""An organisation itself: who runs its sessions, everything of it as one file, and its end."""
