from correspondence.models.outgoing import OutgoingMail

__all__ = ["OutgoingMail"]
