"""Images in messages: no larger than they are read, the original kept."""

from headroom_core.images.stage import Images

__all__ = ["Images"]
