"""The commands of `charte`, one module per family; each says its options and calls the package."""
