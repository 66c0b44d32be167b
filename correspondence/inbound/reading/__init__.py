"""A mail's words, line by line, and which of them were written now.

`charsets` makes text of bytes, `html` and `plain` make `Line`s of text, `heads` knows what introduces a quotation, `closings` what follows
somebody's words, and `splitting` decides. Each of them takes time that grows with the length of the mail and not faster.
"""
