"""Addresses of nominations."""

from django.urls import path

from ambassadors.nominations import doubles_views, nominee_views, views

urlpatterns = [
    path("nominations/", views.nomination_list, name="nomination-list"),
    path("nominations/drop/", views.prospect_drop, name="prospect-drop"),
    path("nominations/form-by-mail/", views.nomination_form_send, name="nomination-form-send"),
    path("nominations/new/", views.nomination_new, name="nomination-new"),
    path("nominations/<int:pk>/", views.nomination_detail, name="nomination-detail"),
    path("nominations/<int:pk>/preview/", views.nomination_preview, name="nomination-preview"),
    path("nominations/<int:pk>/save/", views.nomination_save, name="nomination-save"),
    path("nominations/<int:pk>/submit/", views.nomination_submit, name="nomination-submit"),
    path("nominations/<int:pk>/begin/", views.nomination_begin, name="nomination-begin"),
    path("nominations/<int:pk>/withdraw/", views.nomination_withdraw, name="nomination-withdraw"),
    path("nominations/<int:pk>/discard/", views.nomination_discard, name="nomination-discard"),
    path("community/joining/privacy/", nominee_views.nominee_privacy, name="nominee-privacy"),
    path("community/joining/privacy/ask/", nominee_views.nominee_request, name="nominee-request"),
    path("community/joining/privacy/<str:token>/", nominee_views.nominee_answer, name="nominee-answer"),
    path("community/joining/privacy/<str:token>/send/", nominee_views.nominee_answer_send, name="nominee-answer-send"),
    path("nominations/doubles/<int:pk>/join/", doubles_views.double_join, name="double-join"),
    path("nominations/doubles/<int:pk>/tell-apart/", doubles_views.double_tell_apart, name="double-tell-apart"),
]
