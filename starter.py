"""The command line of Tongban: ``python starter.py …`` for people and scripts.

``python starter.py --help`` lists the commands; everything they do is in the package ``commands``.
"""

import sys
from io import TextIOWrapper

from commands.app import main

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # Chinese must come out whole in a pipe and under any locale.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
