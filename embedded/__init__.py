"""The whole system on one machine, as plain child processes; `python -m embedded --help`."""
