"""One page behind a token, for tests of the token kit: GET shows, POST redeems."""

from django.http import HttpResponse
from django.urls import include, path

from foundation import tokens
from foundation.access import public

DOOR = tokens.Purpose("open the test door")


@public
@tokens.token_page
def door(request, token):
    found = tokens.find(DOOR, token)
    if request.method == "POST":
        tokens.redeem(found, by=request.user if request.user.is_authenticated else None)
        return HttpResponse("opened")
    return HttpResponse("press to open")


urlpatterns = [path("door/<str:token>/", door, name="door"), path("", include("community.urls"))]
