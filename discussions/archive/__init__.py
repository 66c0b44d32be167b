"""Bringing the archive of a mailing list into a space: `mbox` finds the messages in a file, `heads` reads who wrote what when and in answer to
what, `sayings` their words and files, `shelving` puts each into its conversation, `importing` goes through them all in the order of their dates.
"""
