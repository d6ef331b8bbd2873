"""Passages with what a careful reader finds in them, and how close the rules of reading come."""
