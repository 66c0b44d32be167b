from correspondence.kinds import Kind, kinds

kinds.add("note", Kind(name="note", label="Note", context=lambda mail: {"text": mail.key}, sample=lambda: {"text": "A note"}))
