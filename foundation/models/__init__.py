from foundation.models.community import Community
from foundation.models.history import HistoryEntry, Via
from foundation.models.search_entry import SearchEntry
from foundation.models.search_word import SearchWord
from foundation.models.set_aside import SetAside
from foundation.models.taxonomy import Pillar, Place, RoleLabel, Sector, Synonym, Topic
from foundation.models.token import Token
from foundation.models.upload import Upload

__all__ = [
    "Community",
    "HistoryEntry",
    "Pillar",
    "Place",
    "RoleLabel",
    "SearchEntry",
    "SearchWord",
    "Sector",
    "SetAside",
    "Synonym",
    "Token",
    "Topic",
    "Upload",
    "Via",
]
