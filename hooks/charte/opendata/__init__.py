"""The register as data: one table of published fields, and what is made of it in each format."""
