"""The judges of `make audit`: each looks at pages of the built site and gives verdicts."""
