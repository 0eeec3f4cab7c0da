"""Rewrites a message as ikeur's own writer wrote it: a function for each notation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generators.notation import ei_notations, xml_document, xml_values
from generators.notation.document import Document
from schemas.facts.message_types import MessageType

Rewrite = Callable[[MessageType, bytes], bytes]
_DOCUMENTS: dict[str, Callable[[Document], Document]] = {
    "other-prefixes": xml_document.other_prefixes,
    "swapped-prefixes": xml_document.swapped_prefixes,
    "two-prefixes": xml_document.two_prefixes,
    "default-namespace": xml_document.default_namespace,
    "default-base-namespace": xml_document.default_base_namespace,
    "no-prefixes": xml_document.no_prefixes,
    "deeper-declarations": xml_document.deeper_declarations,
    "other-namespace-order": xml_document.other_namespace_order,
    "unused-namespaces": xml_document.unused_namespaces,
    "schema-location": xml_document.schema_location,
    "one-line": xml_document.one_line,
    "tabs": xml_document.tabs,
    "crlf": xml_document.crlf,
    "comments": xml_document.comments,
    "instructions": xml_document.instructions,
    "large-space": xml_document.large_space,
    "large-comments": xml_document.large_comments,
    "around-root": xml_document.around_root,
    "spaced-tags": xml_document.spaced_tags,
    "decimal-references": xml_values.decimal_references,
    "hexadecimal-references": xml_values.hexadecimal_references,
    "cdata": xml_values.cdata,
    "part-cdata": xml_values.part_cdata,
    "comment-in-value": xml_values.comment_in_value,
    "instruction-in-value": xml_values.instruction_in_value,
}
_BY_TYPE: dict[str, Callable[[MessageType, Document], Document]] = {
    "leading-zeros": xml_values.leading_zeros,
    "plus-signs": xml_values.plus_signs,
    "spaced-values": xml_values.spaced_values,
}


def _declared(text: str) -> Rewrite:
    return lambda _, data: replace(Document.of(data), declaration=text).written()


def _of_document(change: Callable[[Document], Document]) -> Rewrite:
    return lambda _, data: change(Document.of(data)).written()


def _of_type(change: Callable[[MessageType, Document], Document]) -> Rewrite:
    return lambda message, data: change(message, Document.of(data)).written()


REWRITES: dict[str, dict[str, Rewrite]] = {
    "2.0": {"plain": lambda _, data: data, **ei_notations.REWRITES},
    "2.1": {
        "plain": lambda _, data: data,
        **{name: _declared(text) for name, text in xml_document.DECLARATIONS.items()},
        **{name: _of_document(change) for name, change in _DOCUMENTS.items()},
        **{name: _of_type(change) for name, change in _BY_TYPE.items()},
    },
}
