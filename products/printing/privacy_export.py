"""Prints hold what the edition says, and who agreed to be named: nothing of a person beside that."""

from foundation.privacy_export import exempt

exempt.add("products.EditionPrint", "the PDF of an edition, made anew without whoever is not named any more")
