"""What stands behind the compressor of tables: CSV, ruled and fixed columns."""
