"""The Update: a letter that the support team makes of what is published, to members and to whoever asked for it.

`registry` is what it may pick, `content` what it says, `links` whether visitors may read all of it, `workflow` how it moves, `sending`
how it reaches each mailbox once, `subscribing` how somebody without an account gets it.
"""

from correspondence.update import emails, receivers

__all__ = ["emails", "receivers"]
