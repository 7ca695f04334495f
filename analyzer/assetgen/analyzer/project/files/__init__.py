"""Which files a project has, which of them are its author's, and the formats of its settings."""
