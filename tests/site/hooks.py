"""What `mkdocs build` adds: pages made from the data, and files of the project that pages name."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from tests.site.reference import pages

_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<path>[^)#:]+)(?P<place>#[^)]*)?\)")
# In the site, the files of the project that pages name are below this folder.
_PROJECT = "project"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the reference, and each file outside `docs` that a page links to."""
    for path, text in pages():
        files.append(File.generated(config, path, content=text))
    root = Path(config.docs_dir).parent
    for page in list(files.documentation_pages()):
        for target in _outside(page.src_uri, page.content_string):
            place, file = _copied(target), root / target
            if file.is_file() and files.get_file_from_path(place) is None:
                text = file.read_text("utf-8")
                files.append(File.generated(config, place, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead the links to the project's files to their copies; name a folder without a link."""
    here = page.file.src_uri

    def led(link: re.Match[str]) -> str:
        target = _target(here, link["path"])
        if not target.startswith("../"):
            return link[0]
        copy = _copied(target.removeprefix("../"))
        if files.get_file_from_path(copy) is None:
            return f"{link['text']} (`{target.removeprefix('../')}`)"
        return f"[{link['text']}]({relpath(copy, PurePosixPath(here).parent)})"

    return _LINK.sub(led, markdown)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Say of a Dutch page that it is Dutch, as the theme has one language for all."""
    is_dutch = page.file.src_uri.startswith("nl/") or ".nl." in page.file.src_uri
    return output.replace('<html lang="en"', '<html lang="nl"', 1) if is_dutch else output


def _outside(page: str, markdown: str) -> set[str]:
    """The files of the project that a page links to, from its root."""
    targets = {_target(page, link["path"]) for link in _LINK.finditer(markdown)}
    return {target.removeprefix("../") for target in targets if target.startswith("../")}


def _target(page: str, path: str) -> str:
    """The path of a link from the folder of the pages."""
    return normpath(PurePosixPath(page).parent / path)


def _copied(target: str) -> str:
    """The path of a copy; a page of the project is text, as its own links lead elsewhere."""
    end = ".txt" if target.endswith(".md") else ""
    return f"{_PROJECT}/{target}{end}"
