"""What a new community starts with, until it says otherwise: a framework of seven pillars, sectors, and role labels."""

from __future__ import annotations

from django.db import transaction

from foundation.models import Pillar, RoleLabel, Sector

PILLARS = [
    (
        "Courageous, adaptive leadership",
        "Executives and boards who set a direction, ask hard questions of themselves first, and change course when the facts do.",
    ),
    (
        "Disciplined, people-focused management",
        "Managers who turn intentions into plans, choose and grow the right people, and settle early what does not work.",
    ),
    (
        "Well-designed, well-run programs",
        "Programs that say whom they serve and why they should help, and that are carried out the way they were meant.",
    ),
    (
        "Financial health and sustainability",
        "Money that follows the purpose: honest budgets, known costs, reserves, and a mix of income that can last.",
    ),
    (
        "A culture that values learning",
        "People who are curious about their own results, say what went wrong, and do something different the next time.",
    ),
    (
        "Monitoring for continuous improvement",
        "A few figures that those who do the work collect, trust, look at often, and act upon.",
    ),
    (
        "Outside evaluation of what is achieved",
        "An independent look, at the right moment and in the right measure, at whether lives are better for it.",
    ),
]
SECTORS = [
    "Human services",
    "Health",
    "Education",
    "Faith-based work",
    "State and local government",
    "Consulting and thought leadership",
    "Institutional leadership",
    "Research",
    "Policy",
    "Funding",
    "Business",
]
ROLE_LABELS = [
    "Practitioner",
    "Executive director",
    "Board member",
    "Funder",
    "Researcher",
    "Evaluator",
    "Consultant",
    "Policy maker",
    "Public servant",
    "Network or backbone lead",
    "Teacher or coach",
    "Writer or speaker",
]


@transaction.atomic
def fill_defaults() -> list[str]:
    """Fill each list that is still empty, and return the names of those. A list that somebody has begun is theirs, and left alone."""
    filled = []
    if not Pillar.objects.exists():
        for number, (name, description) in enumerate(PILLARS, start=1):
            Pillar.objects.create(name=name, description=description, position=number)
        filled.append("pillars")
    for model, names in ((Sector, SECTORS), (RoleLabel, ROLE_LABELS)):
        if not model._default_manager.exists():
            for position, name in enumerate(names, start=1):
                model._default_manager.create(name=name, position=position)
            filled.append(str(model._meta.verbose_name_plural))
    return filled
