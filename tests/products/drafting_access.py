"""Who gets what from the pages on which products are written. The ambassador writes what a row builds; the outsider knows nothing of it."""

from products.drafting import naming
from products.models import AuthorInvitation, Credit, Edition, EditionFile, EditionPart, Product
from tests import make
from tests.access import LOGIN, Row
from tests.foundation.files import PDF, sent
from tests.products import making


def article(cast) -> dict:
    """A draft of the ambassador's."""
    return {"slug": making.draft(cast.ambassador).product.slug, "number": 1}


def product(cast) -> dict:
    return {"slug": article(cast)["slug"]}


def out(cast) -> dict:
    """One that everybody reads."""
    return {"slug": making.published(cast.ambassador).product.slug, "number": 1}


def paper(cast) -> dict:
    """A draft with two parts."""
    edition = making.draft(cast.ambassador, kind="white-paper")
    EditionPart.objects.create(edition=edition, position=2, slug="end", title="The end")
    return {"slug": edition.product.slug, "number": 1}


def part_of_paper(cast) -> dict:
    return paper(cast) | {"part": "end"}


def texts() -> list:
    return list(Edition.objects.order_by("pk").values_list("title", "summary", "revision"))


def parts() -> list:
    return list(EditionPart.objects.order_by("position", "pk").values_list("slug", "title", "body"))


def about() -> list:
    return list(Product.objects.values_list("topics", "readership"))


#                                        visitor ambassador outsider alumnus removed staff superuser
EVERY_MEMBER = (LOGIN, 200, 200, 403, LOGIN, 200, 200)
MAKER = (LOGIN, 200, 404, 403, LOGIN, 404, 404)
MAKER_POSTS = (LOGIN, 302, 404, 403, LOGIN, 404, 404)


def title(cast) -> dict:
    """What a form carries of a draft of `making`, with another title."""
    from products.drafting import merging  # deferred: the models are ready when a row is built

    said = {"title": "Who stays, and why", "subtitle": "", "summary": "Six clubs tell.", "body": making.TEXT}
    return said | {"title": "Who goes", "shown": merging.stamps(said), "body-format": "html"}


def end(cast) -> dict:
    from products.drafting import merging  # deferred: likewise

    said = {"part_title": "The end", "body": "", "pillar": ""}
    return said | {"part_title": "At last", "shown": merging.stamps(said), "body-format": "html"}


def invitation(cast) -> dict:
    """The ambassador is asked to write with somebody."""
    edition = making.draft(make.ambassador("Wren Writer"), title="Who comes back")
    return {"pk": naming.invite(edition.product, cast.ambassador, by=edition.created_by).pk}


def invitation_of(cast) -> dict:
    """The ambassador asks somebody."""
    edition = making.draft(cast.ambassador)
    return {"pk": naming.invite(edition.product, make.ambassador("Asta Asked"), by=cast.ambassador).pk}


def credit(cast) -> dict:
    return {"pk": Credit.objects.get(product=making.draft(cast.ambassador).product).pk}


def card(cast) -> dict:
    consent = naming.words_of_consent(Product.objects.get(newest__title="Who stays, and why"))
    return {"name": "A. Amadi", "title": "Teacher", "tagline": "Counts.", "which": "none", "agrees": "on", "read": consent}


def answers() -> list:
    return list(AuthorInvitation.objects.order_by("pk").values_list("person__name", "status"))


def named() -> list:
    return list(Credit.objects.order_by("pk").values_list("name", "withdrawn_at"))


def version(cast) -> dict:
    """An earlier version of a draft."""
    edition = making.draft(cast.ambassador)
    return {"slug": edition.product.slug, "number": 1, "revision": 1}


def with_file(cast) -> dict:
    """A draft with a file."""
    edition = making.draft(cast.ambassador, kind="white-paper")
    return {"slug": edition.product.slug, "number": 1, "file": "paper"}


