"""What stands behind the compressor of listings of files: reading, folding, columns."""
