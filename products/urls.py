"""Addresses of what the community makes together."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "products"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("products.printing.urls")),
    path("", include("products.reviewing.relay.urls")),
    path("", include("products.resources.urls")),
    path("desk/products/", include("products.drafting.urls")),
    path("", include("products.reviewing.urls")),
    path("", include("products.window.urls")),
    path("desk/products/", include("products.road.urls")),
    path("", include("products.reviewing.linked.urls")),
    path("", include("products.pages.urls")),  # last: it takes whatever no other part calls a page of a product
]
