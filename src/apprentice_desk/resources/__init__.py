"""The packaged files: where they are, and the lists and rules in them as checked values.

Files are found from the source tree, from an installed wheel and from the frozen program.  Every
loader checks its whole file and raises Problem naming the file and the key that is wrong; what it
returns never changes while the program runs, so it is read once.

Only finding files is imported at once.  The loaders and the values they return are imported when
first asked for: the window paints from the theme's files before it needs a single list, and the
classes behind them take some four times as long to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from apprentice_desk.resources.files import (
    find_folder,
    folder,
    load_toml,
    parse_toml,
    path,
    read_text,
)

if TYPE_CHECKING:
    from apprentice_desk.domain.reference import (
        Borough,
        Categories,
        CharacteristicCategories,
        DatedNumber,
        DigitalList,
        LeavingReason,
        ListedOffer,
        ListedStandard,
        Programme,
        ProgrammeTarget,
        ReturnSettings,
        ReviewRules,
        StandardsList,
    )
    from apprentice_desk.resources.backup_rules import backup_schedules, read_backup_schedules
    from apprentice_desk.resources.course_rules import (
        programme_rules,
        read_programme_rules,
        read_wage_rules,
        wage_rules,
    )
    from apprentice_desk.resources.entries import (
        Entry,
    )
    from apprentice_desk.resources.figures import figure_names, guide_figures
    from apprentice_desk.resources.guide_texts import guides, read_guides
    from apprentice_desk.resources.keeping_rules import (
        read_retention_rules,
        retention_rules,
    )
    from apprentice_desk.resources.lists import (
        STANDARD_COLUMNS,
        activity_words,
        bank_holidays,
        borough_by_code,
        boroughs,
        characteristic_categories,
        digital_standards,
        lars_codes,
        learning_offers,
        leaving_reasons,
        programme,
        provider_names,
        read_learning_offers,
        read_standards,
        standards_list,
    )
    from apprentice_desk.resources.measuring import measure_rules
    from apprentice_desk.resources.money_rules import (
        funding_rules,
        levy_rules,
        read_funding_rules,
        read_levy_rules,
    )
    from apprentice_desk.resources.network_lists import (
        channels,
        read_channels,
        read_surveys,
        surveys,
    )
    from apprentice_desk.resources.placing_rules import (
        clash_rules,
        placement_rules,
        read_placement_rules,
    )
    from apprentice_desk.resources.procuring import (
        procurement_rules,
        read_procurement_rules,
    )
    from apprentice_desk.resources.rules import (
        counting_rules,
        hours_rules,
        ksb_rules,
        need_rules,
        read_counting_rules,
        read_hours_rules,
        return_settings,
        review_rules,
    )

__all__ = [
    "STANDARD_COLUMNS",
    "Borough",
    "Categories",
    "CharacteristicCategories",
    "DatedNumber",
    "DigitalList",
    "Entry",
    "LeavingReason",
    "ListedOffer",
    "ListedStandard",
    "Programme",
    "ProgrammeTarget",
    "ReturnSettings",
    "ReviewRules",
    "StandardsList",
    "activity_words",
    "backup_schedules",
    "bank_holidays",
    "borough_by_code",
    "boroughs",
    "channels",
    "characteristic_categories",
    "clash_rules",
    "counting_rules",
    "digital_standards",
    "figure_names",
    "find_folder",
    "folder",
    "funding_rules",
    "guide_figures",
    "guides",
    "hours_rules",
    "ksb_rules",
    "lars_codes",
    "learning_offers",
    "leaving_reasons",
    "levy_rules",
    "load_toml",
    "measure_rules",
    "need_rules",
    "parse_toml",
    "path",
    "placement_rules",
    "procurement_rules",
    "programme",
    "programme_rules",
    "provider_names",
    "read_backup_schedules",
    "read_channels",
    "read_counting_rules",
    "read_funding_rules",
    "read_guides",
    "read_hours_rules",
    "read_learning_offers",
    "read_levy_rules",
    "read_placement_rules",
    "read_procurement_rules",
    "read_programme_rules",
    "read_retention_rules",
    "read_standards",
    "read_surveys",
    "read_text",
    "read_wage_rules",
    "retention_rules",
    "return_settings",
    "review_rules",
    "standards_list",
    "surveys",
    "wage_rules",
]

# In the order in which they are looked through: what a desk's first look needs comes first, since
# each of the others brings a good part of the rules along.
_LATE = (
    "apprentice_desk.domain.reference",
    "apprentice_desk.resources.entries",
    "apprentice_desk.resources.rules",
    "apprentice_desk.resources.lists",
    "apprentice_desk.resources.keeping_rules",
    "apprentice_desk.resources.course_rules",
    "apprentice_desk.resources.measuring",
    "apprentice_desk.resources.money_rules",
    "apprentice_desk.resources.network_lists",
    "apprentice_desk.resources.placing_rules",
    "apprentice_desk.resources.procuring",
    "apprentice_desk.resources.guide_texts",
    "apprentice_desk.resources.figures",
    "apprentice_desk.resources.backup_rules",
)


if not TYPE_CHECKING:  # or mypy would take any name for one that is here

    def __getattr__(name: str) -> object:
        homes = _LATE if name in __all__ else ()
        for module in map(import_module, homes):
            if hasattr(module, name):
                return getattr(module, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
