from ambassadors.views.directory import ambassador_detail
from ambassadors.views.people import ambassador_list
from ambassadors.views.profile import profile_edit

__all__ = ["ambassador_detail", "ambassador_list", "profile_edit"]
