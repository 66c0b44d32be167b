"""Addresses of newcomers and their buddies, below /welcome/buddies/."""

from django.urls import path

from welcome.buddies import pair_views as views

urlpatterns = [
    path("", views.buddy_list, name="buddy-list"),
    path("crib/", views.buddy_crib, name="buddy-crib"),
    path("quiet/", views.quiet_list, name="quiet-list"),
    path("<int:pk>/another/", views.match_another, name="match-another"),
    path("<int:pk>/cannot/", views.match_cannot, name="match-cannot"),
    path("<int:pk>/replace/", views.match_replace, name="match-replace"),
]
