"""What comes back: bounces and complaints, which addresses get no optional mail for a while, and how that ends."""
