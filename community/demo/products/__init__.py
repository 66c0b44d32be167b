"""What the demo community makes and has made: products in each state, with the words of those who wrote, reviewed and doubted them."""

from community.demo.products.filling import make_products

__all__ = ["make_products"]
