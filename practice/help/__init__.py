"""From a proof point to help: what is published about it, who can be asked, a question without a name, and a short talk."""
