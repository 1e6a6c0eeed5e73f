"""One module a format: bytes or a path in, a `Source` out, and no other room knows its library."""
