"""What stands behind the compressor of histories: logs of commits, statistics, blame."""
