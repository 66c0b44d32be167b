"""What changes in news, slides, testimonials and the page about the team: one function per intention."""
