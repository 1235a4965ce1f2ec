"""Bags: what is written, and what is found wrong with one; the Library of Congress judges, too."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bagit
import pytest
from case_records import case_record, payload
from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import contents as files_in

from reports.casefile.bag import Contents, bag_files, bag_problems
from reports.casefile.bag.writing import software_agent
from reports.cases.reference import CaseReference, ExternalKey, SystemId

PDF = "data/council.nb.pdf"
DOCX = "data/council.nb.docx"
CSV = "data/council.nb.facts.csv"
MANIFEST = "manifest-sha256.txt"
TAGS = "tagmanifest-sha256.txt"
OUT = "\n  hint: take it out"
AGAIN = "\n  hint: take the bundle anew from where it was packed"


def contents() -> Contents:
    record = case_record()
    return Contents(record, {**payload(record.files), "case.json": b"{}"})


def laid_out(files: dict[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A bag in order."""
    return laid_out(bag_files(contents()), tmp_path / "bag")


def found(folder: Path) -> list[str]:
    """What our judge says, as a person reads it."""
    return [problem.shown(folder) for problem in bag_problems(folder)]


def library_accepts(folder: Path) -> bool:
    """The verdict of the Library of Congress's program."""
    bagit.LOGGER.disabled = True
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, OSError, ValueError, TypeError):
        return False
    return True


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    file.write_bytes(text.replace(old, new).encode())


def vouch(bag: Path) -> None:
    """Make the tag manifest right again, so that what it would find doesn't hide the rest."""
    names = [line.split("  ")[1] for line in (bag / TAGS).read_text("utf-8").splitlines()]
    lines = [f"{sha256(bag / name)}  {name}\n" for name in names]
    (bag / TAGS).write_text("".join(lines), "utf-8")


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


# Writing


def test_a_bag_holds_the_payload_its_checksums_and_what_it_says_of_itself(bag: Path) -> None:
    files = files_in(bag)

    assert files.keys() == {
        *(f"data/{name}" for name in contents().files),
        "bagit.txt",
        "bag-info.txt",
        MANIFEST,
        TAGS,
    }
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert files["bag-info.txt"].decode() == (
        "Source-Organization: Havn kommune\n"
        f"External-Identifier: {contents().record.key}\n"
        "External-Description: Ferjer på øyene\n"
        "Internal-Sender-Identifier: ferries.council.nb.v1\n"
        "Bagging-Date: 2026-11-20\n"
        "Payload-Oxum: 51.4\n"
        f"Bag-Software-Agent: {software_agent()}\n"
        "Case-Number: 2026/1234\n"
        "Edition-State: final\n"
        "Edition-Version: 1\n"
        "Edition-Date: 2026-11-20\n"
    )
    assert found(bag) == []
    assert library_accepts(bag)


def test_sha256sum_verifies_a_bag_as_it_stands(bag: Path) -> None:
    command = ["sha256sum", "--check", "--strict", MANIFEST, TAGS]

    before = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=False)
    (bag / CSV).write_bytes(b"fact")
    after = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=False)

    names = ["data/case.json", DOCX, CSV, PDF, "bagit.txt", "bag-info.txt", MANIFEST]
    assert (before.returncode, before.stdout.splitlines()) == (0, [f"{name}: OK" for name in names])
    assert (after.returncode, f"{CSV}: FAILED" in after.stdout.splitlines()) == (1, True)


@pytest.mark.parametrize(
    ("case", "line"),
    [
        (ExternalKey("Byggesak", "47 11"), "Case-Key: Byggesak=47 11"),
        (SystemId("0f8fad5b-d9cb-469f-a165-70867728950e"), None),
    ],
)
def test_a_case_that_has_no_number_stands_there_by_its_own_word(
    case: CaseReference, line: str | None
) -> None:
    record = replace(case_record(), case=case)

    info = bag_files(Contents(record, {}))["bag-info.txt"].decode().splitlines()

    assert (line or "Case-Id: 0f8fad5b-d9cb-469f-a165-70867728950e") in info
    assert not any(each.startswith("Case-Number") for each in info)


