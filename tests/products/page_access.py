"""Who gets what from the public pages of products: everybody the same, and nobody anything of what is still on the road."""

from foundation.models import Pillar
from products.models import EditorDuty, Product, Reading
from tests.access import LOGIN, Row
from tests.products import making, publishing


def draft(cast) -> dict:
    return {"slug": making.draft(cast.ambassador).product.slug}


def out(cast) -> dict:
    return {"slug": publishing.out(cast.ambassador).product.slug}


def edition(cast) -> dict:
    return out(cast) | {"number": 1}


def presented(cast) -> dict:
    """Every member reads it elsewhere; here it is not before it is out."""
    return {"slug": making.presented(cast.ambassador).product.slug, "number": 1}


def withdrawn(cast) -> dict:
    gone = publishing.out(cast.ambassador)
    publishing.retire(gone, is_withdrawn=True)
    return {"slug": gone.product.slug}


def of_two_parts(cast):
    paper = publishing.of_parts(cast.ambassador)
    return {"slug": paper.product.slug, "part": "listening"}


def part_of_edition(cast) -> dict:
    return of_two_parts(cast) | {"number": 1}


def two_editions(cast) -> dict:
    newer = publishing.next_edition(publishing.out(cast.ambassador))
    return {"slug": newer.product.slug, "old": 1, "new": 2}


def file(cast) -> dict:
    paper = publishing.out(cast.ambassador)
    publishing.add_file(paper)
    return {"slug": paper.product.slug, "file": "the-paper"}


def version(cast) -> dict:
    return file(cast) | {"number": 1, "version": 1}


def file_of_draft(cast) -> dict:
    paper = making.draft(cast.ambassador)
    publishing.add_file(paper)
    return {"slug": paper.product.slug, "file": "the-paper"}


def pillar(cast) -> dict:
    return {"slug": Pillar.objects.create(name="Listening first").slug}


def edited(cast) -> dict:
    """A product that is out, with a reading; of the cast the ambassador is an editor here."""
    EditorDuty.objects.get_or_create(person=cast.ambassador)
    return {"slug": publishing.out().product.slug}


def with_reading(cast) -> dict:
    kwargs = edited(cast)
    product = Product.objects.get(slug=kwargs["slug"])
    return kwargs | {"pk": Reading.objects.create(product=product, title="But does it?", address="https://a.example/").pk}


def reading(cast) -> dict:
    return {"stance": "questions", "title": "And yet", "address": "https://b.example/", "by": "", "note": ""}


def readings() -> list:
    return list(Reading.objects.order_by("pk").values_list("title", flat=True))


#            visitor ambassador outsider alumnus removed staff superuser
EVERYBODY = (200, 200, 200, 200, 200, 200, 200)
NOBODY = (404, 404, 404, 404, 404, 404, 404)
GONE = (410, 410, 410, 410, 410, 410, 410)
EDITOR_POSTS = (LOGIN, 302, 403, 403, LOGIN, 403, 403)
ROWS = [
    Row("products:product-list", EVERYBODY),
    Row("products:product-feed", EVERYBODY),
    Row("products:product-detail", EVERYBODY, build=out),
    Row("products:product-detail", NOBODY, build=draft),
    Row("products:product-detail", GONE, build=withdrawn),
    Row("products:edition-detail", EVERYBODY, build=edition),
    Row("products:edition-detail", NOBODY, build=presented),
    Row("products:edition-citation", EVERYBODY, build=edition),
    Row("products:edition-citation", NOBODY, build=presented),
    Row("products:product-part", EVERYBODY, build=of_two_parts),
    Row("products:edition-part", EVERYBODY, build=part_of_edition),
    Row("products:edition-compare", EVERYBODY, build=two_editions),
    Row("products:file-latest", EVERYBODY, build=file),
    Row("products:file-latest", NOBODY, build=file_of_draft),
    Row("products:file-version", EVERYBODY, build=version),
    Row("products:reading-list", (LOGIN, 200, 403, 403, LOGIN, 403, 403), build=edited),
    Row("products:reading-add", EDITOR_POSTS, "post", build=edited, data=reading, state=readings),
    Row("products:reading-remove", EDITOR_POSTS, "post", build=with_reading, state=readings),
    Row("products:pillar-detail", EVERYBODY, build=pillar),
]
