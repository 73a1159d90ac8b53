from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import add_months, parse_day
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.identifiers import check_uln
from apprentice_desk.domain.needs import need_rules_on
from apprentice_desk.domain.off_the_job import Activity, Basis
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Characteristic, LeavingGroup, RoleFamily
from apprentice_desk.resources import lists


def entry(text: str) -> resources.Entry:
    return resources.Entry(resources.parse_toml(text, "some.toml"), "some.toml")


class TestFindingTheFolder:
    def test_in_the_source_tree_it_stands_at_the_top(self, tmp_path):
        package = tmp_path / "src" / "apprentice_desk"
        package.mkdir(parents=True)
        (tmp_path / "resources").mkdir()
        assert resources.find_folder(package, None) == tmp_path / "resources"

    def test_in_a_wheel_it_stands_inside_the_package(self, tmp_path):
        package = tmp_path / "site-packages" / "apprentice_desk"
        (package / "_resources").mkdir(parents=True)
        (tmp_path / "resources").mkdir()  # a neighbour's, which must not be taken
        assert resources.find_folder(package, None) == package / "_resources"

    def test_frozen_it_stands_where_the_program_was_unpacked(self, tmp_path):
        (tmp_path / "resources").mkdir()
        assert resources.find_folder(Path("/nowhere"), str(tmp_path)) == tmp_path / "resources"

    @pytest.mark.parametrize("is_frozen", [True, False])
    def test_without_it_the_program_says_so(self, tmp_path, is_frozen):
        with pytest.raises(Problem, match="own files are missing"):
            resources.find_folder(tmp_path / "a" / "b", str(tmp_path) if is_frozen else None)

    def test_this_program_finds_its_own(self):
        assert resources.path("lists", "boroughs.toml").is_file()

    def test_a_file_that_is_not_there_is_named(self):
        with pytest.raises(Problem, match=r"lists/no\.toml cannot be read"):
            resources.load_toml("lists", "no.toml")

    def test_the_window_finds_its_files_without_waiting_for_the_lists(self):
        seen = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys; from apprentice_desk import resources; resources.path('theme');"
                "print(*[name for name in sys.modules if name.startswith('apprentice_desk')])",
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        assert sorted(seen.stdout.split()) == [
            "apprentice_desk",
            "apprentice_desk.domain",
            "apprentice_desk.domain.problems",
            "apprentice_desk.resources",
            "apprentice_desk.resources.files",
        ]

    def test_every_promised_name_is_there_and_no_other(self):
        for name in resources.__all__:
            assert getattr(resources, name) is not None
        with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
            _ = resources.nothing


