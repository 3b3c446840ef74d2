"""What stands behind the compressor of logs: noise, templates, columns, what matters."""
