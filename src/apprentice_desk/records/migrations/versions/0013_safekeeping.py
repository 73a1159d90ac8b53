"""What left the desk, how long people are kept, and what is left of those who were erased."""

from alembic.operations import Operations

REVISION = "0013"
COMES_AFTER = "0012"


def upgrade(operations: Operations) -> None:
    """Make the tables; what left before stays unrecorded."""
    _ledger(operations)
    _retention(operations)


def _ledger(operations: Operations) -> None:
    """Make the tables of what left the desk."""


def _retention(operations: Operations) -> None:
    """Make the tables of who was erased, who is kept longer, and why."""
