"""Agreements whole, calendars, exclusions, subscriptions; threads, and what digests told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(length=10), nullable=True),
        sa.Column("subdivision", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_calendar_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_calendar_workspace_id_name")),
    )
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("objectives", sa.JSON(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("starts", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recurs", sa.Text(), nullable=True),
        sa.Column("timezone", sa.String(length=60), nullable=True),
        sa.Column("author", sa.String(length=30), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_exclusion_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_exclusion_workspace_id_name")),
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.Column("digest_days", sa.JSON(), nullable=True),
        sa.Column("digest_off", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_subscription_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("workspace_id", "channel", name=op.f("uq_subscription_workspace_id_channel")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("effective_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("effective_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("review", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("service_hours", sa.String(length=63), nullable=True))
        batch_op.add_column(sa.Column("answer_within", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("rule_within", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("arbiter", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("maintenance_notice", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("claim_within", sa.String(length=12), nullable=True))

    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told", sa.JSON(), nullable=True))

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("internal", sa.Boolean(), server_default=sa.true(), nullable=False))

    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.String(length=63), nullable=True))
        batch_op.add_column(sa.Column("digest_off", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("slack_changes", sa.JSON(), server_default="[]", nullable=False))
        batch_op.alter_column("digest_days", existing_type=sa.JSON(), nullable=True)

    _count_agreements_apart()


def _count_agreements_apart() -> None:
    """Terms of one objective share counted hours only under one agreement: its service hours decide what counts."""
    connection = op.get_bind()
    terms = sa.table("terms", *map(sa.column, ("id", "agreement", "counted_as")))
    rows = connection.execute(sa.select(terms).order_by(terms.c.id)).all()
    agreements = {row.id: row.agreement for row in rows}
    apart: dict[tuple[int, str | None], int] = {}
    for row in rows:
        if row.agreement == agreements[row.counted_as]:
            continue
        key = (row.counted_as, row.agreement)
        if key not in apart:
            apart[key] = row.id
            _copy_counted_hours(connection, row.counted_as, row.id)
        connection.execute(sa.update(terms).where(terms.c.id == row.id).values(counted_as=apart[key]))


def _copy_counted_hours(connection: sa.Connection, source: int, target: int) -> None:
    names = ("hour", "workspace_id", "good", "total", "slices_good", "slices_total", "measured", "ratio_sum")
    counted = sa.table("counted_hour", *map(sa.column, ("terms_id", *names)))
    copied = sa.select(sa.literal(target, sa.Integer), *(counted.c[name] for name in names)).where(
        counted.c.terms_id == source
    )
    connection.execute(sa.insert(counted).from_select(["terms_id", *names], copied))


def downgrade() -> None:
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.alter_column("digest_days", existing_type=sa.JSON(), nullable=False)
        batch_op.drop_column("slack_changes")
        batch_op.drop_column("digest_off")
        batch_op.drop_column("calendar")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_column("internal")
        batch_op.drop_column("thread")

    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_column("told")

    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_column("claim_within")
        batch_op.drop_column("maintenance_notice")
        batch_op.drop_column("arbiter")
        batch_op.drop_column("rule_within")
        batch_op.drop_column("answer_within")
        batch_op.drop_column("service_hours")
        batch_op.drop_column("review")
        batch_op.drop_column("effective_until")
        batch_op.drop_column("effective_from")
        batch_op.drop_column("contact")

    op.drop_table("subscription")
    op.drop_table("exclusion")
    op.drop_table("calendar")
