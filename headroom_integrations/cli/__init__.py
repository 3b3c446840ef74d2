"""The command line: compress a file, fetch an original back, see what was saved, watch a demo."""

from headroom_integrations.cli.main import main

__all__ = ["main"]
