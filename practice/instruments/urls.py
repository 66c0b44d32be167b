from django.urls import path

from practice.instruments import views

urlpatterns = [
    path("practice/instruments/<int:pk>/try/", views.instrument_try, name="instrument-try"),
    path("practice/<slug:key>/", views.instrument_detail, name="instrument-detail"),
]
