"""The people of the demo community. Everybody here is invented, and so are their organisations."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import slugify

from foundation.audiences import Audience


@dataclass(frozen=True)
class Person:
    """One person of the demo, as the roster and their own profile would tell it."""

    name: str
    organization: str
    job_title: str
    place: str
    time_zone: str
    sector: str
    role_labels: tuple[str, ...]
    ask_me_about: str
    bio: str
    listed_for: str = Audience.MEMBERS

    @property
    def email(self) -> str:
        """An address at a domain that can never exist."""
        return f"{slugify(self.name.split()[0])}@tidemark.example"


STAFF = Person(
    "Marguerite Osei",
    "Tidemark support team",
    "Community manager",
    "Bristol, United Kingdom",
    "Europe/London",
    "",
    (),
    "anything about how this community works",
    "I look after the house: who comes in, who might want to meet whom, and whether the mail goes out. Write to me about anything.",
)

AMBASSADORS = [
    Person(
        "Ngozi Adeyemi-Clarke",
        "Riverside Family Centres",
        "Chief executive",
        "Leeds, United Kingdom",
        "Europe/London",
        "Human services",
        ("Practitioner",),
        "turning a board around without losing it; what we stopped measuring",
        "I run eleven family centres and have made most of the mistakes one can make with outcome data. We now ask three questions of "
        "every family and act on the answers within a week. I am here because colleagues elsewhere keep solving problems before I meet them.",
        Audience.PUBLIC,
    ),
    Person(
        "Tomasz Wierzbicki",
        "Otwarte Drzwi Foundation",
        "Programme director",
        "Kraków, Poland",
        "Europe/Warsaw",
        "Funding",
        ("Funder", "Board member"),
        "multi-year grants; what funders should stop asking for",
        "Fifteen years on the asking side of the table, six on the giving side. I am trying to write shorter grant reports into our "
        "contracts and would love to compare notes with anyone who has managed it.",
        Audience.PUBLIC,
    ),
    Person(
        "Priya Raghunathan",
        "Northlight Research Cooperative",
        "Senior evaluator",
        "Toronto, Canada",
        "America/Toronto",
        "Research",
        ("Evaluator", "Researcher", "Consultant"),
        "evaluation designs that a team of four can live with",
        "I evaluate small programmes with small budgets. My favourite evaluations end with somebody changing a form, a rota or a mind.",
        Audience.PUBLIC,
    ),
    Person(
        "Caleb Fontaine",
        "Bayou Workforce Alliance",
        "Executive director",
        "Lafayette, United States",
        "America/Chicago",
        "Education",
        ("Executive director", "Network or backbone lead"),
        "partnerships that survive a change of mayor",
        "We bring nine training providers to one table. Most weeks the table is the achievement.",
        Audience.PUBLIC,
    ),
    Person(
        "Sunniva Haugland",
        "Fjordhelse",
        "Head of quality",
        "Bergen, Norway",
        "Europe/Oslo",
        "Health",
        ("Practitioner",),
        "waiting lists as a learning tool",
        "A nurse first. I use the waiting list the way others use a dashboard: every entry is a person and a question about our work.",
    ),
    Person(
        "Ezequiel Barrientos",
        "Consultora Andén",
        "Founding partner",
        "Montevideo, Uruguay",
        "America/Montevideo",
        "Consulting and thought leadership",
        ("Consultant", "Teacher or coach"),
        "strategy days that end with fewer priorities than they began with",
        "I help organisations decide what not to do. Half of my work is asking the same kind question a third time.",
        Audience.PUBLIC,
    ),
    Person(
        "Leilani Kahananui",
        "Makai Community Trust",
        "Director of learning",
        "Hilo, United States",
        "Pacific/Honolulu",
        "Human services",
        ("Practitioner", "Funder"),
        "learning reviews that elders, staff and funders all want to attend",
        "We hold our reviews outdoors and in two languages. Numbers come last, and they are better for it.",
    ),
    Person(
        "Desmond Achterberg",
        "City of Middelharnis",
        "Deputy town clerk",
        "Middelharnis, Netherlands",
        "Europe/Amsterdam",
        "State and local government",
        ("Public servant",),
        "buying results instead of hours",
        "Twenty years in local government. I know where procurement rules bend and where they only look as if they did.",
    ),
    Person(
        "Aurélie Montgolfier-Vasseur",
        "Institut des Deux Rives",
        "Director general",
        "Lyon, France",
        "Europe/Paris",
        "Institutional leadership",
        ("Executive director", "Writer or speaker"),
        "succession; building a second line of leaders",
        "My institute trains heads of social enterprises. I learn most from those who left our courses early and did well anyway.",
        Audience.PUBLIC,
    ),
    Person(
        "Kwabena Ofori-Atta",
        "Volta Schools Network",
        "Regional lead",
        "Ho, Ghana",
        "Africa/Accra",
        "Education",
        ("Practitioner",),
        "coaching head teachers by phone",
        "Forty schools, one motorbike, a great many phone calls. I collect examples of feedback that was short and still kind.",
    ),
    Person(
        "Mirjam Lindqvist",
        "Lindqvist & Daughters",
        "Owner",
        "Uppsala, Sweden",
        "Europe/Stockholm",
        "Business",
        ("Board member",),
        "what a family firm can lend to a charity besides money",
        "Third generation in timber, second term on a hostel's board. I ask about cash flow early so that nobody has to ask late.",
    ),
    Person(
        "Rosalind Okonkwo-Hale",
        "Fairways Policy Unit",
        "Policy adviser",
        "Cardiff, United Kingdom",
        "Europe/London",
        "Policy",
        ("Policy maker",),
        "getting a good pilot into a dull regulation",
        "I translate between people who run things and people who write rules. The dull paragraphs are where it is decided.",
    ),
    Person(
        "Hinemoa Parata",
        "Te Whare Ako",
        "Kaiwhakahaere",
        "Whanganui, New Zealand",
        "Pacific/Auckland",
        "Faith-based work",
        ("Practitioner", "Teacher or coach"),
        "hospitality as a method",
        "Every meeting of ours starts with food and with names. I can tell you what that did to our results, in figures if you insist.",
    ),
    Person(
        "Yusuf Demirkan",
        "Köprü Youth Work",
        "Coordinator",
        "İzmir, Türkiye",
        "Europe/Istanbul",
        "Human services",
        ("Practitioner",),
        "keeping volunteers past the first winter",
        "Started as a volunteer, forgot to leave. I keep a list of reasons why people stay; it is longer than the other list.",
    ),
]

ALUMNA = Person(
    "Beatrix Holloway",
    "Retired",
    "Formerly at Greenbank Hospice",
    "Galway, Ireland",
    "Europe/Dublin",
    "Health",
    ("Practitioner",),
    "",
    "I led a hospice for eighteen years and was glad of this company for four of them.",
)

# On the roster, not invited yet: what staff find to do on the first day.
ROSTER = """Name;E-mail;Organisation;Job title;Place
Solveig Brandt-Nielsen;solveig@tidemark.example;Nordhavn Legal Aid;Head of casework;Aarhus, Denmark
"Ibrahim Kouyaté";ibrahim@tidemark.example;Sahel Water Partners;"Country director
(West)";Bamako, Mali
Charlotte d'Ambrosio-Fitzwilliam;charlotte@tidemark.example;Foundation for Unhurried Reform;Trustee;Verona, Italy
"""

PURPOSE = "Leaders from many fields who want public and social work to keep its promises, and who help each other find out whether it does."
