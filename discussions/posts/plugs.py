"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.posts import acts, desk, drafts, files, privacy_export, receivers, thanks

__all__ = ["acts", "desk", "drafts", "files", "privacy_export", "receivers", "thanks"]