def file_of_one_that_is_out(cast) -> dict:
    """Whoever wrote it does not replace its files any more."""
    edition = making.published(cast.ambassador, kind="white-paper")
    return {"slug": edition.product.slug, "number": 1, "file": "paper"}


def a_pdf(prefix: str = ""):
    return lambda cast: {f"{prefix}file": sent(PDF, "paper.pdf"), f"{prefix}title": "More of it", f"{prefix}note": "A table more."}


def filed() -> list:
    return list(EditionFile.objects.order_by("pk").values_list("slug", "number", "title"))


ASKED_POSTS = (LOGIN, 302, 404, 403, LOGIN, 404, 404)
ROWS = [
    Row("products:product-own-list", EVERY_MEMBER),
    Row("products:product-new", EVERY_MEMBER),
    Row(
        "products:product-new",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        data=lambda cast: {"kind": "article", "title": "Who stays"},
        state=Product.objects.count,
    ),
    Row("products:product-about", MAKER, build=product),
    Row(
        "products:product-about",
        MAKER_POSTS,
        method="post",
        build=product,
        data=lambda cast: {"readership": making.readership().pk},
        state=about,
    ),
    Row("products:edition-edit", MAKER, build=article),
    Row("products:edition-edit", (LOGIN, 200, 403, 403, LOGIN, 403, 403), build=out),
    Row("products:edition-save", MAKER_POSTS, method="post", build=article, data=title, state=texts),
    Row(
        "products:edition-autosave", (LOGIN, 200, 404, 403, LOGIN, 404, 404), method="post", build=article, data=title, state=texts
    ),
    Row("products:edition-files", MAKER, build=article),
    Row("products:edition-file-add", MAKER_POSTS, method="post", build=article, data=a_pdf(), state=filed),
    Row("products:edition-file-replace", MAKER_POSTS, method="post", build=with_file, data=a_pdf("paper-"), state=filed),
    Row(
        "products:edition-file-replace",
        (LOGIN, 403, 403, 403, LOGIN, 403, 403),
        method="post",
        build=file_of_one_that_is_out,
        data=a_pdf("paper-"),
        state=filed,
    ),
    Row("products:edition-file-retitle", MAKER_POSTS, method="post", build=with_file, data=a_pdf("paper-"), state=filed),
    Row("products:edition-file-remove", MAKER_POSTS, method="post", build=with_file, state=filed),
    Row("products:revision-list", MAKER, build=article),
    Row("products:product-compare", MAKER, build=product),
    Row("products:revision-restore", MAKER_POSTS, method="post", build=version, state=texts),
    Row("products:author-list", MAKER, build=product),
    Row(
        "products:author-invite",
        MAKER_POSTS,
        method="post",
        build=product,
        data=lambda cast: {"person": "Bob Brandt", "role": "author"},
        state=answers,
    ),
    Row("products:author-invitation", MAKER, build=invitation),
    Row("products:author-invitation-accept", ASKED_POSTS, method="post", build=invitation, state=answers),
    Row("products:author-invitation-decline", ASKED_POSTS, method="post", build=invitation, state=answers),
    Row("products:author-invitation-withdraw", ASKED_POSTS, method="post", build=invitation_of, state=answers),
    Row("products:credit-card", MAKER, build=credit),
    Row("products:credit-card", MAKER_POSTS, method="post", build=credit, data=card, state=named),
    Row("products:credit-withdraw", MAKER_POSTS, method="post", build=credit, state=named),
    Row("products:part-edit", MAKER, build=part_of_paper),
    Row("products:part-save", MAKER_POSTS, method="post", build=part_of_paper, data=end, state=parts),
    Row("products:part-autosave", MAKER, method="post", build=part_of_paper, data=end, state=parts),
    Row("products:part-add", MAKER_POSTS, method="post", build=paper, data=lambda cast: {"title": "More"}, state=parts),
    Row("products:part-move", MAKER_POSTS, method="post", build=part_of_paper, data=lambda cast: {"to": "up"}, state=parts),
    Row("products:part-remove", MAKER_POSTS, method="post", build=part_of_paper, state=parts),
]
