from foundation.models.community import Community
from foundation.models.history import HistoryEntry, Via
from foundation.models.token import Token

__all__ = ["Community", "HistoryEntry", "Token", "Via"]
