"""Addresses of prints."""

from django.urls import path

from products.printing import views

urlpatterns = [
    path("products/<slug:slug>/editions/<int:number>/print.pdf", views.edition_print, name="edition-print"),
]
