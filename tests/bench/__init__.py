"""The benchmark: what is saved on real inputs, what stays visible, what it costs."""
