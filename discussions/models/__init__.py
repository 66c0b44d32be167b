from discussions.models.thread import Participant, Post, Thread

__all__ = ["Participant", "Post", "Thread"]
