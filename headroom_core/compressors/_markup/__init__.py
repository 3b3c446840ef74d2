"""What stands behind the compressor of HTML and XML: text, tables, records."""
