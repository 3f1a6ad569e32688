"""Insurance, housing fund and other schemes as pure arithmetic: what moves, and why.

Each module takes the record that a scheme's own system returns for one person (a JSON mapping) and
the policies in force; nothing here reads a clock, a file or a service.
"""
