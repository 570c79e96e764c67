"""The demo: an invented region, and the campaigns fought over it."""
