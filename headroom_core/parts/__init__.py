"""Finds the part of an original that was asked for: lines, rows, a path, words."""
