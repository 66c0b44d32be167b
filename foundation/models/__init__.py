from foundation.models.community import Community
from foundation.models.history import HistoryEntry, Via

__all__ = ["Community", "HistoryEntry", "Via"]
