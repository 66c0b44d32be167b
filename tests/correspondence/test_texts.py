"""The community's own words in mails."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from correspondence import outbox, rendering, texts
from correspondence.models import MailText

pytestmark = pytest.mark.django_db


@pytest.fixture
def welcome(new_kind):
    """A kind whose text must hold a link."""
    return new_kind(
        "note",
        context=lambda mail: {"text": "ours", "link": "http://localhost/x/?a=1&b=2", "secret": "hidden", "name": "O'Neil <b>"},
        sample=lambda: {"text": "ours", "link": "http://localhost/sample/", "name": "Amina"},
        placeholders=("link", "name"),
        required=("link",),
    )


def words(part, body):
    MailText.objects.create(kind="note", part=part, body=body)


def sent(person, mailoutbox):
    outbox.deliver(outbox.post("note", person, key="k").pk)
    [message] = mailoutbox
    return message


def test_own_words_take_the_place_of_ours_inside_the_frame(welcome, alice, mailoutbox):
    words("subject", "{{ name }} says hello")
    words("text", "Come in, {{name}}:\n\n{{ link }}")

    message = sent(alice, mailoutbox)

    html = message.alternatives[0].content
    assert message.subject == "O'Neil <b> says hello"
    assert message.body.startswith("Dear Alice Amadi,\n\nCome in, O'Neil <b>:\n\nhttp://localhost/x/?a=1&b=2\n\n-- \n")
    assert "<p>Come in, O&#x27;Neil &lt;b&gt;:</p>" in html
    assert '<a href="http://localhost/x/?a=1&amp;b=2"' in html
    assert "Stop this mail" in html
    assert "ours" not in message.body + html


def test_own_words_are_no_template(welcome, alice, mailoutbox):
    words("text", "{{ secret }} {{ person.password }} {{ link|upper }} {% now 'Y' %} {{ link }}")

    message = sent(alice, mailoutbox)

    assert "{{ secret }} {{ person.password }} {{ link|upper }} {% now 'Y' %} http" in message.body
    assert "hidden" not in message.body


def test_a_value_that_looks_like_a_name_is_not_filled_in_again(new_kind, alice, mailoutbox):
    new_kind("note", context=lambda mail: {"text": "{{link}}", "link": "secret"}, placeholders=("text", "link"))
    words("text", "{{text}}")

    assert "{{link}}" in sent(alice, mailoutbox).body


@pytest.mark.parametrize(
    ("part", "body", "problems"),
    [
        ("text", "{{ link }} for {{ name }} from {{ community }}", []),
        (
            "text",
            "{{link}} {{ nickname }}",
            ["{{nickname}} is not known here. You can use: {{community}}, {{person}}, {{site_url}}, {{link}}, {{name}}."],
        ),
        ("text", "no link", ["The text needs {{link}}: without it, this mail is of no use."]),
        ("text", "{{link}} {{ name", ["{{ stands alone: write a name as {{name}}."]),
        ("text", "{{link}} {% if x %}", ["{% stands alone: write a name as {{name}}."]),
        ("subject", "Hello {{name}}", []),
        ("subject", "Hello\nBcc: x@example.org", ["A subject is one line."]),
    ],
)
def test_a_text_is_checked_when_it_is_saved(welcome, part, body, problems):
    found = []
    try:
        texts.check("note", part, body)
    except ValidationError as error:
        found = error.message_dict["body"]

    assert found == problems


def test_the_preview_shows_the_sample_in_the_own_words(welcome):
    words("text", "Come in: {{link}}")

    shown = rendering.preview(welcome)

    assert (shown.subject, "Come in: http://localhost/sample/" in shown.text) == ("About ours on two lines", True)
