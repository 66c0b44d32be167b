"""The site's own addresses, and some where something breaks."""

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.urls import include, path

from foundation.access import public

handler500 = "community.errors.server_error"


@public
def defect(request):
    raise ZeroDivisionError


@public
def without_database(request):
    raise OperationalError("could not connect to server")


@public
def nonsense(request):
    raise SuspiciousOperation


urlpatterns = [
    path("broken/defect/", defect),
    path("broken/database/", without_database),
    path("broken/nonsense/", nonsense),
    path("", include("community.urls")),
]
