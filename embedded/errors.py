"""What can go wrong when the one-machine system starts; `__main__` shows the message alone."""


class StartError(Exception):
    """The system cannot start or stop; the Chinese message says what to do next."""