class TestBrokenFiles:
    def test_a_file_that_is_no_toml_is_named(self):
        with pytest.raises(Problem, match=r"some\.toml is not in order: .*line 1"):
            resources.parse_toml("a = \nb = 1", "some.toml")

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("text", "key = 5"),
            ("text", "key = ' '"),
            ("number", "key = '5'"),
            ("number", "key = true"),
            ("number", "key = -1"),
            ("fraction", "key = 'a lot'"),
            ("fraction", "key = '1/0'"),
            ("fraction", "key = 0.2"),
            ("fraction", "key = '-1'"),
            ("day", "key = '2026-07-02'"),
            ("day", "key = 2026-07-02T10:00:00"),
            ("yes_no", "key = 1"),
            ("entries", "key = 5"),
            ("entries", "key = []"),
            ("entries", "key = [5]"),
            ("table", "key = 5"),
            ("table", "[key]"),
            ("texts", "key = 'one'"),
            ("texts", "key = []"),
            ("texts", "key = ['one', 2]"),
            ("texts", "key = ['']"),
        ],
    )
    def test_a_value_of_another_kind_is_named(self, kind, text):
        with pytest.raises(Problem, match=r"^some\.toml: key"):
            getattr(entry(text), kind)("key")

    @pytest.mark.parametrize(
        "kind", ["text", "number", "fraction", "day", "yes_no", "entries", "table", "texts"]
    )
    def test_a_missing_key_is_named(self, kind):
        with pytest.raises(Problem, match=r"^some\.toml: key is missing"):
            getattr(entry("other = 1"), kind)("key")

    def test_a_word_that_is_not_in_its_list_is_named_with_the_list(self):
        with pytest.raises(Problem, match="key is “pay”, not one of: contracted share; capped"):
            entry("key = 'pay'").word("key", Basis)

    def test_a_value_that_a_check_refuses_is_named_with_the_reason(self):
        with pytest.raises(Problem, match="key is wrong: “12” is not a ULN: it has ten digits"):
            entry("key = '12'").checked("key", check_uln)

    def test_a_misspelt_key_is_named(self):
        rule = entry("vaild_to = 2026-07-02")
        assert not rule.has("valid_to")
        with pytest.raises(Problem, match="vaild_to is not a key that the program knows"):
            rule.end()

    def test_good_values_come_back_as_they_are(self):
        good = entry(
            "a = 'text'\nb = 5\nc = '1/5'\nd = 2026-07-02\ne = true\nf = ['x']\ng = 2\n[h]\ni = 1"
        )
        assert good.text("a") == "text"
        assert good.number("b", least=5) == 5
        assert good.fraction("c") == Fraction(1, 5)
        assert good.day("d") == date(2026, 7, 2)
        assert good.yes_no("e") is True
        assert good.texts("f") == ["x"]
        assert good.fraction("g") == 2
        assert good.table("h") == {"i": 1}
        good.end()

    def read_rules(self, change, other=lambda text: text):
        rules = change(resources.read_text("rules", "off_the_job.toml"))
        published = other(resources.read_text("rules", "published_minimums.toml"))
        return resources.read_hours_rules(entry(rules), entry(published))

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("valid_to = 2022-07-31\n", "", "overlap"),
            ("valid_to = 2022-07-31", "valid_to = 2022-08-01", "begins before"),
            ("valid_from = 2025-08-01\n", "", "overlap"),
            ('share = "1/5"\nleave', "leave", "rule 1: share is missing"),
            ("cap_weekly_hours = 30\n", "", "rule 2: cap_weekly_hours is missing"),
            ('basis = "published"', 'basis = "printed"', "rule 3: basis is “printed”"),
            ('activity = "leave"', 'activity = "simulation"', "says nothing about “leave”"),
            ('activity = "leave"', 'activity = "holiday"', "counting 19: activity is “holiday”"),
            ("slipping_weeks = 2", "slipping_wekes = 2", "limits 1: slipping_weeks is missing"),
        ],
    )
    def test_rules_of_hours_that_do_not_fit_together_are_named(self, old, new, message):
        def change(text: str) -> str:
            assert old in text
            return text.replace(old, new, 1)

        with pytest.raises(Problem, match=message):
            self.read_rules(change)

    def test_a_published_figure_with_a_wrong_standard_is_named(self):
        with pytest.raises(Problem, match="figure 1: standard is wrong: “ST119”"):
            self.read_rules(lambda text: text, lambda text: text.replace("ST0119", "ST119"))

    def test_unchanged_they_are_in_order(self):
        assert self.read_rules(lambda text: text) == resources.hours_rules()

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ('name = "weekend"', 'name = "week"', "check 7: name is “week”, not one of"),
            ('name = "weekend"', 'name = "bank holiday"', "check says nothing about “weekend”"),
            (
                'name = "after the end"\nvalid_from = 2010-01-01\n',
                'name = "after the end"\n',
                "check 1: valid_from is missing",
            ),
            ("valid_from = 2010-01-01", "valid_from = 1010-01-01", "check 1: valid_from is 1010-"),
            ("valid_from = 2010-01-01", "valid_from = 2010", "check 1: valid_from is not a day"),
            (
                "decides = true\nrule",
                "decides = 1\nrule",
                "check 1: decides is neither true nor false",
            ),
            ("decides = true\nrule", "decide = true\nrule", "check 1: decides is missing"),
            ("working_days = 5", "working_days = 8", "working_days is more than a week has"),
            ('"07:00"', '"7"', "usual_from is wrong: “7” is not a time of day such as 07:00"),
            ('"07:00"', '"19:00"', "usual_to is not after usual_from"),
            ("least_words = 3", "least_words = 3\nmost_words = 9", "most_words is not a key"),
            ('share = "0.9"', 'share = "1"', "same_length_share leaves nothing"),
            ("longer_times = 3", "longer_times = 0.3", "longer_times is not a number"),
            ("starts_to = 2022-07-31", "starts_to = 2022-07-30", "month from 2022-08-01 does not"),
            ("starts_to = 2022-07-31\n", "", "month from 2022-08-01 does not follow"),
            (
                "starts_to = 2025-07-31",
                "starts_to = 2205-07-31",
                "starts_to is 2205-07-31, outside",
            ),
            ("[[check]]", "[[chekc]]", "chekc is not a key"),
        ],
    )
    def test_rules_of_counting_that_are_not_in_order_are_named(self, old, new, message):
        text = resources.read_text("rules", "counting.toml")
        assert old in text
        with pytest.raises(Problem, match=f"some.toml.*({message})"):
            resources.read_counting_rules(entry(text.replace(old, new, 1)), resources.hours_rules())

    @pytest.mark.parametrize("key", ["check", "day", "log"])
    def test_two_rules_of_counting_from_one_day_are_named(self, key):
        text = resources.read_text("rules", "counting.toml")
        twice = text[text.index(f"[[{key}]]") :].split("\n\n")[0]
        with pytest.raises(Problem, match=f"{key} has two rules of a kind from the same day"):
            resources.read_counting_rules(entry(f"{text}\n{twice}"), resources.hours_rules())

    HEADINGS = "reference,title,level,typical_months,max_funding_gbp,version,status,route\n"

    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            ("XX1,Baker,2,12,5000,1.0,Live,\n", "new.csv, row 2, column reference: “XX1”"),
            (",Baker,2,12,5000,1.0,Live,\n", "row 2: the reference or the title is empty"),
            ("ST0001,,2,12,5000,1.0,Live,\n", "row 2: the reference or the title is empty"),
            ("ST0001,Baker,two,12,5000,1.0,Live,\n", "row 2, column level: “two”"),
            ("ST0001,Baker,2,1.5,5000,1.0,Live,\n", "row 2, column typical_months: “1.5”"),
            ("ST0001,Baker,2,12,lots,1.0,Live,\n", "row 2, column max_funding_gbp: “lots”"),
            ("ST0001,Baker,2,12,5000,new,Live,\n", "row 2, column version: “new”"),
            (
                "ST0001,Baker,2,12,5000,1.0,Live,\nST0001,Baker,2,12,5000,1.0,Live,\n",
                "row 3: ST0001 stands there twice",
            ),
        ],
    )
    def test_a_wrong_cell_in_a_list_of_standards_is_named(self, rows, message):
        with pytest.raises(Problem, match=message):
            resources.read_standards(self.HEADINGS + rows, "new.csv")

    def test_a_missing_column_is_named(self):
        with pytest.raises(Problem, match=r"new\.csv has no column version"):
            resources.read_standards(self.HEADINGS.replace(",version", ""), "new.csv")
        with pytest.raises(Problem, match=r"new\.csv has no column reference"):
            resources.read_standards("", "new.csv")

    def test_a_short_row_is_read_as_far_as_it_goes(self):
        (standard,) = resources.read_standards(f"\ufeff{self.HEADINGS}st0001,Baker\n", "new.csv")
        assert (standard.code, standard.title, standard.level) == ("ST0001", "Baker", None)
        assert (standard.version, standard.status, standard.max_funding) == ("", "", None)

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("E09000002", "E09000001", "borough has the same code twice: E09000001"),
            ('"Barnet"', '"Brent"', "borough has the same name twice: Brent"),
            ('"BNE"', '"BEN"', "borough has the same letters twice: BEN"),
            ('"BNE"', '"bne"', "borough 3: letters is not three capital letters"),
            ("tile_row = 4\n", "", "borough 1: tile_row is missing"),
        ],
    )
    def test_boroughs_that_could_be_taken_for_each_other_are_named(self, old, new, message):
        text = resources.read_text("lists", "boroughs.toml")
        assert old in text
        with pytest.raises(Problem, match=message):
            lists.read_boroughs(entry(text.replace(old, new, 1)))

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("code,name\n10003375,A\n", "row 2: ukprn is wrong"),
            ("ukprn,name\n1000337,A\n", "row 2: ukprn is wrong"),
            ("ukprn,name\n10003375,\n", "row 2: name is empty or twice"),
            ("ukprn,name\n10003375,A\n10003375,B\n", "row 3: name is empty or twice"),
        ],
    )
    def test_a_wrong_row_of_providers_is_named(self, text, message):
        with pytest.raises(Problem, match=message):
            lists.read_provider_names(text, "p.csv")

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("last_year = 2028", "last_year = 2029", "last_year does not fit the years"),
            ("on = 2026-12-25", "on = 2026-12-28", "holiday has the same day twice"),
        ],
    )
    def test_bank_holidays_that_leave_a_year_out_are_named(self, old, new, message):
        text = resources.read_text("lists", "bank_holidays.toml")
        assert old in text
        with pytest.raises(Problem, match=message):
            lists.read_bank_holidays(entry(text.replace(old, new, 1)))

    @pytest.mark.parametrize("word", ["webinar", "Webinar", " spaced  out"])
    def test_a_word_for_two_activities_or_in_capitals_is_named(self, word):
        text = resources.read_text("lists", "activity_words.toml")
        text = text.replace('"leave",', f'"leave", "{word}",', 1)
        with pytest.raises(Problem, match=f"leave has “{word}” twice or not in lower case"):
            lists.read_activity_words(entry(text))


