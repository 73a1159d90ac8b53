"""Changes during an apprenticeship keep the price that was typed until then."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0010"
COMES_AFTER = "0009"


def upgrade(operations: Operations) -> None:
    """Add the column; until now there was one price for the whole, so that is what held."""
    operations.add_column(
        "programme_change", sa.Column("was_agreed_price", sa.BigInteger(), nullable=True)
    )
    operations.execute(
        "UPDATE programme_change SET was_agreed_price = (SELECT COALESCE(a.agreed_price,"
        " a.training_price + a.assessment_price) FROM apprenticeship AS a"
        " WHERE a.id = programme_change.apprenticeship_id)"
    )
