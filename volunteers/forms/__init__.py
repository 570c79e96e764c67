"""What people type, cleaned; no form saves anything."""
