"""The nine promises of docs/design.md as properties, each seen to fail on the broken code named."""
