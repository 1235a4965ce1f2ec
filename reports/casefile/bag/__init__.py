"""BagIt bags: a folder of files, with checksums and a few words beside them (RFC 8493).

`writing` makes one, `judging` says what is wrong with one.
"""

from reports.casefile.bag.judging import bag_problems
from reports.casefile.bag.writing import Contents, bag_files

__all__ = ["Contents", "bag_files", "bag_problems"]
