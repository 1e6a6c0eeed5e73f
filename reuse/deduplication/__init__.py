"""Near-duplicate records of a corpus are found and left out, the rest is copied untouched: the verb `dedup`.

In the order of the data: `corpus` reads records, `sketching` makes them flat arrays, `deciding` says which are kept, `output`
and `parquet` write them, `running` does one after the other.
"""

from reuse.deduplication.running import Deduplicated, deduplicate

__all__ = ["Deduplicated", "deduplicate"]
