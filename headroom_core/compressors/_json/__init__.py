"""What stands behind the compressor of JSON, and the tables that other compressors write."""
