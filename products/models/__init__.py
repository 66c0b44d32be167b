"""What the community publishes: products, their editions and who stands under them; reviews, and what the whole community says."""

from products.models.credit import Credit
from products.models.duty import EditorDuty
from products.models.edition import Edition, EditionFile, EditionPart, EditionRevision
from products.models.invitation import AuthorInvitation
from products.models.printing import EditionPrint
from products.models.product import Product, ProductAddress
from products.models.readership import Readership
from products.models.reading import PillarAddress, Reading
from products.models.resource import LinkCheck, ResourceUse
from products.models.review import (
    CommentAnswer,
    Decision,
    EditionComment,
    RelayMessage,
    Review,
    ReviewCriterion,
    ReviewRound,
)
from products.models.rules import KindRules
from products.models.window import CommunityReview, Download, LaunchWish, Opinion

__all__ = [
    "AuthorInvitation",
    "CommentAnswer",
    "CommunityReview",
    "Credit",
    "Decision",
    "Download",
    "Edition",
    "EditionComment",
    "EditionFile",
    "EditionPart",
    "EditionPrint",
    "EditionRevision",
    "EditorDuty",
    "KindRules",
    "LaunchWish",
    "LinkCheck",
    "Opinion",
    "PillarAddress",
    "Product",
    "ProductAddress",
    "Readership",
    "Reading",
    "RelayMessage",
    "ResourceUse",
    "Review",
    "ReviewCriterion",
    "ReviewRound",
]
