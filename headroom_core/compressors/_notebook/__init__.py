"""What stands behind the compressor of notebooks: cells, outputs."""
