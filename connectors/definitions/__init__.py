"""Reads definitions (steward/v1 and OpenSLO v1) from files in YAML."""
