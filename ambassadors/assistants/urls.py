"""Addresses of seats: what an ambassador does with them, the offer, and where an assistant comes in. They belong to `ambassadors:`."""

from django.urls import path

from ambassadors.assistants import offer_views, views

urlpatterns = [
    path("settings/assistants/", views.assistant_list, name="assistant-list"),
    path("settings/assistants/offer/", views.assistant_offer, name="assistant-offer"),
    path("settings/assistants/<int:pk>/", views.assistant_detail, name="assistant-detail"),
    path("settings/assistants/<int:pk>/change/", views.assistant_change, name="assistant-change"),
    path("settings/assistants/<int:pk>/revoke/", views.assistant_revoke, name="assistant-revoke"),
    path("assistant/", views.seat_list, name="seat-list"),
    path("assistant/<int:seat>/leave/", views.seat_leave, name="seat-leave"),
    path("assistant/declined/", offer_views.seat_declined, name="seat-declined"),
    path("assistant/offer/<str:token>/", offer_views.seat_offer, name="seat-offer"),
    path("assistant/offer/<str:token>/accept/", offer_views.seat_accept, name="seat-accept"),
    path("assistant/offer/<str:token>/code/", offer_views.seat_code, name="seat-code"),
    path("assistant/offer/<str:token>/take/", offer_views.seat_take, name="seat-take"),
    path("assistant/offer/<str:token>/decline/", offer_views.seat_decline, name="seat-decline"),
]
