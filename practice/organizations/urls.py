from django.urls import path

from practice.organizations import invited_views, views

ORGANIZATION = "practice/organizations/<int:pk>/"
SEAT = "practice/administrators/<int:pk>/"
INVITATION = "practice/administrators/invitations/<int:pk>/"
INVITED = "practice/administrators/invited/<str:token>/"

urlpatterns = [
    path(ORGANIZATION, views.organization_detail, name="organization-detail"),
    path(f"{ORGANIZATION}rename/", views.organization_rename, name="organization-rename"),
    path(f"{ORGANIZATION}everything.zip", views.organization_archive, name="organization-archive"),
    path(f"{ORGANIZATION}erase/", views.organization_erase, name="organization-erase"),
    path(f"{ORGANIZATION}invite/", views.administrator_invite, name="administrator-invite"),
    path(f"{ORGANIZATION}leave/", views.administrator_leave, name="administrator-leave"),
    path(f"{SEAT}remove/", views.administrator_remove, name="administrator-remove"),
    path(f"{INVITATION}again/", views.administrator_invite_again, name="administrator-invite-again"),
    path(f"{INVITATION}take-back/", views.administrator_invite_take_back, name="administrator-invite-take-back"),
    path(INVITED, invited_views.administrator_invited, name="administrator-invited"),
    path(f"{INVITED}accept/", invited_views.administrator_invited_accept, name="administrator-invited-accept"),
    path(f"{INVITED}decline/", invited_views.administrator_invited_decline, name="administrator-invited-decline"),
]
