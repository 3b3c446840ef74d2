"""What stands behind the compressor of source code: grammars, skeletons, what is asked for."""