def test_a_long_title_is_folded_between_words_and_read_back_whole(tmp_path: Path) -> None:
    title = "Ferjer på øyene 👩‍🚀 " * 90 + "x" * 200
    record = replace(case_record(), title=title)

    bag = laid_out(bag_files(Contents(record, {"a.txt": b"a"})), tmp_path / "bag")

    lines = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 79 and len(line.split()) > 2] == []
    assert " ".join(bagit.Bag(str(bag)).info["External-Description"].split()) == title
    assert found(bag) == []


def test_a_title_with_line_breaks_and_controls_says_nothing_but_itself(tmp_path: Path) -> None:
    title = "Ferjer\r\nPayload-Oxum: 1.1\u2028Edition-State: final\x00\x1b[31m\u202e"
    record = replace(case_record(), title=title)

    bag = laid_out(bag_files(Contents(record, {"a.txt": b"a"})), tmp_path / "bag")

    info = bagit.Bag(str(bag)).info
    assert info["External-Description"] == "Ferjer Payload-Oxum: 1.1 Edition-State: final[31m"
    assert info["Payload-Oxum"] == "1.1"
    assert found(bag) == []


# Judging


def flip(file: str, at: float) -> Callable[[Path], None]:
    """Change one byte, the file's length staying as it was."""

    def break_it(bag: Path) -> None:
        data = bytearray((bag / file).read_bytes())
        data[int(at * (len(data) - 1))] ^= 0x01
        (bag / file).write_bytes(data)

    return break_it


@pytest.mark.parametrize("at", [0.0, 0.3, 0.5, 0.8, 1.0])
@pytest.mark.parametrize(
    "file", [PDF, DOCX, CSV, "data/case.json", "bagit.txt", "bag-info.txt", MANIFEST, TAGS]
)
def test_one_changed_byte_is_found_wherever_it_is(bag: Path, file: str, at: float) -> None:
    flip(file, at)(bag)

    problems = bag_problems(bag)

    assert any(problem.fatal for problem in problems)
    named = [problem for problem in problems if file in problem.shown(bag)]
    assert named, f"nothing names {file}: {found(bag)}"


def add(name: str, data: bytes = b"x") -> Callable[[Path], None]:
    def break_it(bag: Path) -> None:
        laid_out({name: data}, bag)

    return break_it


def remove(name: str) -> Callable[[Path], None]:
    return lambda bag: (bag / name).unlink()


def link(name: str, target: str) -> Callable[[Path], None]:
    def break_it(bag: Path) -> None:
        (bag / name).unlink()
        (bag / name).symlink_to(target)

    return break_it


def line(text: str, name: str = MANIFEST) -> Callable[[Path], None]:
    """Add a line to a manifest, and vouch for it."""

    def break_it(bag: Path) -> None:
        with (bag / name).open("a", encoding="utf-8") as file:
            file.write(text)
        if name != TAGS:
            vouch(bag)

    return break_it


def info(old: str, new: str) -> Callable[[Path], None]:
    def break_it(bag: Path) -> None:
        rewrite(bag / "bag-info.txt", old, new)
        vouch(bag)

    return break_it


def declare(text: bytes) -> Callable[[Path], None]:
    def break_it(bag: Path) -> None:
        (bag / "bagit.txt").write_bytes(text)
        vouch(bag)

    return break_it


def second_manifest(change: Callable[[str], str]) -> Callable[[Path], None]:
    """Add a manifest of SHA-512, changed so; nobody vouches for it."""

    def break_it(bag: Path) -> None:
        paths = [re.split(" +", each)[1] for each in (bag / MANIFEST).read_text().splitlines()]
        lines = (f"{hashlib.sha512((bag / p).read_bytes()).hexdigest()}  {p}\n" for p in paths)
        (bag / "manifest-sha512.txt").write_text(change("".join(lines)), "utf-8")
        checksum = sha256(bag / "manifest-sha512.txt")
        line(f"{checksum}  manifest-sha512.txt\n", TAGS)(bag)

    return break_it


def sha256_of_declaration() -> str:
    return hashlib.sha256(bag_files(contents())["bagit.txt"]).hexdigest()


