"""Addresses of resources: handing one in, and the editors' look at it. The public list is that of products."""

from django.urls import path

from products.resources import use_views, views

urlpatterns = [
    path("products/contribute/", views.resource_contribute, name="resource-contribute"),
    path("desk/resources/", views.resource_queue, name="resource-queue"),
    path("desk/resources/<slug:slug>/let-in/", views.resource_let_in, name="resource-let-in"),
    path("desk/resources/<slug:slug>/give-back/", views.resource_give_back, name="resource-give-back"),
    path("desk/resources/<slug:slug>/useful/", use_views.resource_useful, name="resource-useful"),
    path("desk/resources/<slug:slug>/useful/undo/", use_views.resource_useful_undo, name="resource-useful-undo"),
    path("desk/resources/<slug:slug>/use/", use_views.resource_use, name="resource-use"),
]