class TestBoroughs:
    def test_there_are_33_and_two_invented_ones_without_a_place_on_the_map(self):
        real = [borough for borough in resources.boroughs() if not borough.is_invented]
        invented = [borough for borough in resources.boroughs() if borough.is_invented]
        assert [borough.code for borough in real] == [f"E090000{n:02d}" for n in range(1, 34)]
        assert [(each.code, each.name, each.letters) for each in invented] == [
            ("E09999999", "Exampleton", "XMP"),
            ("E09999998", "Sampleford", "XMQ"),
        ]
        assert {each.tile_row for each in invented} | {each.hex_q for each in invented} == {None}

    def test_no_two_share_letters_a_tile_or_a_hexagon(self):
        real = [borough for borough in resources.boroughs() if not borough.is_invented]
        assert len({each.letters for each in resources.boroughs()}) == 35
        assert len({(each.tile_row, each.tile_col) for each in real}) == 33
        assert len({(each.hex_q, each.hex_r) for each in real}) == 33

    def test_one_is_found_by_its_code(self):
        hackney = resources.borough_by_code("E09000012")
        assert (hackney.name, hackney.letters, hackney.tile_row, hackney.tile_col) == (
            "Hackney",
            "HCK",
            3,
            6,
        )
        assert resources.borough_by_code("E09000034") is None

    def test_a_council_is_called_as_it_calls_itself(self):
        called = {borough.name: borough.council for borough in resources.boroughs()}
        assert called["Hackney"] == "London Borough of Hackney"
        assert called["Westminster"] == "Westminster City Council"
        assert called["City of London"] == "City of London Corporation"
        assert sum(each.startswith("Royal Borough of ") for each in called.values()) == 3


