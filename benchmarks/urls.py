"""The site's addresses, and beside them the *bare view* that a page is measured against.

The bare view makes one query for as many rows as the page shows and renders as much HTML from a plain template, behind the same middleware.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import include, path

from ambassadors.models import User
from foundation.access import public

ROWS = Template(
    "<!doctype html><title>bare</title><ul>{% for row in rows %}<li>{{ row.name }} {{ row.email }} {{ fill }}</li>{% endfor %}</ul>"
)


@public
def bare_list(request: HttpRequest, rows: int, size: int) -> HttpResponse:
    """`rows` rows of one query, about `size` bytes of HTML in all."""
    people = User.objects.order_by("pk")[:rows]
    return HttpResponse(ROWS.render(Context({"rows": people, "fill": "x" * max(0, size // max(1, rows) - 50)})))


urlpatterns = [
    path("bare/<int:rows>/<int:size>/", bare_list),
    path("", include("community.urls")),
]
