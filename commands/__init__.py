"""The subcommands of ``starter.py``: one module per ability, put together in ``commands.app``.

Nothing heavy is imported before a command needs it: ``due`` must answer in a fraction of a second.
"""
