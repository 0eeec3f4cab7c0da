"""A folder of official XSDs takes the place of the project's own when messages are validated."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import IkeurError, UsageError
from schemas.facts.catalogue import catalogue
from schemas.xml import read as xml_read
from schemas.xml import validators as xml_schemas
from schemas.xml import xsd_diff
from tests.schemas.xml.spec_packs import CHANGES, XSD, make, rewrite
from tests.schemas.xml_edit import changed, golden


def test_a_pack_may_lie_deeper_and_hold_both_standards(tmp_path: Path) -> None:
    shutil.copytree(XSD, tmp_path / "pack" / "release" / "2.1")
    found = xml_schemas.with_spec_pack(tmp_path / "pack")
    kinds = [kind for kind in catalogue().messages.values() if kind.root]
    assert {kind.namespace for kind in kinds} <= found.official


# A golden WMO305 with one thing in it that the pack forbids, or that only the pack allows.
VALIDATED = {
    "an order that the pack has not": (
        *("two elements in another order", "", ""),
        ("XML-STRUCTURE", "/Bericht/Clienten/Client[1]/Geboortedatum"),
    ),
    "a value that the pack forbids": (
        *("a pattern", "<wmo305:Bsn>999933863", "<wmo305:Bsn>099933863"),
        ("XML-VALUE", "/Bericht/Clienten/Client[1]/Bsn"),
    ),
    "a code that the pack has not": (
        *("a code that is taken away", "Aanlevering>3<", "Aanlevering>9<"),
        ("XML-VALUE", "/Bericht/Clienten/Client[2]/StatusAanlevering"),
    ),
    "an element that the pack has not": (
        *("an element that is taken away", "", ""),
        ("XML-STRUCTURE", "/Bericht/Clienten/Client[1]/Geslacht"),
    ),
}


@pytest.mark.parametrize("what", VALIDATED)
def test_a_message_is_validated_by_the_pack_with_evidence_a(tmp_path: Path, what: str) -> None:
    change, old, new, (code, path) = VALIDATED[what]
    pack = make(tmp_path)
    rewrite(pack / CHANGES[change][0], *CHANGES[change][1:3])
    data = (changed(old, new) if old else golden()).encode()
    assert xml_read.read(data).faults == []
    faults = xml_read.read(data, xml_schemas.with_spec_pack(pack)).faults
    assert (faults[0].code, str(faults[0].xml).partition(",")[0]) == (code, path)
    assert {fault.evidence for fault in faults} == {"A"}


def test_what_only_the_pack_allows_is_valid_by_the_pack(tmp_path: Path) -> None:
    pack = make(tmp_path)
    rewrite(pack / "basisschema.xsd", *CHANGES["a code that is added"][1:3])
    data = changed("Geslacht>1<", "Geslacht>9<").encode()
    assert [fault.code for fault in xml_read.read(data).faults] == ["XML-VALUE"]
    assert xml_read.read(data, xml_schemas.with_spec_pack(pack)).faults == []


def test_a_type_that_the_pack_lacks_is_validated_by_the_projects_own(tmp_path: Path) -> None:
    schemas = xml_schemas.with_spec_pack(make(tmp_path))
    text = golden("JW305")
    assert xml_read.read(text.encode(), schemas).faults == []
    broken = text.replace("<jw305:Geslacht>", "<jw305:Geslacht>x", 1)
    (fault,) = xml_read.read(broken.encode(), schemas).faults
    # The JW305 schema is known from the schema of an adjacent release: grade C.
    assert (fault.code, fault.evidence) == ("XML-VALUE", "C")


def _no_folder(pack: Path) -> None:
    shutil.rmtree(pack)


def _empty(pack: Path) -> None:
    for path in pack.iterdir():
        path.unlink()


def _junk(pack: Path) -> None:
    (pack / "notes.xsd").write_bytes(b"\x00\x01 this is no XML <")


def _not_a_schema(pack: Path) -> None:
    (pack / "message.xsd").write_text("<Bericht/>", encoding="utf-8")


def _only_others(pack: Path) -> None:
    _empty(pack)
    text = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x"/>'
    (pack / "other.xsd").write_text(text, encoding="utf-8")


def _only_text(pack: Path) -> None:
    _empty(pack)
    (pack / "readme.txt").write_text("The schemas come later.", encoding="utf-8")


@pytest.mark.parametrize(
    "spoil", [_no_folder, _empty, _junk, _not_a_schema, _only_others, _only_text]
)
def test_a_folder_that_is_no_pack_is_refused_with_advice(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    pack = make(tmp_path)
    spoil(pack)
    for use in (xml_schemas.with_spec_pack, lambda folder: list(xsd_diff.diff(folder))):
        with pytest.raises(UsageError) as error:
            use(pack)
        assert error.value.code == "USE-SPEC-PACK"
        assert str(pack) in error.value.where
        assert error.value.do


def test_files_that_are_no_schemas_by_name_do_not_matter(tmp_path: Path) -> None:
    pack = make(tmp_path)
    (pack / "LEESMIJ.pdf").write_bytes(b"%PDF-1.4 \x00\xff")
    assert list(xsd_diff.diff(pack)) == []


@pytest.mark.parametrize("name", ["Basisschema.xsd", "BASISSCHEMA.XSD", "basisschema.XSD"])
def test_a_base_schema_may_have_a_name_in_other_case(tmp_path: Path, name: str) -> None:
    pack = make(tmp_path)
    (pack / "basisschema.xsd").rename(pack / name)
    assert list(xsd_diff.diff(pack)) == []
    data = golden().replace("<wmo305:Geslacht>", "<wmo305:Geslacht>x", 1).encode()
    (fault,) = xml_read.read(data, xml_schemas.with_spec_pack(pack)).faults
    assert (fault.code, fault.evidence) == ("XML-VALUE", "A")


def test_the_base_schema_of_the_very_name_is_taken_before_one_in_other_case(tmp_path: Path) -> None:
    pack = make(tmp_path)
    (pack / "Basisschema.xsd").write_text("<Bericht/>", encoding="utf-8")
    with pytest.raises(UsageError):
        xml_schemas.with_spec_pack(pack)
    text = (pack / "basisschema.xsd").read_text(encoding="utf-8")
    (pack / "Basisschema.xsd").write_text(
        text.replace('maxLength value="10"', 'maxLength value="12"'), encoding="utf-8"
    )
    assert list(xsd_diff.diff(pack)) == []


def test_schemas_of_other_releases_may_lie_beside_them(tmp_path: Path) -> None:
    pack = make(tmp_path)
    for release in ("2_2", "2_3"):
        (pack / release).mkdir()
        for name in ("Basisschema.xsd", "WMO305.xsd"):
            text = (pack / name.lower()).read_text(encoding="utf-8").replace("2_1", release)
            (pack / release / name).write_text(text, encoding="utf-8")
    assert list(xsd_diff.diff(pack)) == []
    assert xml_read.read(golden().encode(), xml_schemas.with_spec_pack(pack)).faults == []


@pytest.mark.parametrize("standard", ["iwmo", "ijw"])
def test_the_published_schemas_of_another_release_may_lie_beside_them(
    published: Path, tmp_path: Path, standard: str
) -> None:
    pack = make(tmp_path)
    shutil.copytree(published / "xsd23" / standard, pack / "2.3")
    assert list(xsd_diff.diff(pack)) == []


# What is a schema by its root, and not one that can be used.
UNUSABLE = {
    "an unknown type": ("wmo305.xsd", "iwmo:LDT_Geslacht", "iwmo:LDT_Sekse"),
    "a facet that is no number": ("basisschema.xsd", 'maxLength value="10"', 'maxLength value="x"'),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_pack_with_a_schema_that_cannot_be_used_is_refused(tmp_path: Path, what: str) -> None:
    pack = make(tmp_path)
    rewrite(pack / UNUSABLE[what][0], *UNUSABLE[what][1:])
    _refused(pack)


@pytest.mark.filterwarnings("ignore:Import of namespace")
def test_a_pack_without_its_base_schema_is_refused(tmp_path: Path) -> None:
    _refused(make(tmp_path, "wmo305.xsd"))


def _refused(pack: Path) -> None:
    """Both the differences and a validation name the schema that cannot be used."""
    with pytest.raises(UsageError) as by_difference:
        list(xsd_diff.diff(pack))
    with pytest.raises(IkeurError) as by_validation:
        xml_read.read(golden().encode(), xml_schemas.with_spec_pack(pack))
    for error in (by_difference.value, by_validation.value):
        assert error.code in ("USE-SPEC-PACK", "USE-SCHEMA")
        assert error.where == str(pack / "wmo305.xsd")
