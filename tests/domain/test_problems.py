from __future__ import annotations

from pathlib import PurePath

from apprentice_desk.domain.problems import Conflict, Damaged, Problem


def test_a_problem_says_what_happened_and_what_to_do():
    problem = Problem("The file is open elsewhere.", "Close it there.")
    assert str(problem) == "The file is open elsewhere. Close it there."
    assert (problem.what, problem.remedy) == ("The file is open elsewhere.", "Close it there.")


def test_a_problem_without_a_remedy_says_only_what_happened():
    assert str(Problem("The file is gone.")) == "The file is gone."


def test_a_conflict_keeps_both_versions():
    conflict = Conflict("Changed since.", "Choose one.", mine=1, theirs=2)
    assert isinstance(conflict, Problem)
    assert (conflict.mine, conflict.theirs, str(conflict)) == (1, 2, "Changed since. Choose one.")


def test_damage_says_which_file_it_is() -> None:
    path = PurePath("desks", "hackney.desk")
    damaged = Damaged("hackney.desk is damaged.", "Restore a backup.", path)
    assert damaged.path == path
    assert str(damaged) == "hackney.desk is damaged. Restore a backup."
