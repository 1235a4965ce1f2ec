"""The words of CSL 1.0.2, the citation format: types of texts, and what else is told of one."""

TYPES = (
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book"),
    *("broadcast", "chapter", "classic", "collection", "dataset", "document", "entry"),
    *("entry-dictionary", "entry-encyclopedia", "figure", "graphic", "hearing", "interview"),
    *("legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score"),
    *("pamphlet", "paper-conference", "patent", "performance", "periodical"),
    *("personal_communication", "post", "post-weblog", "regulation", "report", "review"),
    *("review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
)
# Texts that a source keeps under their own names, beside those that are printed.
FIELDS = (
    *("abstract", "archive", "archive-place", "archive_collection", "archive_location"),
    *("authority", "call-number", "chapter-number", "collection-number", "collection-title"),
    *("container-title-short", "dimensions", "division", "DOI", "edition", "event-place"),
    *("genre", "ISBN", "ISSN", "issue", "jurisdiction", "keyword", "medium", "number"),
    *("number-of-pages", "number-of-volumes", "original-publisher"),
    *("original-publisher-place", "original-title", "page", "page-first", "part", "part-title"),
    *("PMCID", "PMID", "printing", "publisher-place", "references", "reviewed-title", "scale"),
    *("section", "status", "supplement", "title-short", "version", "volume", "year-suffix"),
)
ACCESSED = "accessed"  # kept beside them, as a date
