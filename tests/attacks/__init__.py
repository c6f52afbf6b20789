"""Attacks, kept: what strangers may write in data, history and pages comes out as it was."""
