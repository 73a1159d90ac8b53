from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain import identifiers

bodies = st.text(identifiers.CODE_ALPHABET, min_size=8, max_size=8)
three_letters = st.text(string.ascii_uppercase, min_size=3, max_size=3)


class TestUlns:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("1000000043", "1000000043"),
            (" 1000 000 043 ", "1000000043"),
            ("\u00a01000000000", "1000000000"),
            ("1000000019", "1000000019"),
            ("1000000027", "1000000027"),
        ],
    )
    def test_good_ones_come_back_bare(self, text, number):
        assert identifiers.check_uln(text) == number

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("1000000063", "last digit does not fit"),
            ("1000000042", "last digit does not fit"),
            ("0000000043", "first digit is never 0"),
            ("100000004", "ten digits"),
            ("10000000431", "ten digits"),
            ("100000004X", "ten digits"),
            ("١٠٠٠٠٠٠٠٤٣", "ten digits"),
            ("", "ten digits"),
        ],
    )
    def test_bad_ones_are_refused_in_words(self, text, sentence):
        with pytest.raises(ValueError, match=sentence):
            identifiers.check_uln(text)

    def test_the_temporary_one_is_let_through_and_known(self):
        assert identifiers.check_uln("9999999999") == "9999999999"
        assert identifiers.is_temporary_uln("9999999999")
        assert not identifiers.is_temporary_uln("1000000043")

    @given(st.integers(100_000_000, 999_999_999))
    def test_at_most_one_last_digit_fits(self, first_nine):
        fitting = []
        for digit in "0123456789":
            try:
                fitting.append(identifiers.check_uln(f"{first_nine}{digit}"))
            except ValueError:
                continue
        assert len([uln for uln in fitting if uln != identifiers.TEMPORARY_ULN]) <= 1


class TestPublishedCodes:
    def test_a_ukprn_of_an_invented_provider_is_known_by_its_first_four(self):
        assert identifiers.is_invented_ukprn("19990001")
        assert not identifiers.is_invented_ukprn("10003375")

    def test_a_ukprn_has_eight_digits_and_begins_with_1(self):
        assert identifiers.check_ukprn(" 10003375 ") == "10003375"
        for text in ("1000337", "20003375", "1000337X", ""):
            with pytest.raises(ValueError, match="eight digits and begins with 1"):
                identifiers.check_ukprn(text)

    @pytest.mark.parametrize(
        ("text", "code"), [("ST0116", "ST0116"), ("fa 0004", "FA0004"), ("au0009\u00a0", "AU0009")]
    )
    def test_standards_foundations_and_units_are_known_by_shape(self, text, code):
        assert identifiers.check_standard_code(text) == code

    @pytest.mark.parametrize("text", ["ST116", "XX0116", "0116", "ST0116_1.2", ""])
    def test_other_shapes_are_no_standard(self, text):
        with pytest.raises(ValueError, match="is not a standard"):
            identifiers.check_standard_code(text)

    @pytest.mark.parametrize(
        ("text", "code"), [("91", "91"), (" 0091\u00a0", "91"), ("zsc00009", "ZSC00009")]
    )
    def test_a_lars_code_is_a_number_or_that_of_a_unit(self, text, code):
        assert identifiers.check_lars_code(text) == code

    @pytest.mark.parametrize("text", ["", "0", "-1", "91.5", "123456", "ST0116", "ZSC9", "n/a"])
    def test_other_shapes_are_no_lars_code(self, text):
        with pytest.raises(ValueError, match="is not a LARS code"):
            identifiers.check_lars_code(text)

    @pytest.mark.parametrize(
        ("text", "version"),
        [("1.2", "1.2"), ("v1.2", "1.2"), ("1", "1.0"), ("V2", "2.0"), ("1.10", "1.10")],
    )
    def test_a_version_keeps_its_point(self, text, version):
        assert identifiers.check_version(text) == version

    @pytest.mark.parametrize("text", ["", "one", "1.2.3", "1,2"])
    def test_other_shapes_are_no_version(self, text):
        with pytest.raises(ValueError, match="is not a version"):
            identifiers.check_version(text)

    def test_a_gss_code_is_a_letter_and_eight_digits(self):
        assert identifiers.check_gss(" e09000012") == "E09000012"
        for text in ("E0900012", "09000012", "X09000012", "Hackney"):
            with pytest.raises(ValueError, match="is not a borough's GSS code"):
                identifiers.check_gss(text)