class TestStandards:
    def test_the_whole_list_is_there_with_its_day(self):
        listed_on, standards = resources.standards_list()
        assert listed_on == date(2026, 7, 2)
        assert len(standards) == 938
        assert Counter(each.code[:2] for each in standards) == {"ST": 918, "AU": 11, "FA": 9}

    def test_what_the_list_does_not_say_is_not_known(self):
        by_code = {each.code: each for each in resources.standards_list().standards}
        software = by_code["ST0116"]
        assert (software.title, software.level, software.typical_months) == (
            "Software developer",
            4,
            24,
        )
        assert (str(software.max_funding), software.version) == ("18000.00", "1.2")
        assert by_code["FA0004"].version == "1.0"
        assert by_code["AU0009"].max_funding is None
        assert 0 not in {each.typical_months for each in by_code.values()}
        assert sum(each.level is None for each in by_code.values()) == 1

    def test_every_standard_of_the_digital_route_has_a_role_family(self):
        digital = resources.digital_standards()
        by_code = {each.code: each for each in resources.standards_list().standards}
        route = {code for code, each in by_code.items() if each.route == "Digital"}
        assert len(route) == 40
        assert route <= set(digital.role_families)
        assert set(digital.role_families) <= set(by_code)
        assert digital.listed_on == date(2026, 7, 2)

    @pytest.mark.parametrize(
        ("code", "family"),
        [
            ("ST0116", RoleFamily.SOFTWARE),
            ("ST0973", RoleFamily.INFRASTRUCTURE),
            ("ST0118", RoleFamily.DATA),
            ("ST0117", RoleFamily.BUSINESS_ANALYSIS),
            ("ST0310", RoleFamily.DELIVERY),
            ("ST0964", RoleFamily.PRODUCT),
            ("ST0470", RoleFamily.USER_RESEARCH),
            ("ST1021", RoleFamily.CYBER_SECURITY),
            ("ST0127", RoleFamily.NETWORK),
            ("ST1031", RoleFamily.CONTENT),
            ("FA0005", RoleFamily.SOFTWARE),
            ("AU0009", RoleFamily.OTHER),
        ],
    )
    def test_families_follow_the_titles(self, code, family):
        assert resources.digital_standards().role_families[code] is family

    def test_what_is_not_digital_is_not_on_the_list(self):
        assert "ST0384" not in resources.digital_standards().role_families

    def test_every_published_minimum_is_of_a_listed_standard_and_version(self):
        listed = {(each.code, each.version) for each in resources.standards_list().standards}
        for figure in resources.hours_rules().published:
            assert (figure.standard_code, figure.version) in listed
            assert figure.is_verified or "second-hand" in figure.source


