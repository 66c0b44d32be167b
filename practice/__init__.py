"""How an organisation looks at itself, with an instrument that the community has published."""
