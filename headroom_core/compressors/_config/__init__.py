"""What stands behind the compressor of configuration: forms, repeated stanzas, rules, ranks."""
