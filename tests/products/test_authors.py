"""Who stands under a product: asked, answering by web or mail, and named as they agreed and no longer than they like."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail, ReplyAddress
from foundation.models import HistoryEntry
from products import rules
from products.drafting import naming
from products.models import AuthorInvitation, Credit
from tests import make
from tests.correspondence.letters import letter
from tests.products import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def wilma():
    return make.ambassador("Wilma Writer")


def door(asked):
    return f"{ReplyAddress.objects.of('coauthor', asked.person, asked).local_part}@mail.example.org"


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(kept, "PNG")
    return SimpleUploadedFile("me.png", kept.getvalue(), "image/png")


def public_names(product):
    return list(Credit.objects.visible_to(AnonymousUser()).filter(product=product).values_list("name", flat=True))


def test_somebody_is_asked_by_name_and_answers_by_mail(client, wilma, mailoutbox, django_capture_on_commit_callbacks):
    product, ben = making.draft(wilma).product, make.ambassador("Ben Ode")
    client.force_login(wilma)
    said = {"person": "Ben Ode", "role": "author", "words": "Your six clubs are the half that I cannot tell."}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("products:author-invite", args=[product.slug]), said)
    asked = AuthorInvitation.objects.get()
    assert not rules.writes(ben, product)
    to = door(asked)
    with django_capture_on_commit_callbacks(execute=True):
        got = receive(letter(ben.email, to, "Yes, gladly\n\nBen"), to)

    assert to.partition("@")[0] in mailoutbox[0].reply_to[0]
    assert (got.outcome, rules.writes(ben, product)) == ("posted", True)
    assert said["words"] in mailoutbox[0].body
    assert (mailoutbox[0].to, mailoutbox[-1].subject) == ([ben.email], "Ben Ode said yes: “Who stays, and why”")
    assert (AuthorInvitation.objects.get().via, asked.role) == ("mail", "author")


def test_a_no_makes_nobody_an_author_and_a_second_answer_changes_nothing(client, wilma):
    product, ben = making.draft(wilma).product, make.ambassador("Ben Ode")
    asked = naming.invite(product, ben, by=wilma)
    client.force_login(ben)
    page = client.get(reverse("products:product-own-list")).content.decode()

    client.post(reverse("products:author-invitation-decline", args=[asked.pk]))
    client.post(reverse("products:author-invitation-accept", args=[asked.pk]))

    assert "Wilma Writer would like to write it with you." in page
    assert (AuthorInvitation.objects.get().status, rules.writes(ben, product)) == ("declined", False)
    assert OutgoingMail.objects.filter(kind="author_answered", person=wilma).count() == 1


@pytest.mark.parametrize("role", ["author", "contributor"])
def test_nobody_is_asked_twice_nor_who_is_there_already(wilma, role):
    product, ben = making.draft(wilma).product, make.ambassador("Ben Ode")
    asked = naming.invite(product, ben, by=wilma, role=role)
    with pytest.raises(ValidationError, match="asked already"):
        naming.invite(product, ben, by=wilma, role=role)
    naming.answer(asked, by=ben, is_yes=True)
    with pytest.raises(ValidationError, match="among them already"):
        naming.invite(product, ben, by=wilma, role=role)
    with pytest.raises(PermissionDenied):
        naming.invite(product, wilma, by=make.ambassador("Otto Other"))


def test_one_is_named_only_in_the_words_one_agreed_to_and_until_one_takes_it_back(client, wilma):
    product = making.published(wilma).product
    credit = Credit.objects.get(product=product)
    naming.withdraw(credit, by=wilma)
    assert public_names(product) == []
    client.force_login(wilma)
    url = reverse("products:credit-card", args=[credit.pk])
    consent = client.get(url).context["form"].consent
    said = {"name": "W. Writer", "title": "Teacher", "tagline": "Counts clubs.", "which": "new", "read": consent}

    refused = client.post(url, said | {"upload": picture()})
    changed = client.post(url, said | {"upload": picture(), "agrees": "on", "read": "I agree to anything."})
    assert (list(refused.context["form"].errors), list(changed.context["form"].errors), public_names(product)) == (
        ["agrees"],
        ["agrees"],
        [],
    )
    client.post(url, said | {"upload": picture(), "agrees": "on"})

    credit.refresh_from_db()
    assert (public_names(product), credit.agreed_to, credit.withdrawn_at) == (["W. Writer"], consent, None)
    assert "“Who stays, and why”" in consent
    photo = credit.photo.get_absolute_url()
    assert client.logout() or client.get(photo).status_code == 200
    client.force_login(wilma)
    client.post(reverse("products:credit-withdraw", args=[credit.pk]))
    credit.refresh_from_db()
    assert (public_names(product), credit.agreed_to) == ([], consent)
    assert client.logout() or client.get(photo).status_code == 404
    verbs = ["agreed to be named", "took back being named"]
    assert (
        list(
            HistoryEntry.objects.filter(target_id=str(credit.pk), verb__in=verbs).order_by("-pk").values_list("verb", flat=True)[:2]
        )
        == verbs[::-1]
    )


def test_a_card_begins_with_what_the_profile_says_and_keeps_its_own_photo(client):
    wilma = make.ambassador("Wilma Writer", job_title="Teacher", organization="Harbour School")
    profile, other = wilma.ambassador, making.draft(wilma).product
    profile.photo = naming.Upload.objects.create(owner=wilma, name="me.png", content_type="image/png", size=1, file=picture())
    profile.save()
    credit = Credit.objects.get(product=other)
    Credit.objects.filter(pk=credit.pk).update(agreed_at=None, agreed_to="", name="")
    client.force_login(wilma)
    url = reverse("products:credit-card", args=[credit.pk])
    form = client.get(url).context["form"]

    client.post(url, {"name": "W. Writer", "which": "profile", "agrees": "on", "read": form.consent})

    credit.refresh_from_db()
    assert (form["name"].value(), form["title"].value()) == ("Wilma Writer", "Teacher, Harbour School")
    assert credit.photo_id not in {None, profile.photo_id}


def test_nobody_agrees_or_takes_back_for_somebody_else(wilma):
    credit = Credit.objects.get(product=making.draft(wilma).product)
    other = make.ambassador("Otto Other")
    with pytest.raises(PermissionDenied):
        naming.agree(credit, by=other, name="W", title="", tagline="", photo=None, to="I agree.")
    with pytest.raises(PermissionDenied):
        naming.withdraw(credit, by=other)


def test_an_unclear_answer_by_mail_is_returned_and_decides_nothing(wilma, django_capture_on_commit_callbacks):
    ben = make.ambassador("Ben Ode")
    asked = naming.invite(making.draft(wilma).product, ben, by=wilma)

    got = receive(letter(ben.email, door(asked), "Tell me more, please."), door(asked))

    assert (got.outcome, AuthorInvitation.objects.get().status) == ("refused", "asked")