class TestOurOwnCodes:
    def test_a_code_is_letters_eight_characters_and_a_check(self):
        code = identifiers.make_code("HCK", "7F3KQ2WD")
        assert code == "HCK-7F3KQ2WD-5"
        assert identifiers.check_code(code) == code

    @pytest.mark.parametrize(
        ("letters", "body"), [("hck", "7F3KQ2WD"), ("HC", "7F3KQ2WD"), ("HCK", "7F3KQ2W")]
    )
    def test_parts_of_another_shape_make_no_code(self, letters, body):
        with pytest.raises(ValueError, match="is not"):
            identifiers.make_code(letters, body)

    def test_letters_that_are_misread_make_no_code(self):
        with pytest.raises(ValueError, match="characters of a code"):
            identifiers.make_code("HCK", "7F3KQ2WU")

    def test_new_codes_are_drawn_from_the_given_chance(self):
        drawn = identifiers.new_code("XMP", random.Random(1))
        assert drawn == identifiers.new_code("XMP", random.Random(1))
        assert drawn != identifiers.new_code("XMP", random.Random(2))
        assert identifiers.check_code(drawn) == drawn

    @given(three_letters, bodies)
    def test_a_code_typed_by_hand_is_read_as_it_was_meant(self, letters, body):
        code = identifiers.make_code(letters, body)
        typed = code[:4] + code[4:].replace("1", "l").replace("0", "o")
        assert identifiers.check_code(f" {typed.lower()} ") == code

    @given(three_letters, bodies)
    def test_every_single_wrong_character_is_caught(self, letters, body):
        code = identifiers.make_code(letters, body)
        for place, right in enumerate(code):
            for wrong in string.ascii_uppercase + string.digits + "-":
                changed = code[:place] + wrong + code[place + 1 :]
                meant = right if place < 4 else {"I": "1", "L": "1", "O": "0"}.get(wrong, wrong)
                if wrong == right or (place >= 4 and meant == right):
                    continue
                with pytest.raises(ValueError, match=r"is not a code|wrong or swapped"):
                    identifiers.check_code(changed)

    @given(three_letters, bodies)
    def test_every_swap_of_neighbours_is_caught(self, letters, body):
        code = identifiers.make_code(letters, body)
        plain = code.replace("-", "")
        for place in range(len(plain) - 1):
            if plain[place] == plain[place + 1]:
                continue
            swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
            with pytest.raises(ValueError, match=r"is not a code|wrong or swapped"):
                identifiers.check_code(f"{swapped[:3]}-{swapped[3:11]}-{swapped[11]}")

    @pytest.mark.parametrize("text", ["", "HCK", "HCK7F3KQ2WD5", "HCK-7F3KQ2W-5", "H1K-7F3KQ2WD-5"])
    def test_other_shapes_are_no_code(self, text):
        with pytest.raises(ValueError, match="is not a code of this program"):
            identifiers.check_code(text)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("loti", "LOTI"),
        (" Technology  Employer", "technology employer"),
        ("e09000012", "E09000012"),
    ],
)
def test_a_host_is_loti_a_borough_or_a_technology_employer(text, host):
    assert identifiers.check_host(text) == host


@pytest.mark.parametrize("text", ["", "Hackney", "a firm"])
def test_what_is_no_host_says_what_one_can_be(text):
    with pytest.raises(ValueError, match="write LOTI, a borough's GSS code"):
        identifiers.check_host(text)
