"""The suite that depends on the live data; `conftest.py` says what it runs on."""
