"""Addresses of what is out. They stand last: `<slug>/<part>/` is whatever no other page of a product is called."""

from django.urls import path

from products.pages import files, pillars, readings, views

urlpatterns = [
    path("products/", views.product_list, name="product-list"),
    path("products/<slug:slug>/", views.product_detail, name="product-detail"),
    path("products/<slug:slug>/editions/<int:number>/", views.edition_detail, name="edition-detail"),
    path("products/<slug:slug>/editions/<int:number>/citation.json", views.edition_citation, name="edition-citation"),
    path("products/<slug:slug>/editions/<int:number>/files/<slug:file>/<int:version>/", files.file_version, name="file-version"),
    path("products/<slug:slug>/editions/<int:number>/<slug:part>/", views.edition_part, name="edition-part"),
    path("products/<slug:slug>/files/<slug:file>/", files.file_latest, name="file-latest"),
    path("products/<slug:slug>/compare/<int:old>/<int:new>/", views.edition_compare, name="edition-compare"),
    path("feeds/products.xml", views.product_feed, name="product-feed"),
    path("pillars/<slug:slug>/", pillars.pillar_detail, name="pillar-detail"),
    path("desk/products/<slug:slug>/readings/", readings.reading_list, name="reading-list"),
    path("desk/products/<slug:slug>/readings/add/", readings.reading_add, name="reading-add"),
    path("desk/products/<slug:slug>/readings/<int:pk>/remove/", readings.reading_remove, name="reading-remove"),
    path("products/<slug:slug>/<slug:part>/", views.product_part, name="product-part"),
]
