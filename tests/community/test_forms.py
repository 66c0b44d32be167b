"""The markup of forms: once for plain and crispy ones, with the ids that screen readers follow."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django.template import Context, Template

from community.dev.styleguide import SpecimenForm


def drawn(source: str, form) -> BeautifulSoup:
    return BeautifulSoup(Template("{% load crispy_forms_tags %}" + source).render(Context({"form": form})), "html.parser")


def helped(form, layout=None):
    form.helper = FormHelper()
    form.helper.layout = layout
    form.helper.add_input(Submit("save", "Save"))
    return form


WRONG = {"name": "", "email": "not an address", "about": "", "sector": "", "visible": "", "agree": ""}
WAYS = {"plain": "{{ form }}", "crispy filter": "{{ form|crispy }}", "crispy tag": "{% crispy form %}"}


@pytest.mark.parametrize("source", WAYS.values(), ids=WAYS)
def test_each_control_is_described_by_its_help_and_its_mistakes(source):
    soup = drawn(source, SpecimenForm(WRONG))

    described = {
        element.get("name") or "visible": element["aria-describedby"].split()
        for element in soup.find_all(attrs={"aria-describedby": True})
    }
    assert described == {
        "name": ["id_name_helptext", "id_name_error"],
        "email": ["id_email_error"],
        "sector": ["id_sector_error"],
        "visible": ["id_visible_error"],
        "agree": ["id_agree_helptext", "id_agree_error"],
    }
    assert [name for ids in described.values() for name in ids if soup.find(id=name) is None] == []


@pytest.mark.parametrize("source", WAYS.values(), ids=WAYS)
def test_summary_leads_to_each_field_that_is_wrong(source):
    form = SpecimenForm(WRONG)
    form.add_error(None, "These two contradict each other.")

    summary = drawn(source, form).find(class_="error-summary")

    assert summary["role"] == "alert"
    assert [link["href"] for link in summary.find_all("a")] == ["#id_name", "#id_email", "#id_sector", "#id_visible", "#id_agree"]
    assert summary.find("li").get_text(strip=True) == "These two contradict each other."


@pytest.mark.parametrize("source", WAYS.values(), ids=WAYS)
def test_what_the_summary_leads_to_is_there(source):
    soup = drawn(source, SpecimenForm(WRONG))

    assert [link["href"] for link in soup.select(".error-summary a") if soup.find(id=link["href"][1:]) is None] == []


@pytest.mark.parametrize("source", WAYS.values(), ids=WAYS)
def test_each_field_is_drawn_once_and_labelled(source):
    soup = drawn(source, SpecimenForm())

    controls = [
        element for element in soup.select("input, select, textarea") if element.get("type") not in {"hidden", "radio", "checkbox"}
    ]
    assert [element["name"] for element in controls] == ["name", "email", "about", "sector", "photo"]
    assert [element["id"] for element in controls if soup.find("label", attrs={"for": element["id"]}) is None] == []
    assert [legend.get_text(" ", strip=True) for legend in soup.find_all("legend")] == [
        "Who can see this",
        "How would you like to take part? (optional)",
    ]


def test_fields_that_may_stay_empty_say_so_unless_the_form_is_a_filter():
    form = SpecimenForm()
    filter_form = SpecimenForm()
    filter_form.is_filter = True

    assert len(drawn("{{ form }}", form).select(".field__optional")) == 4
    assert drawn("{{ form }}", filter_form).select(".field__optional") == []


def test_crispy_form_has_its_layout_its_button_and_its_encoding():
    form = helped(SpecimenForm(), Layout(Row("name", "email"), Fieldset("More", "about", "photo")))

    soup = drawn("{% crispy form %}", form)

    assert (soup.form["method"], soup.form["enctype"]) == ("post", "multipart/form-data")
    assert [element["name"] for element in soup.select(".form__row input")] == ["name", "email"]
    assert soup.find("fieldset", class_="fieldset").legend.get_text() == "More"
    assert [(button["class"][:2], button.get_text()) for button in soup.find_all("button")] == [
        (["button", "button--primary"], "Save")
    ]


def test_mistakes_of_a_form_are_escaped():
    form = SpecimenForm(WRONG)
    form.add_error("name", "<b>no</b>")

    assert drawn("{{ form }}", form).find("b") is None