class TestOtherLists:
    def test_providers_have_their_latest_name(self):
        names = resources.provider_names()
        assert len(names) == 396
        assert names["10034940"] == "Leep Talent Limited"
        assert names["10055902"] == "Multiverse Group Limited"

    def test_leaving_reasons_are_those_of_apprenticeships_and_hide_health(self):
        reasons = {each.code: each for each in resources.leaving_reasons()}
        assert list(reasons) == [
            "2",
            "3",
            "7",
            "29",
            "40",
            "41",
            "43",
            "44",
            "46",
            "47",
            "97",
            "98",
        ]
        assert reasons["3"].group is LeavingGroup.PERSONAL
        assert reasons["29"].group is LeavingGroup.EMPLOYER
        assert {each.group for each in reasons.values()} == set(LeavingGroup)

    def test_ethnic_groups_are_the_six_that_dfe_publishes(self):
        categories = resources.characteristic_categories().on(date(2026, 12, 31))
        assert len(categories.by_characteristic[Characteristic.ETHNIC_GROUP]) == 6
        assert set(categories.by_characteristic) == set(Characteristic)
        assert "DfE" in categories.source

    def test_categories_before_all_known_ones_are_a_problem(self):
        with pytest.raises(Problem, match="categories are not known for 31 Dec 2009"):
            resources.characteristic_categories().on(date(2009, 12, 31))

    @pytest.mark.parametrize("words", ['["Female"]', '["Female", "Male", "Female"]'])
    def test_categories_that_could_give_a_count_away_are_named(self, words):
        text = resources.read_text("lists", "characteristics.toml")
        changed = text.replace('["Female", "Male"]', words)
        assert changed != text
        with pytest.raises(Problem, match="sex is not two categories or more"):
            lists.read_categories(entry(changed))

    def test_the_programme_has_one_known_target(self):
        (target,) = resources.programme().targets
        assert (target.apprentices, target.by) == (100, date(2020, 9, 30))
        assert target.source

    def test_reviews_are_due_every_12_weeks(self):
        assert resources.review_rules().interval_days(date(2026, 9, 1)) == 84

    def test_what_a_review_asks_about_is_a_dated_house_rule(self):
        rules = resources.review_rules()
        practice = rules.practice_on(date(2026, 9, 1))
        assert (practice.quiet_days, practice.gateway_days, practice.meeting_minutes) == (
            28, 120, 60,
        )  # fmt: skip
        assert practice.source.startswith("House rule")
        with pytest.raises(Problem, match="is not known for 31 Dec 2009"):
            rules.practice_on(date(2009, 12, 31))

    def test_a_ksb_has_gone_quiet_after_the_longest_time_between_two_reviews(self):
        (quiet,) = resources.ksb_rules().quiet
        interval = resources.review_rules().interval_days(date(2026, 9, 1))
        assert resources.ksb_rules().quiet_days(date(2026, 9, 1)) == interval
        assert (quiet.is_verified, quiet.source[:10]) == (False, "House rule")
        with pytest.raises(Problem, match="When a KSB has gone quiet is not known for 1 Jan 2009"):
            resources.ksb_rules().quiet_days(date(2009, 1, 1))

    def test_a_contract_is_near_90_days_before_and_the_rule_says_whose_it_is(self):
        rules = need_rules_on(resources.need_rules(), date(2026, 9, 1))
        assert (rules.contract_days, rules.review_days, rules.worse_minutes) == (90, 14, 600)
        assert rules.return_urgent_days < rules.return_days
        assert rules.contract_urgent_days < rules.contract_days
        assert all(each.source.startswith("House rule") for each in resources.need_rules())

    def test_a_measure_is_behind_from_ten_points_short_and_the_rule_says_whose_it_is(self):
        rules = in_force(resources.measure_rules(), date(2026, 9, 1), "When a measure is behind")
        assert rules.behind_points == 10
        assert (rules.is_verified, rules.source[:10]) == (False, "House rule")
        with pytest.raises(Problem, match="When a measure is behind is not known for 1 Jan 2009"):
            in_force(resources.measure_rules(), date(2009, 1, 1), "When a measure is behind")

    def test_what_was_not_read_in_the_rules_themselves_is_marked(self):
        rules = resources.counting_rules()
        assert rules.hours is resources.hours_rules()
        every = [*rules.checks, *rules.days, *rules.logs, *rules.months]
        for each in every:
            second_hand = "second-hand" in each.source or "not read" in each.source
            ours = each.source.startswith(("House", "Changes of circumstances"))
            assert each.is_verified is not (second_hand or ours), each.source
        assert not any(rule.is_verified for rule in rules.hours.counting)

    def test_what_decides_and_what_is_only_worth_a_look(self):
        decides = [rule.check for rule in resources.counting_rules().checks if rule.decides]
        assert decides == [
            "after the end",
            "before the start",
            "on a break",
            "in assessment",
            "bank holiday",
        ]

    def test_every_activity_is_called_by_its_own_word_and_longer_words_come_first(self):
        words = resources.activity_words()
        for activity in Activity:
            assert words[activity.value] is activity
        lengths = [len(word) for word in words]
        assert lengths == sorted(lengths, reverse=True)
        assert words["annual leave"] is Activity.LEAVE

    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            ('58 = "118"', r"standard: 58 is wrong: .* is not a standard"),
            ("58 = 118", "standard: 58 is not a text"),
            ('X = "ST0118"', r"standard: X is wrong: .* is not a LARS code"),
        ],
    )
    def test_a_lars_code_that_is_none_or_means_no_standard_is_named(self, line, sentence):
        text = f"source = 'a'\nattribution = 'b'\n[standard]\n{line}\n"
        with pytest.raises(Problem, match=sentence):
            lists.read_lars_codes(entry(text))

    def test_no_learning_offer_has_a_length_and_each_says_to_check_it(self):
        offers = resources.learning_offers()
        assert {"Microsoft", "Amazon Web Services", "LinkedIn"} <= {o.partner for o in offers}
        assert all("check before you rely on it" in each.source for each in offers)
        assert "minutes" not in offers[0].__match_args__
        assert all(each.note and not each.link for each in offers)

    def test_an_offer_that_is_listed_twice_is_named(self):
        offer = "[[offer]]\npartner = 'P'\ntitle = 'T'\nkind = 'workshop'\nnote = 'N'\n"
        head = "source = 'a'\nattribution = 'b'\n"
        linked = offer + "link = 'https://partner.example/'\n"
        assert lists.read_learning_offers(entry(head + linked))[0].link
        with pytest.raises(Problem, match="same title of a partner twice"):
            lists.read_learning_offers(entry(head + offer + offer))

    def test_a_lars_code_is_listed_by_its_normal_form(self):
        text = "source = 'a'\nattribution = 'b'\n[standard]\n058 = \"st0118\"\n"
        assert lists.read_lars_codes(entry(text)) == {"58": "ST0118"}

    def test_each_list_with_public_facts_names_whose_they_are(self):
        for name in (
            "standards", "digital", "providers", "boroughs", "leaving_reasons", "lars_codes",
        ):  # fmt: skip
            attribution = resources.load_toml("lists", f"{name}.toml")["attribution"]
            assert "licence" in attribution.lower()


