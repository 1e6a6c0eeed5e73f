"""`python -m reuse` is the command `speech-reuse`."""

from reuse.cli import main

if __name__ == "__main__":
    main()
