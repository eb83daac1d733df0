"""Encodings are told from all bytes, not from a sample."""

import pytest

from desktop_app.readers.encodings import BadByte, detect, first_bad_byte

CHINESE = "账户,额度\n甲,100\n"


def found(data: bytes, size: int = 7):
    blocks = [data[n : n + size] for n in range(0, len(data), size)] or [b""]
    result = detect(lambda: blocks)
    return result.name, result.codec


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "gb18030")],
)
def test_encoding_is_detected(codec, name):
    assert found(CHINESE.encode(codec), 4096)[0] == name


def test_utf16_without_a_mark_is_detected():
    assert found("id,limit,balance\n1,2,3\n".encode("utf-16-be"), 4096) == ("utf-16", "utf-16-be")


def test_characters_cut_by_blocks_are_whole():
    assert found(("a" * 6 + "𠀀额").encode("gb18030"))[0] == "gb18030"


def test_late_byte_decides():
    assert found(b"a" * 100_000 + "额".encode("gb18030"), 4096)[0] == "gb18030"


def test_neither_is_latin1_and_uncertain():
    result = detect(lambda: [b"caf\xe9\n\xff\xff\n"])
    assert (result.name, result.certain) == ("latin-1", False)


@pytest.mark.parametrize(
    "text", ["Straße;Königsallee\nHauptstraße;Düsseldorf\n", "São Paulo;Córdoba\nMálaga;Asunción\n"]
)
def test_accents_among_letters_are_latin1_and_uncertain(text):
    data = text.encode("latin-1")
    result = detect(lambda: [data])
    assert (result.name, result.certain) == ("latin-1", False)


def test_rare_characters_are_gb18030_still():
    assert found("姓名,地址\n張愛玲,臺灣\n喆,镕基\n".encode("gb18030"))[0] == "gb18030"


def test_bad_byte_has_offset_and_line():
    data = "甲,1\n乙,2\n".encode("gb18030") + b"\xff\xff\n"
    assert first_bad_byte([data[:3], data[3:]], "gb18030") == BadByte(offset=10, line=3)


def test_good_bytes_have_no_bad_one():
    assert first_bad_byte([CHINESE.encode("gb18030")], "gb18030") is None