class TestBankHolidays:
    def test_a_return_for_the_quarter_to_31_december_2026_is_due_on_13_january_2027(self):
        due_on = resources.return_settings().due_on(date(2026, 12, 31), resources.bank_holidays())
        assert due_on == date(2027, 1, 13)

    @pytest.mark.parametrize("year", range(2019, 2029))
    def test_each_year_is_as_the_act_and_its_proclamations_say(self, year):
        listed = {day for day in resources.bank_holidays().days if day.year == year}
        assert listed == by_the_act(year)

    @pytest.mark.parametrize(
        "text",
        [
            "22/4/2019",  # Easter Monday
            "8/5/2020",
            "28/12/2020",  # Boxing Day on a Saturday
            "28/12/2021",
            "3/1/2022",
            "2/6/2022",
            "3/6/2022",
            "19/9/2022",
            "27/12/2022",  # Christmas Day on a Sunday
            "8/5/2023",
            "3/4/2026",  # Good Friday
            "28/12/2026",
            "3/1/2028",
        ],
    )
    def test_days_that_anybody_can_look_up(self, text):
        assert not resources.bank_holidays().is_working_day(parse_day(text).day)

    @pytest.mark.parametrize("text", ["4/5/2020", "30/5/2022", "26/12/2025"])
    def test_moved_days_are_working_days_and_others_are_not(self, text):
        day = parse_day(text).day
        assert resources.bank_holidays().is_working_day(day) is (day.year != 2025)

    @pytest.mark.parametrize("day", [date(2018, 12, 31), date(2029, 1, 1)])
    def test_other_years_are_a_problem(self, day):
        with pytest.raises(Problem, match="are not known: the list covers 2019 to 2028"):
            resources.bank_holidays().is_working_day(day)


