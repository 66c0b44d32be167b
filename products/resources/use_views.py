"""What members say of a resource that is out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from products.models import Product, ResourceUse
from products.resources import using
from products.resources.forms import UseForm

if TYPE_CHECKING:
    from ambassadors.models import User


@require_POST
def resource_useful(request: HttpRequest, slug: str) -> HttpResponse:
    """It is useful to me."""
    product = _out(request, slug)
    using.find_useful(product, by=cast("User", request.user))
    messages.success(request, _("Noted. Would you say in a sentence how you use it?"))
    return redirect(product)


@require_POST
def resource_useful_undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Nothing is said of it by me any more."""
    product = _out(request, slug)
    if using.take_back(product, by=cast("User", request.user)):
        messages.success(request, _("Taken back."))
    return redirect(product)


@require_http_methods(["GET", "POST"])
def resource_use(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how I use it, to members or to everybody."""
    product, reader = _out(request, slug), cast("User", request.user)
    title = product.current.title
    own = ResourceUse.objects.visible_to(reader).filter(product=product, person=reader).first()
    consent = using.words_of_consent(title)
    initial = {"words": own.words, "is_public": own.is_public} if own else {}
    form = UseForm(request.POST or None, consent=consent, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(form, product, reader, consent):
        messages.success(request, _("Thank you."))
        return redirect(product)
    return render(request, "products/resources/resource_use.html", {"form": form, "product": product, "title": title})


def _kept(form: UseForm, product: Product, reader: User, consent: str) -> bool:
    """Keep it; False with an error on the form."""
    try:
        using.say_how(product, by=reader, agreed_to=consent, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _out(request: HttpRequest, slug: str) -> Product:
    rows = Product.objects.visible_to(request.user).filter(kind=Product.Kind.RESOURCE).select_related("current")
    product: Product = get_object_or_404(rows, slug=slug)
    if product.current_id is None:
        raise Http404("it is not out")
    return product
