"""One run as a page: self-contained HTML that opens anywhere, offline, without scripts."""

from detente.report.page.brief import Brief
from detente.report.page.page import Page, make_page

__all__ = ["Brief", "Page", "make_page"]
