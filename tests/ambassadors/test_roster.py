from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambassadors import workflow
from ambassadors.models import Ambassador, Organization, User
from ambassadors.roster import Roster, RosterUnreadable, import_roster
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from foundation.taxonomy import place_named
from tests import make
from tests.races import at_once

SAMPLE = Path(__file__).parent / "roster_of_a_harbour.csv"
PLAIN = "Name,Email,Organization,Place\nZoë Mariños,zoe@people.example.org,Café Olé,Málaga\n"


def report_on(text: str | bytes, *, dry_run: bool = False):
    data = text.encode() if isinstance(text, str) else text
    return import_roster(Roster(data), by=None, dry_run=dry_run)


def problems(text: str | bytes) -> list[str]:
    return [str(problem) for problem in report_on(text).problems]


def run(tmp_path, text: str | bytes, *arguments: str) -> tuple[str, str]:
    file = tmp_path / "roster.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    out, err = io.StringIO(), io.StringIO()
    call_command("import_ambassadors", str(file), *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def roster_people() -> list[tuple]:
    rows = Ambassador.objects.order_by("pk").select_related("user", "organization", "place")
    return [
        (p.user.name, p.user.email, p.organization and p.organization.name, p.job_title, str(p.place or ""), p.slug) for p in rows
    ]


def test_command_puts_everybody_on_the_roster_unmailed_and_for_members_only(db):
    out = io.StringIO()

    call_command("import_ambassadors", str(SAMPLE), stdout=out)

    assert roster_people() == [
        (
            "Amara Diallo",
            "amara.diallo@harbour.example",
            "Harbour Learning Trust",
            "Director of programmes",
            "Dakar, Senegal",
            "amara-diallo",
        ),
        ("Björn Ångström", "bjorn@norrsken.example", "Norrsken Skolor", "Head teacher", "Umeå, Sweden", "bjorn-angstrom"),
        ("Chiara D'Amico", "chiara@ponte.example", "Fondazione Il Ponte", "Grants officer", "Napoli, Italy", "chiara-damico"),
        (
            "Siobhán O'Neill",
            "siobhan@tideway.example",
            'Tideway "Open Doors" CIC',
            "Chief executive",
            "Cork, Ireland",
            "siobhan-oneill",
        ),
        ("Li Na", "li.na@harbour.example", "Harbour Learning Trust", "Evaluator", "Singapore", "li-na"),
    ]
    states = Ambassador.objects.values_list("status", "listed_for", "place_audience", "organization_audience", "user__is_active")
    assert set(states) == {("listed", "members", "members", "members", False)}
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert OutgoingMail.objects.count() == 0
    assert set(HistoryEntry.objects.values_list("verb", "via")) == {("put on the roster", "import")}
    assert set(HistoryEntry.objects.values_list("about")) == set(User.objects.values_list("pk"))
    assert EmailAddress.objects.filter(verified=False, primary=True).count() == 5
    assert "column 'Notes': ignored" in out.getvalue()
    assert "column 'E-mail': email" in out.getvalue()
    assert "5 people put on the roster, 0 already here. Nobody was mailed." in out.getvalue()


def test_importing_twice_is_importing_once(db):
    report_on(SAMPLE.read_bytes())
    Ambassador.objects.filter(slug="li-na").update(place=place_named("Kuala Lumpur, Malaysia"))
    before = roster_people()

    again = report_on(SAMPLE.read_bytes())

    assert (again.new_count, again.here_count, again.problems) == (0, 5, [])
    assert roster_people() == before
    assert HistoryEntry.objects.count() == 5


def test_people_are_known_by_any_of_their_addresses_in_any_writing(alice):
    EmailAddress.objects.create(user=alice, email="Alice@Home.example.org", verified=True)

    report = report_on(f"Name,Email\nA,{alice.email.upper()}\nB,alice@home.example.org\n")

    assert (report.new_count, report.here_count) == (0, 2)


def test_the_support_team_gets_a_profile_and_keeps_the_account(staff):
    report = report_on(f"Name,Email,Place\nAnother Name,{staff.email},Lyon\n")

    staff.refresh_from_db()
    assert (report.new_count, staff.name, staff.is_active, str(staff.ambassador.place)) == (1, "Sam Staff", True, "Lyon")


def test_dry_run_tells_the_same_and_changes_nothing(db, tmp_path):
    out, _err = run(tmp_path, PLAIN, "--dry-run")

    assert "1 people would be put on the roster, 0 already here. Nobody was mailed." in out
    assert (User.objects.count(), Organization.objects.count(), HistoryEntry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_reads_what_spreadsheets_write(db, encoding, delimiter, newline):
    text = PLAIN.replace(",", delimiter).replace("\n", newline)

    report = report_on(text.encode(encoding))

    assert report.problems == []
    assert roster_people() == [("Zoë Mariños", "zoe@people.example.org", "Café Olé", "", "Málaga", "zoe-marinos")]


def test_reads_the_separator_hint_of_excel_and_empty_lines(db):
    report_on("sep=;\r\n\r\nName;Email\r\n;\r\nZoë;zoe@people.example.org\r\n;;;\r\n")

    assert [row[0] for row in roster_people()] == ["Zoë"]


@pytest.mark.parametrize(
    "heads",
    [
        "E-MAIL ADDRESS,full name,Company",
        "e_mail,Name,Organisation",
        "Mail,  Display-Name ,Employer",
        "Email Address,Contact Name,Organization Name",
    ],
)
def test_columns_are_known_by_many_names(db, heads):
    report_on(f"{heads}\nzoe@people.example.org,Zoë,Harbour\n")

    assert [row[:3] for row in roster_people()] == [("Zoë", "zoe@people.example.org", "Harbour")]


def test_every_wrong_row_is_named_by_line_and_column_and_nothing_is_imported(db):
    text = (
        "Name;E-mail;Organisation;Time zone\n"  # 1
        'Amara;amara@harbour.example;"Harbour\nLearning";\n'  # 2 and 3
        "Bo;bo(at)harbour.example;Harbour;\n"  # 4
        ";cy@harbour.example;Harbour;\n"  # 5
        "Di;;Harbour;Mars/Olympus\n"  # 6
        "Ed;AMARA@harbour.example;Harbour;\n"  # 7
        f"Flo;flo@harbour.example;{'x' * 161};\n"  # 8
        "Gus;gus@harbour.example;Harbour;;extra\n"  # 9
        "=CMD();hal@harbour.example;Harbour;\n"  # 10
        "I\x07da;ida@harbour.example\n"  # 11
    )

    assert problems(text) == [
        "line 4, E-mail: “bo(at)harbour.example” is not an e-mail address.",
        "line 5, Name: is empty.",
        "line 6, E-mail: is empty.",
        "line 6, Time zone: Mars/Olympus is not a time zone such as Europe/Lisbon.",
        "line 7, E-mail: amara@harbour.example is on line 2 too.",
        "line 8, Organisation: is 161 characters long; there is room for 160.",
        "line 9: there are more cells than columns. Is there a quotation mark missing?",
        "line 10, Name: begins with “=”, like a formula. Put the text itself there.",
        "line 11, Name: There is a character in it that cannot be shown. Type it again instead of pasting it.",
    ]
    assert (User.objects.count(), Organization.objects.count(), HistoryEntry.objects.count()) == (0, 0, 0)


def test_a_wrong_row_after_a_thousand_right_ones_undoes_them(db):
    rows = "".join(f"Person {number},person{number}@people.example.org\n" for number in range(1200))

    assert problems(f"Name,Email\n{rows}Last,nowhere\n") == ["line 1202, Email: “nowhere” is not an e-mail address."]
    assert (User.objects.count(), Ambassador.objects.count()) == (0, 0)


def test_command_says_every_problem_and_fails(db, tmp_path, capsys):
    file = tmp_path / "roster.csv"
    file.write_text("Name,Email\nBo,bo\n")
    err = io.StringIO()

    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_ambassadors", str(file), stderr=err, stdout=io.StringIO())

    assert err.getvalue() == "line 2, Email: “bo” is not an e-mail address.\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no column called “E-mail” and “Name”. Columns found: none"),
        (b"Title of my list\nName,Email\n", "Line 1 should name the columns"),
        (b"Name,Phone\nZ,1\n", "no column called “E-mail”. Columns found: “Name”, “Phone”"),
        (b"Email\nz@people.example.org\n", "no column called “Name”"),
        (b"Name,E-mail,Mail\n", "the columns “E-mail” and “Mail” both look like the email"),
        (b"PK\x03\x04 and so on", "workbook of Excel. Save it as “CSV UTF-8”"),
        (b"Name,Email\nZo\x81,z@people.example.org", "Line 2 holds bytes that are no text"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_one_sentence(data, said):
    with pytest.raises(RosterUnreadable) as refused:
        Roster(data)

    assert said in str(refused.value)


def test_a_quotation_mark_that_never_closes_is_found_where_it_opens(db):
    rows = "".join(f"Person {number},person{number}@people.example.org\n" for number in range(40))

    assert problems(f'Name,Email\nA,a@people.example.org\n"B,b@people.example.org\n{rows}') == [
        "Line 3: a quotation mark is out of place, or opens here and is never closed. A mark inside a cell is written twice."
    ]


def test_what_looks_like_a_formula_stays_text(client, alice):
    report_on("Name,Email,Job title\nMinus,minus@people.example.org,-2+3\nPlus,plus@people.example.org,<script>alert(1)</script>\n")
    client.force_login(alice)

    page = client.get("/ambassadors/").content.decode()

    assert "-2+3" in page
    assert "<script>alert" not in page


def test_organisations_are_one_whatever_their_capitals(db):
    Organization.objects.create(name="Harbour Trust")

    report_on(
        "Name,Email,Org\nA,a@people.example.org,HARBOUR TRUST\nB,b@people.example.org,New House\nC,c@people.example.org,new house\n"
    )

    assert [row[2] for row in roster_people()] == ["Harbour Trust", "New House", "New House"]


def test_namesakes_in_one_file_get_addresses_of_their_own(staff):
    workflow.list_person("Ana Lima", "ana@people.example.org", by=staff)

    report_on("Name,Email\n" + "".join(f"Ana Lima,ana{number}@people.example.org\n" for number in range(3)))

    assert [row[5] for row in roster_people()] == ["ana-lima", "ana-lima-2", "ana-lima-3", "ana-lima-4"]


def test_long_files_show_how_far_they_are(db, tmp_path):
    rows = "".join(f"Person {number},person{number}@people.example.org\n" for number in range(5200))

    _out, err = run(tmp_path, f"Name,Email\n{rows}", "--dry-run")

    assert err == "2500 rows read …\n5000 rows read …\n"


def test_command_names_the_person_who_imported(staff, tmp_path):
    run(tmp_path, PLAIN, "--by", staff.email)

    assert HistoryEntry.objects.get().actor == staff


def test_command_takes_only_the_support_team_for_an_author(alice, tmp_path):
    with pytest.raises(CommandError, match="support team"):
        run(tmp_path, PLAIN, "--by", alice.email)


def test_command_says_why_a_file_cannot_be_read(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.csv cannot be read: No such file or directory\."):
        call_command("import_ambassadors", str(tmp_path / "nothing.csv"))


CELLS = st.text(alphabet=st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["=1+1", '"', '""', ";", "\n", "\r\n", "\0", "a@b.example", "zoe@people.example.org", "\ufeff", "sep=,", "'; DROP TABLE"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, max_size=6), max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
)
def test_hostile_tables_are_imported_whole_or_refused_whole(db, rows, delimiter, encoding):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerows([["Name", "Email", "Organisation", "Bio"], *rows])
    before = Ambassador.objects.count()

    report = report_on(file.getvalue().encode(encoding))

    assert Ambassador.objects.count() == before + (0 if report.problems else report.new_count)
    if not report.problems:
        assert report.rows == report.new_count + report.here_count


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300) | st.binary(max_size=200).map(lambda data: b"Name,Email\n" + data))
def test_hostile_bytes_never_break_the_import(db, data):
    try:
        report = import_roster(Roster(data), by=None, dry_run=True)
    except RosterUnreadable as refused:
        said = str(refused)
    else:
        said = "" if report.rows else "nothing to import"
        said += "".join(str(problem) for problem in report.problems) or f"{report.new_count} new"

    assert said
    assert Ambassador.objects.count() == 0


@pytest.mark.row("R29")
@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_put_everybody_on_the_roster_once():
    data = ("Name,Email\n" + "".join(f"Ana Lima,ana{number}@people.example.org\n" for number in range(300))).encode()

    reports = at_once(*[lambda: import_roster(Roster(data), by=None)] * 2)

    assert Ambassador.objects.count() == 300
    assert max((report.new_count, bool(report.problems)) for report in reports) == (300, False)


@pytest.mark.row("R29")
@pytest.mark.django_db(transaction=True)
def test_people_of_one_name_listed_at_once_get_different_addresses():
    staff = make.person("Sam Staff", is_staff=True)
    jobs = [lambda n=number: workflow.list_person("Ana Lima", f"ana{n}@people.example.org", by=staff) for number in range(4)]

    people = at_once(*jobs)

    assert sorted(person.slug for person in people) == ["ana-lima", "ana-lima-2", "ana-lima-3", "ana-lima-4"]


@pytest.mark.row("R29")
@pytest.mark.django_db(transaction=True)
def test_one_address_listed_twice_at_once_is_one_person():
    staff = make.person("Sam Staff", is_staff=True)

    results = at_once(*[lambda: workflow.list_person("Ana Lima", "ana@people.example.org", by=staff)] * 3)

    assert User.objects.filter(email="ana@people.example.org").count() == 1
    assert Ambassador.objects.count() == 1
    assert sorted(type(result).__name__ for result in results) == ["Ambassador", "ValidationError", "ValidationError"]
