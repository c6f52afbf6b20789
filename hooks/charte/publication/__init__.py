"""Who publishes the site: its fields, their reading, and what may not be missing."""
