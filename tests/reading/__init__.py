"""What the room `reading` promises: every format, every kind of cruft, and that it never falls over."""
