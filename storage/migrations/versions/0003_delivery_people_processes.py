"""Deliveries that are edited, looked for or too late; what was heard; people; processes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heard",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_heard_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "delivery", name=op.f("pk_heard")),
    )
    with op.batch_alter_table("heard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_heard_at"), ["at"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("known_as", sa.String(length=200), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_person_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("workspace_id", "known_as", name=op.f("uq_person_workspace_id_known_as")),
    )
    op.create_table(
        "process",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_process_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "name", name=op.f("pk_process")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("posted_version", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("first_try_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("looks", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("not_after", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_notice_sought",
            ["workspace_id", "not_before"],
            unique=False,
            sqlite_where=sa.text("state = 'ambiguous' AND not_before IS NOT NULL"),
            postgresql_where=sa.text("state = 'ambiguous' AND not_before IS NOT NULL"),
        )

    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pruned_until", sa.Integer(), server_default="0", nullable=False))

    op.create_index("ix_notice_state", "notice", ["workspace_id", "state", "posted_version"])
    op.execute("UPDATE notice SET posted_version = 1 WHERE state = 'sent'")


def downgrade() -> None:
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.drop_column("pruned_until")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_state")
        batch_op.drop_index(
            "ix_notice_sought",
            sqlite_where=sa.text("state = 'ambiguous' AND not_before IS NOT NULL"),
            postgresql_where=sa.text("state = 'ambiguous' AND not_before IS NOT NULL"),
        )
        batch_op.drop_column("not_after")
        batch_op.drop_column("looks")
        batch_op.drop_column("first_try_at")
        batch_op.drop_column("posted_version")
        batch_op.drop_column("version")

    op.drop_table("process")
    op.drop_table("person")
    with op.batch_alter_table("heard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_heard_at"))

    op.drop_table("heard")
