"""The window, put together: the one place that builds things and joins them."""