def by_the_act(year: int) -> set[date]:
    """The days by rule: what falls on a weekend moves to the next free weekday."""
    easter = easter_sunday(year)
    found = {easter - timedelta(days=2), easter + timedelta(days=1)}
    found.add(date(2020, 5, 8) if year == 2020 else monday_from(date(year, 5, 1)))
    found.add(date(2022, 6, 2) if year == 2022 else monday_from(date(year, 5, 25)))
    found.add(monday_from(date(year, 8, 25)))
    extra = {2022: {date(2022, 6, 3), date(2022, 9, 19)}, 2023: {date(2023, 5, 8)}}
    found |= extra.get(year, set())
    # Those on weekdays are settled before substitutes are looked for.
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    for day in sorted(fixed, key=lambda each: each.weekday() >= 5):
        while day.weekday() >= 5 or day in found:
            day += timedelta(days=1)
        found.add(day)
    return found


def monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def easter_sunday(year: int) -> date:
    """Gauss's rule in its short form, good for 1900 to 2099."""
    moon = (19 * (year % 19) + 24) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    if (moon, weekday) == (29, 6) or (moon == 28 and weekday == 6 and year % 19 > 10):
        moon -= 7
    return add_months(date(year, 2, 22), 1) + timedelta(days=moon + weekday)
