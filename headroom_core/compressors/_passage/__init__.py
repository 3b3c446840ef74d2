"""What stands behind the compressor of prose: pieces that tile it, their ranks."""
