"""How an organisation begins: an address, a code from its mailbox, and then a workspace of its own."""
