"""Addresses of invitations. They belong to `ambassadors:`."""

from django.urls import path

from ambassadors.inviting import public_views, views

urlpatterns = [
    path("community/joining/", public_views.joining, name="joining"),
    path("nominations/<int:pk>/word/", views.nomination_word_save, name="nomination-word-save"),
    path("invitations/asked/", views.invitation_asked, name="invitation-asked"),
    path("invitations/declined/", views.invitation_declined, name="invitation-declined"),
    path("invitations/<str:token>/", views.invitation_detail, name="invitation-detail"),
    path("invitations/<str:token>/affirm/", views.invitation_affirm, name="invitation-affirm"),
    path("invitations/<str:token>/accept/", views.invitation_accept, name="invitation-accept"),
    path("invitations/<str:token>/code/", views.invitation_code, name="invitation-code"),
    path("invitations/<str:token>/code/send/", views.invitation_code_send, name="invitation-code-send"),
    path("invitations/<str:token>/join/", views.invitation_join, name="invitation-join"),
    path("invitations/<str:token>/decline/", views.invitation_decline, name="invitation-decline"),
    path("invitations/<str:token>/call/", views.invitation_call_ask, name="invitation-call-ask"),
    path("invitations/<str:token>/sign-out/", views.invitation_sign_out, name="invitation-sign-out"),
    path("invitations/<str:token>/new/", views.invitation_renewal_ask, name="invitation-renewal-ask"),
    path("invitations/<str:token>/address/", views.invitation_address_ask, name="invitation-address-ask"),
]
