"""Bytes on their own, or as part of others."""

from __future__ import annotations

Buffer = bytes | memoryview
