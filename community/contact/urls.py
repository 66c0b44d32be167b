"""Addresses of the contact form."""

from django.urls import path

from community.contact import views

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/send/", views.contact_send, name="contact-send"),
    path("contact/thanks/", views.contact_thanks, name="contact-thanks"),
    path("contact/confirm/", views.contact_waits, name="contact-waits"),
    path("contact/confirm/<str:token>/", views.contact_confirm, name="contact-confirm"),
    path("contact/confirm/<str:token>/send/", views.contact_confirm_send, name="contact-confirm-send"),
]
