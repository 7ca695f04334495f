"""The language server: findings and assets of a project while somebody edits it."""
