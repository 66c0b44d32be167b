"""Addresses of spaces. What stands here as a word cannot be the address of one (`workflow.RESERVED`)."""

from django.urls import path

from discussions.plain_mail import views as mail
from discussions.spaces import views

urlpatterns = [
    path("", views.space_list, name="space-list"),
    path("new/", views.space_start, name="space-start"),
    path("<slug:slug>/", views.space_detail, name="space-detail"),
    path("<slug:slug>/people/", views.space_people, name="space-people"),
    path("<slug:slug>/people/named/", views.space_person_list, name="space-person-list"),
    path("<slug:slug>/people/<int:pk>/", views.space_role_change, name="space-role-change"),
    path("<slug:slug>/history/", views.space_history, name="space-history"),
    path("<slug:slug>/join/", views.space_join, name="space-join"),
    path("<slug:slug>/ask/", views.space_ask, name="space-ask"),
    path("<slug:slug>/invite/", views.space_invite, name="space-invite"),
    path("<slug:slug>/leave/", views.space_leave, name="space-leave"),
    path("<slug:slug>/lead/", views.space_lead, name="space-lead"),
    path("<slug:slug>/edit/", views.space_edit, name="space-edit"),
    path("<slug:slug>/hand-over/", views.space_hand_over, name="space-hand-over"),
    path("<slug:slug>/end/", views.space_end, name="space-end"),
    path("<slug:slug>/reopen/", views.space_reopen, name="space-reopen"),
    path("<slug:slug>/held/", mail.space_mail_list, name="space-mail-list"),
    path("<slug:slug>/held/<int:pk>/take-in/", mail.space_mail_take_in, name="space-mail-take-in"),
    path("<slug:slug>/held/<int:pk>/discard/", mail.space_mail_discard, name="space-mail-discard"),
    path("<slug:slug>/requests/<int:pk>/accept/", views.space_request_accept, name="space-request-accept"),
    path("<slug:slug>/requests/<int:pk>/decline/", views.space_request_decline, name="space-request-decline"),
    path("<slug:slug>/requests/<int:pk>/withdraw/", views.space_request_withdraw, name="space-request-withdraw"),
]
