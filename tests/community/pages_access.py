from community.models import Page, PageKey
from community.pages import workflow
from tests.access import LOGIN, Row


def an_agreement(cast, audience="public"):
    """A page about how we work, published."""
    page = workflow.page_add(
        by=cast.staff, title="Who does what", slug=f"who-does-what-{cast.ambassador.pk}", subject="roles", audience=audience
    )
    workflow.edition_publish(page.editions.get(), by=cast.staff, revision=1)
    return {"slug": page.slug}


def an_agreement_in_draft(cast):
    return {
        "slug": workflow.page_add(
            by=cast.staff, title="Who does what", slug=f"who-does-what-{cast.ambassador.pk}", subject="roles"
        ).slug
    }


def norms_in_draft(cast):
    """The norms, with a draft that nobody has published."""
    workflow.draft_begin(Page.objects.create(key=PageKey.NORMS), by=cast.staff)
    return {"key": "norms"}


EVERYBODY = (200, 200, 200, 200, 200, 200, 200)
#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    *[
        Row(f"community:{name}", EVERYBODY)
        for name in ("the-community", "campaign", "norms", "privacy", "accessibility", "practice")
    ],
    Row("community:how-we-work-list", EVERYBODY),
    Row("community:how-we-work", EVERYBODY, build=an_agreement),
    Row("community:how-we-work", (404, 200, 200, 404, 404, 200, 200), build=lambda cast: an_agreement(cast, "members")),
    Row("community:how-we-work", (404, 404, 404, 404, 404, 404, 404), build=an_agreement_in_draft),
    Row("community:page-preview", (LOGIN, 403, 403, 403, LOGIN, 200, 200), build=norms_in_draft),
    Row("community:how-we-work-preview", (LOGIN, 403, 403, 403, LOGIN, 200, 200), build=an_agreement_in_draft),
]
