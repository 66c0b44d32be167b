from products.models import EditionPrint
from products.printing import workflow
from products.road import workflow as road
from tests import make
from tests.access import Row
from tests.products import making


def printed(cast) -> dict:
    edition = making.published(make.ambassador("Prue Print"))
    workflow.make_print(EditionPrint.objects.get(edition=edition).pk)
    return {"slug": edition.product.slug, "number": edition.number}


def withdrawn(cast) -> dict:
    edition = making.published(make.ambassador("Prue Print"))
    road.retire(edition, by=making.editor(), because="A name was in it.", is_withdrawn=True)
    return {"slug": edition.product.slug, "number": edition.number}


def before_it_is_out(cast) -> dict:
    edition = making.presented(make.ambassador("Prue Print"))
    return {"slug": edition.product.slug, "number": edition.number}


#                                                visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("products:edition-print", (200,) * 7, build=printed),
    Row("products:edition-print", (404,) * 7, build=withdrawn),
    Row("products:edition-print", (404,) * 7, build=before_it_is_out),
]
