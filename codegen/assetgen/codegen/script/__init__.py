"""The text of a script: its header, imports, sections, and nested calls over lines."""
