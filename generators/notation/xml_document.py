"""Other notations of a 2.1 message around its elements: declaration, namespaces, white space."""

from __future__ import annotations

import re
from dataclasses import replace

from generators.notation.document import Document

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_XSD = "http://www.w3.org/2001/XMLSchema"
_LARGE = 64 * 1024
# Looks like an element to software that does not parse.
_COMMENT = "<!-- <%s:Bsn>999900006</%s:Bsn> -->"
_INSTRUCTION = "<?bron regel='1'?>"
_STYLESHEET = '<?xml-stylesheet type="text/xsl" href="bericht.xsl"?>'

DECLARATIONS = {
    "no-declaration": "",
    "single-quoted-declaration": "<?xml version='1.0' encoding='UTF-8'?>\n",
    "lower-case-encoding": '<?xml version="1.0" encoding="utf-8"?>\n',
    "no-encoding": '<?xml version="1.0"?>\n',
    "standalone": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    "spaced-declaration": '<?xml  version = "1.0"  encoding = "UTF-8" ?>\n',
}


def _declared(*names: tuple[str, str]) -> str:
    """Return the attributes that declare prefixes (empty: the default) for namespaces."""
    return "".join(
        f' xmlns:{name}="{space}"' if name else f' xmlns="{space}"' for name, space in names
    )


def _with_prefixes(document: Document, own: str, base: str) -> Document:
    attributes = _declared(*zip((own, base), document.spaces, strict=True))
    changed = document.prefixed(*(f"{name}:" if name else "" for name in (own, base)))
    return replace(changed, attributes=attributes)


def other_prefixes(document: Document) -> Document:
    """Use prefixes that say nothing."""
    return _with_prefixes(document, "ns0", "ns1")


def swapped_prefixes(document: Document) -> Document:
    """Use the usual prefix of the base schema for the message, and the other way round."""
    return _with_prefixes(document, *document.prefixes[::-1])


def default_namespace(document: Document) -> Document:
    """Make the namespace of the message the default."""
    return _with_prefixes(document, "", document.prefixes[1])


def default_base_namespace(document: Document) -> Document:
    """Make the namespace of the base schema the default."""
    return _with_prefixes(document, document.prefixes[0], "")


def two_prefixes(document: Document) -> Document:
    """Give each namespace two prefixes: one for values, another for what is above them."""
    own, base = document.prefixes
    others = dict(zip(document.prefixes, ("ns0", "ns1"), strict=True))
    body = re.sub(
        r"<(\w+):(\w+)>([^<]+)</\1:\2>",
        lambda m: "<{0}:{1}>{2}</{0}:{1}>".format(others[m[1]], m[2], m[3]),
        document.body,
    )
    names = zip((own, base, "ns0", "ns1"), document.spaces * 2, strict=True)
    return replace(document, body=body, attributes=_declared(*names))


def _declared_at_base(document: Document, root: str, prefix: str) -> Document:
    """Declare the base namespace at each of its elements, for a prefix or as the default."""
    own = document.spaces[0]
    start = re.compile(rf"<{document.prefixes[1]}:(\w+)")
    space = _declared((prefix, document.spaces[1]))
    body = start.sub(rf"<{document.prefixes[1]}:\1{space}", document.body)
    changed = replace(document, body=body).prefixed(
        f"{root}:" if root else "", f"{prefix}:" if prefix else ""
    )
    return replace(changed, attributes=_declared((root, own)))


def no_prefixes(document: Document) -> Document:
    """Let the default namespace change with each element of the base schema."""
    return _declared_at_base(document, "", "")


def deeper_declarations(document: Document) -> Document:
    """Declare the base namespace where it is used, rather than at the root."""
    return _declared_at_base(document, *document.prefixes)


def other_namespace_order(document: Document) -> Document:
    """Declare the base namespace first, and in single quotes."""
    names = zip(document.prefixes[::-1], document.spaces[::-1], strict=True)
    return replace(document, attributes=_declared(*names).replace('"', "'"))


def unused_namespaces(document: Document) -> Document:
    """Declare namespaces that the message does not use, as .NET does."""
    unused = _declared(("xsi", _XSI), ("xsd", _XSD))
    return replace(document, attributes=unused + document.attributes)


def schema_location(document: Document) -> Document:
    """Name the file of the schema."""
    own = document.spaces[0]
    location = f' xsi:schemaLocation="{own} {document.prefixes[0]}.xsd"'
    return replace(document, attributes=document.attributes + _declared(("xsi", _XSI)) + location)


def one_line(document: Document) -> Document:
    """Write all on one line, without a line end behind it."""
    changed = document.between(lambda _: "")
    return replace(
        changed, declaration=changed.declaration.rstrip("\n"), body=changed.body.rstrip("\n")
    )


def tabs(document: Document) -> Document:
    """Indent with tabs, after an empty line."""
    return document.between(lambda space: space.replace("  ", "\t").replace("\n", "\n\n"))


def crlf(document: Document) -> Document:
    """End lines with CR LF."""
    return replace(
        document,
        declaration=document.declaration.replace("\n", "\r\n"),
        body=document.body.replace("\n", "\r\n"),
    )


def comments(document: Document) -> Document:
    """Put a comment between elements, which itself looks like an element."""
    comment = _COMMENT % (document.prefixes[0], document.prefixes[0])
    return document.between(lambda space: f"{space}{comment}{space}")


def instructions(document: Document) -> Document:
    """Put a processing instruction between elements."""
    return document.between(lambda space: f"{space}{_INSTRUCTION}{space}")


def _large(document: Document, filling: str) -> Document:
    """Put a filling halfway, between two elements, as often as makes the message large."""
    times = _LARGE // len(filling) + 1
    return replace(document, body=document.filled(filling * times))


def large_space(document: Document) -> Document:
    """Make the message large by white space."""
    return _large(document, "\n" + " " * 79)


def large_comments(document: Document) -> Document:
    """Make the message large by comments."""
    return _large(document, f"<!--{'-=' * 36} -->\n")


def around_root(document: Document) -> Document:
    """Put comments and a processing instruction before and behind the root."""
    comment = _COMMENT % (document.prefixes[0], document.prefixes[0])
    return replace(
        document,
        declaration=f"{document.declaration}{_STYLESHEET}\n{comment}\n",
        body=f"{document.body}{comment}\n\n",
    )


def spaced_tags(document: Document) -> Document:
    """Put white space before the end of each tag."""
    # No text of the writer has a bare >.
    body = document.body.replace(">", " >")
    return replace(document, attributes=f"{document.attributes}\n  ", body=body)
