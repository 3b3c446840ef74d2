"""What stands behind the compressor of search results: reading, grouping, ranking."""