def other_encoding(bag: Path) -> None:
    rewrite(bag / MANIFEST, "data/council.nb.pdf", "data/råd.pdf")
    (bag / MANIFEST).write_bytes((bag / MANIFEST).read_text("utf-8").encode("latin-1"))
    (bag / PDF).rename(bag / "data/råd.pdf")
    vouch(bag)


def unknown_checksum(bag: Path) -> None:
    add("manifest-crc32.txt", b"abcdef01  data/case.json\n")(bag)
    line(f"{sha256(bag / 'manifest-crc32.txt')}  manifest-crc32.txt\n", TAGS)(bag)


def folder_for_file(bag: Path) -> None:
    (bag / PDF).unlink()
    (bag / PDF).mkdir()
    (bag / PDF / "inside").write_bytes(b"x")


def link_to_the_same(bag: Path) -> None:
    shutil.move(bag / PDF, bag.parent / "same")
    (bag / PDF).symlink_to("../../same")


def link_for_the_declaration(bag: Path) -> None:
    shutil.move(bag / "bagit.txt", bag.parent)
    (bag / "bagit.txt").symlink_to("../bagit.txt")


def linked_payload(bag: Path) -> None:
    shutil.move(bag / "data", bag.parent / "elsewhere")
    (bag / "data").symlink_to("../elsewhere")


def two_spellings(bag: Path) -> None:
    laid_out({"data/\u00e5.txt": b"x", "data/a\u030a.txt": b"x"}, bag)


def odd_names(bag: Path) -> None:
    laid_out({"data/a\x1b[31m\n.txt": b"x"}, bag)
    (bag / "data" / os.fsdecode(b"\xff.txt")).write_bytes(b"x")


