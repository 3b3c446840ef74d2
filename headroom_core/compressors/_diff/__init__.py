"""What stands behind the compressor of patches: reading, spelling, trimming, describing."""
