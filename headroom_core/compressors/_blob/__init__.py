"""What stands behind the compressor of blobs: finding data that is no text, and naming it."""
