"""Why a stretch of a source is not compared: the closed list of reasons."""

from __future__ import annotations

NAVIGATION = "navigation"
DATE_LINE = "date-line"
EDITOR = "editor"
ADVERT = "advert"
MEMBERSHIP = "membership"
SITE_NAME = "site-name"
PREVIEW_END = "preview-end"
TAGS = "tags"
BANNER = "banner"
TITLE = "title"
REPEATED_TITLE = "repeated-title"
BYLINE = "byline"
DATELINE = "dateline"
PROGRAMME = "programme"
ANNOUNCEMENT = "announcement"
CAPTION = "caption"
LICENCE = "licence"
MAIL_HEADER = "mail-header"
FURNITURE = "furniture"
PAGE_MARKER = "page-marker"
PAGE_NUMBER = "page-number"
RUNNING_HEAD = "running-head"
MARKUP = "markup"
CONTROL = "control"
NAMED = "named-by-user"

REASONS: dict[str, str] = {
    NAVIGATION: "a link, a button or a breadcrumb of a site",
    DATE_LINE: "a line of dates, sources and counters",
    EDITOR: "a sentence or a credit of editors",
    ADVERT: "an advertisement",
    MEMBERSHIP: "a notice to members of a site",
    SITE_NAME: "the name or motto of a site",
    PREVIEW_END: "where a preview breaks off",
    TAGS: "a list of tags or related pages",
    BANNER: "the banner of a document-sharing site",
    TITLE: "the title",
    REPEATED_TITLE: "the title once more",
    BYLINE: "who speaks, and in which office",
    DATELINE: "place, date and agency of a report",
    PROGRAMME: "the name of a programme or a column before the first sentence",
    ANNOUNCEMENT: "what a programme says of programmes",
    CAPTION: "the caption of a picture",
    LICENCE: "a licence or a notice of rights",
    MAIL_HEADER: "the header of a mail",
    FURNITURE: "a line that stands at the same place of many documents",
    PAGE_MARKER: "a page number inside the text, put there by a site",
    PAGE_NUMBER: "a page number",
    RUNNING_HEAD: "a running head or foot",
    MARKUP: "markup that is no text: front matter, link targets",
    CONTROL: "characters that cannot be read",
    NAMED: "a line that the settings name",
}
"""Every reason a mark may give, and what it means."""