HASH = "0" * 64
OK = hashlib.sha256(b"council.nb.pdf").hexdigest()
ACCEPTED = True  # by the library, too
FAULTS: dict[str, tuple[Callable[[Path], None], list[str], bool]] = {
    "a byte changed": (
        flip(PDF, 0.5),
        [f"{PDF}: has been changed: its sha256 isn't that in {MANIFEST}{AGAIN}"],
        False,
    ),
    "a byte of the description changed": (
        flip("bag-info.txt", 1.0),
        [f"bag-info.txt: has been changed: its sha256 isn't that in {TAGS}{AGAIN}"],
        False,
    ),
    "a file emptied": (
        lambda bag: (bag / PDF).write_bytes(b"") and None,
        [f"{PDF}: is empty: its sha256 isn't that in {MANIFEST}{AGAIN}"],
        False,
    ),
    "a file added": (
        add("data/extra.txt"),
        [f"data/extra.txt: is in no manifest: it was added later{OUT}"],
        False,
    ),
    "a file added in a folder": (
        add("data/more/extra.txt"),
        [f"data/more/extra.txt: is in no manifest: it was added later{OUT}"],
        False,
    ),
    "a file added beside the payload": (
        add("notes.txt"),
        [f"notes.txt: is in no manifest: it was added later{OUT}"],
        ACCEPTED,
    ),
    "a file that a file manager left": (
        add("data/.DS_Store"),
        [
            "data/.DS_Store: is in no manifest: it was added later\n  hint: delete it; macOS puts such files into folders"
        ],
        False,
    ),
    "a file removed": (remove(PDF), [f"{MANIFEST}:4: '{PDF}' is missing{AGAIN}"], False),
    "the description removed": (
        remove("bag-info.txt"),
        [f"{TAGS}:2: 'bag-info.txt' is missing{AGAIN}"],
        False,
    ),
    "the manifest removed": (
        remove(MANIFEST),
        [
            f".: has no payload manifest, such as {MANIFEST}{AGAIN}",
            f"{TAGS}:3: '{MANIFEST}' is missing{AGAIN}",
        ],
        False,
    ),
    "the tag manifest removed": (
        remove(TAGS),
        [f".: has no tag manifest, so changes in bag-info.txt and the manifests go unseen{AGAIN}"],
        ACCEPTED,
    ),
    "the declaration removed": (
        remove("bagit.txt"),
        [".: is no bag: it has no file bagit.txt\n  hint: name the folder of a bundle"],
        False,
    ),
    "a file renamed": (
        lambda bag: (bag / PDF).rename(bag / "data/Ferjer.pdf") and None,
        [
            f"data/Ferjer.pdf: was called '{PDF}' when it was packed\n  hint: give it back the name '{PDF}'"
        ],
        False,
    ),
    "a folder where a file was": (
        folder_for_file,
        [
            f"{PDF}: is a folder; it was a file when it was packed{AGAIN}",
            f"{PDF}/inside: is in no manifest: it was added later{OUT}",
        ],
        False,
    ),
    "an empty folder": (
        lambda bag: (bag / "data/new").mkdir(),
        [".: warning: 'data/new' is an empty folder\n  hint: delete it: no manifest can list it"],
        ACCEPTED,
    ),
    "a link within the bag": (
        link(PDF, "council.nb.docx"),
        [f".: '{PDF}' is a link; a bag holds the files themselves{AGAIN}"],
        False,
    ),
    "a link to the same content": (
        link_to_the_same,
        [f".: '{PDF}' is a link; a bag holds the files themselves{AGAIN}"],
        False,
    ),
    "a link for the declaration": (
        link_for_the_declaration,
        [
            f".: 'bagit.txt' is a link; a bag holds the files themselves{AGAIN}",
            ".: is no bag: it has no file bagit.txt\n  hint: name the folder of a bundle",
        ],
        ACCEPTED,
    ),
    "a linked payload": (
        linked_payload,
        [f".: 'data' is a link; a bag holds the files themselves{AGAIN}"],
        False,
    ),
    "two spellings of one name": (
        two_spellings,
        [
            ".: 'data/å.txt' is there twice, with accents spelt in two ways",
            f"data/å.txt: is in no manifest: it was added later{OUT}",
        ],
        False,
    ),
    "names that can't be shown": (
        odd_names,
        [
            f".: 'data/\\udcff.txt' is in no manifest: it was added later{OUT}",
            f".: 'data/a\\x1b[31m\\n.txt' is in no manifest: it was added later{OUT}",
        ],
        False,
    ),
    "a path up": (
        line(f"{HASH}  data/../../x\n"),
        [f"{MANIFEST}:5: lists 'data/../../x', which may lead out of the bag"],
        False,
    ),
    "a path to a neighbour": (
        line(f"{HASH}  ../bag-2/x\n"),
        [f"{MANIFEST}:5: lists '../bag-2/x', which may lead out of the bag"],
        False,
    ),
    "a path from the root": (
        line(f"{HASH}  /etc/passwd\n"),
        [f"{MANIFEST}:5: lists '/etc/passwd', which may lead out of the bag"],
        False,
    ),
    "a path home": (
        line(f"{HASH}  ~/.bashrc\n"),
        [f"{MANIFEST}:5: lists '~/.bashrc', which may lead out of the bag"],
        False,
    ),
    "a path on a drive": (
        line(f"{HASH}  C:\\x\n"),
        [f"{MANIFEST}:5: lists 'C:\\x', which may lead out of the bag"],
        False,
    ),
    "a path up on Windows": (
        line(f"{HASH}  data\\..\\..\\x\n"),
        [f"{MANIFEST}:5: lists 'data\\..\\..\\x', which may lead out of the bag"],
        False,
    ),
    "an encoded path up": (
        line(f"{HASH}  data/%2e%2e/%2E%2E/x\n"),
        [f"{MANIFEST}:5: lists 'data/%2e%2e/%2E%2E/x', which may lead out of the bag"],
        False,
    ),
    "a path up in the tag manifest": (
        line(f"{HASH}  ../bag/bagit.txt\n", TAGS),
        [f"{TAGS}:4: lists '../bag/bagit.txt', which may lead out of the bag"],
        False,
    ),
    "a path up and down again": (
        line(f"{OK}  data/../{PDF}\n"),
        [f"{MANIFEST}:5: lists 'data/../{PDF}', which may lead out of the bag"],
        False,
    ),
    "a path with a sign that ends it": (
        line(f"{HASH}  data/x\0y\n"),
        [f"{MANIFEST}:5: lists 'data/x\\x00y', which may lead out of the bag"],
        False,
    ),
    "a tag manifest in the tag manifest": (
        line(f"{HASH}  {TAGS}\n", TAGS),
        [f"{TAGS}:4: lists '{TAGS}', which is no file of the bag's own"],
        False,
    ),
    "a payload path outside data": (
        line(f"{sha256_of_declaration()}  bagit.txt\n"),
        [f"{MANIFEST}:5: lists 'bagit.txt', which isn't below data/"],
        False,
    ),
    "a payload path in the tag manifest": (
        line(f"{OK}  {PDF}\n", TAGS),
        [f"{TAGS}:4: lists '{PDF}', which is no file of the bag's own"],
        False,
    ),
    "a line twice": (
        line(f"{OK}  {PDF}\n"),
        [f"{MANIFEST}:5: lists '{PDF}' a second time, after line 4"],
        False,
    ),
    "a path twice with two checksums": (
        line(f"{HASH}  {PDF}\n"),
        [f"{MANIFEST}:5: lists '{PDF}' a second time, after line 4"],
        False,
    ),
    "a path twice, once roundabout": (
        line(f"{OK}  data/./council.nb.pdf\n"),
        [f"{MANIFEST}:5: lists '{PDF}' a second time, after line 4"],
        False,
    ),
    "a line without a path": (
        line(f"{HASH}\n"),
        [f"{MANIFEST}:5: is no sha256 checksum with a path: '{HASH}'"],
        ACCEPTED,
    ),
    "a checksum that isn't one": (
        line(f"nonsense  {PDF}\n"),
        [f"{MANIFEST}:5: is no sha256 checksum with a path: 'nonsense  {PDF}'"],
        False,
    ),
    "a checksum of another length": (
        line("abcdef  data/x\n"),
        [f"{MANIFEST}:5: is no sha256 checksum with a path: 'abcdef  data/x'"],
        False,
    ),
    "a line of no sense": (
        line("\x1b[31m" + "x" * 300 + "\n"),
        [
            f"{MANIFEST}:5: is no sha256 checksum with a path: '\\x1b[31mxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"
        ],
        ACCEPTED,
    ),
    "a manifest in another encoding": (
        other_encoding,
        [f"{MANIFEST}: isn't written in UTF-8, as bagit.txt declares"],
        False,
    ),
    "an unknown checksum": (
        unknown_checksum,
        [
            "manifest-crc32.txt: holds checksums of 'crc32', which isn't known here\n  hint: md5, sha1, sha256 and sha512 are usual"
        ],
        ACCEPTED,
    ),
    "manifests that disagree": (
        second_manifest(lambda text: text.replace(text.splitlines()[3][:8], "00000000")),
        [f"manifest-sha512.txt:4: disagrees on '{PDF}' with {MANIFEST}, which is right{AGAIN}"],
        False,
    ),
    "manifests that list other files": (
        second_manifest(lambda text: "".join(text.splitlines(keepends=True)[:3])),
        [f"manifest-sha512.txt: doesn't list '{PDF}', as another manifest does{AGAIN}"],
        ACCEPTED,
    ),
    "a wrong count of bytes": (
        info("51.4", "52.4"),
        [f"bag-info.txt:6: Payload-Oxum is 52.4; the payload has 51.4{AGAIN}"],
        False,
    ),
    "a wrong count of files": (
        info("51.4", "51.5"),
        [f"bag-info.txt:6: Payload-Oxum is 51.5; the payload has 51.4{AGAIN}"],
        False,
    ),
    "a count that isn't one": (
        info("51.4", "many"),
        ["bag-info.txt:6: Payload-Oxum must be bytes and files such as 279164.7, not 'many'"],
        False,
    ),
    "two counts": (
        info("Case-Number", "Payload-Oxum: 51.4\nCase-Number"),
        ["bag-info.txt:8: says a second time what the payload counts (Payload-Oxum)"],
        ACCEPTED,
    ),
    "a description without a colon": (
        info("Case-Number:", "Case-Number"),
        ["bag-info.txt:8: is no label and value with a colon between: 'Case-Number 2026/1234'"],
        False,
    ),
    "a version to come": (
        declare(b"BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n"),
        ["bagit.txt:1: is of BagIt version 2.0; 0.97 and 1.0 can be checked"],
        False,
    ),
    "no version": (
        declare(b"Tag-File-Character-Encoding: UTF-8\n"),
        [
            "bagit.txt: must hold two lines such as 'BagIt-Version: 1.0' and 'Tag-File-Character-Encoding: UTF-8'"
        ],
        False,
    ),
    "a mark of byte order": (
        declare(b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        [
            "bagit.txt: must hold two lines such as 'BagIt-Version: 1.0' and 'Tag-File-Character-Encoding: UTF-8'"
        ],
        False,
    ),
    "an unknown encoding": (
        declare(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: runes\n"),
        ["bagit.txt:2: names 'runes', which is no encoding of text that is known here"],
        False,
    ),
    "an encoding of no text": (
        declare(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: rot13\n"),
        ["bagit.txt:2: names 'rot13', which is no encoding of text that is known here"],
        False,
    ),
}


@pytest.mark.parametrize(("break_it", "messages", "accepted"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_told_whole_and_the_library_is_asked_too(
    bag: Path, break_it: Callable[[Path], None], messages: list[str], *, accepted: bool
) -> None:
    break_it(bag)

    assert found(bag) == messages
    assert library_accepts(bag) is accepted


def test_what_is_no_file_of_data_is_not_opened(bag: Path) -> None:
    os.mkfifo(bag / "data/pipe")  # whoever opens it waits for ever

    assert found(bag) == [".: 'data/pipe' is no file of data"]


@pytest.mark.parametrize("name", ["nothing", "bag/bagit.txt"])
def test_what_is_no_folder_is_no_bag(bag: Path, name: str) -> None:
    place = bag.parent / name

    problems = bag_problems(place)

    shown = [problem.shown(bag.parent) for problem in problems]
    assert shown == [f"{name}: is no folder\n  hint: name the folder of a bundle"]


def test_a_folder_without_anything_is_no_bag(tmp_path: Path) -> None:
    assert found(tmp_path) == [
        ".: is no bag: it has no file bagit.txt\n  hint: name the folder of a bundle"
    ]


def test_nothing_outside_the_bag_is_read(bag: Path) -> None:
    outside = bag.parent / "outside"
    outside.write_bytes(b"secret")
    (bag / MANIFEST).write_text(f"{sha256(outside)}  data/../../outside\n", "utf-8")
    outside.chmod(0)

    messages = "\n".join(found(bag))

    assert "lists 'data/../../outside', which may lead out of the bag" in messages
    assert "can't be read" not in messages


def test_the_library_tells_its_users_nothing(
    bag: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bagit.LOGGER.disabled = False

    bag_problems(bag)
    (bag / PDF).write_bytes(b"x")
    bag_problems(bag)

    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_what_only_the_library_objects_to_is_told_in_its_words(bag: Path) -> None:
    add("data/x ")(bag)  # it takes the space at the end for the line's own
    line(f"{sha256(bag / 'data/x ')}  data/x \n")(bag)
    info("51.4", "52.5")(bag)

    said = (
        "Bag is incomplete: data/x exists in manifest but was not found on filesystem; "
        "data/x  exists on filesystem but is not in the manifest"
    )
    assert found(bag) == [f".: bagit {bagit.VERSION} refuses it: '{said}'"]


# Bags of others


@pytest.mark.parametrize("algorithms", [["sha256"], ["sha512"], ["md5", "sha1"], ["sha3_256"]])
def test_a_bag_that_the_library_made_is_right(tmp_path: Path, algorithms: list[str]) -> None:
    bag = laid_out({"Råd og vink.txt": "æ".encode(), "sub/b c.txt": b"", "\u00e5": b"x"}, tmp_path)

    bagit.LOGGER.disabled = True
    bagit.make_bag(str(bag), {"Source-Organization": "Havn"}, checksums=algorithms)

    assert (bag / "bagit.txt").read_text("utf-8").startswith("BagIt-Version: 0.97\n")
    assert found(bag) == []
    (bag / "data/sub/b c.txt").write_bytes(b"x")
    told = " and ".join(f"its {each} isn't that in manifest-{each}.txt" for each in algorithms)
    assert found(bag) == [f"data/sub/b c.txt: has been changed: {told}{AGAIN}"]


def test_until_version_1_a_file_need_be_in_one_manifest_only_and_may_be_there_twice(
    tmp_path: Path,
) -> None:
    bag = laid_out({"a.txt": b"a", "b.txt": b"b"}, tmp_path)
    bagit.make_bag(str(bag), checksums=["sha256", "sha512"])
    lines = (bag / MANIFEST).read_text("utf-8").splitlines(keepends=True)
    (bag / MANIFEST).write_text("".join([lines[0], lines[0]]), "utf-8")
    bagit.Bag(str(bag)).save()  # vouches for the manifests as they are

    assert found(bag) == []
    assert library_accepts(bag)


def test_capitals_in_checksums_and_a_mark_of_byte_order_do_no_harm(bag: Path) -> None:
    checksums = re.sub(
        rb"(?m)^[0-9a-f]+", lambda each: each[0].upper(), (bag / MANIFEST).read_bytes()
    )
    (bag / MANIFEST).write_bytes(b"\xef\xbb\xbf" + checksums)
    vouch(bag)

    assert found(bag) == []
    assert library_accepts(bag)


def test_a_bag_in_another_encoding_is_right(bag: Path) -> None:
    add("data/råd.txt", b"x")(bag)
    line(f"{sha256(bag / 'data/råd.txt')}  data/råd.txt\n")(bag)
    for name in (MANIFEST, "bag-info.txt"):
        (bag / name).write_bytes((bag / name).read_text("utf-8").encode("latin-1"))
    rewrite_latin(bag)

    assert found(bag) == []
    assert library_accepts(bag)


def rewrite_latin(bag: Path) -> None:
    """Declare Latin-1, with the count of the payload as it is now."""
    declaration = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n"
    (bag / "bagit.txt").write_bytes(declaration)
    text = (bag / "bag-info.txt").read_bytes().replace(b"51.4", b"52.5")
    (bag / "bag-info.txt").write_bytes(text)
    vouch(bag)


def test_a_name_that_macos_spells_in_its_own_way_is_the_same_name(bag: Path) -> None:
    laid_out({"data/a\u030a.txt": b"x"}, bag)
    line(f"{hashlib.sha256(b'x').hexdigest()}  data/\u00e5.txt\n")(bag)
    info("51.4", "52.5")(bag)

    assert found(bag) == []
    assert library_accepts(bag)


def test_signs_that_manifests_encode_are_decoded_by_the_rules_of_the_version(
    tmp_path: Path,
) -> None:
    names = ["100%.txt", "a\nb.txt", "a\rb.txt", "%0A.txt", "c d.txt"]
    record = case_record()
    files = bag_files(Contents(record, {name: name.encode() for name in names}))
    new = laid_out(files, tmp_path / "new")
    old = laid_out({"100%.txt": b"x", "a\nb.txt": b"y", "%25.txt": b"z"}, tmp_path / "old")
    bagit.make_bag(str(old))

    assert b"  data/100%25.txt\n" in files[MANIFEST]
    assert b"  data/a%0Ab.txt\n" in files[MANIFEST]
    assert b"  data/%250A.txt\n" in files[MANIFEST]
    assert found(new) == []
    assert found(old) == []


# Random manifests

PATHS = st.text(
    st.sampled_from("abæ%./\\~:0AD25 \t\r\n\x00\u202e"), min_size=1, max_size=12
) | st.sampled_from(["../x", "data/../../x", "%2e%2e/x", PDF, "/x", "~/x", "c:/x"])


@settings(max_examples=80, deadline=None)
@given(checksum=st.sampled_from([OK, HASH, "", "zz"]), path=PATHS, gap=st.sampled_from(" \t*"))
def test_no_line_of_a_manifest_makes_the_judge_stumble(
    tmp_path_factory: pytest.TempPathFactory, checksum: str, path: str, gap: str
) -> None:
    bag = laid_out(bag_files(contents()), tmp_path_factory.getbasetemp() / "random-lines")
    with (bag / MANIFEST).open("ab") as file:
        file.write(f"{checksum} {gap}{path}\n".encode())
    vouch(bag)

    problems = bag_problems(bag)

    assert all("\n" not in problem.what and "\x00" not in problem.what for problem in problems)
    assert problems or library_accepts(bag)
