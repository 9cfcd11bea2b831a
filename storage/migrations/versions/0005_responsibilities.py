"""Acknowledgements, handovers, user groups, roles of teams; documents of OpenSLO that are kept as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WAITING = sa.text("stage IN ('open', 'declined')")
OPEN = sa.text("stage = 'open'")


def upgrade() -> None:
    op.create_table(
        "openslo_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_openslo_document_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openslo_document")),
        sa.UniqueConstraint(
            "workspace_id", "kind", "name", name=op.f("uq_openslo_document_workspace_id_kind_name")
        ),
    )
    op.create_table(
        "usergroup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("usergroup", sa.String(length=30), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_usergroup_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usergroup")),
        sa.UniqueConstraint("workspace_id", "usergroup", name=op.f("uq_usergroup_workspace_id_usergroup")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=63), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("because", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missing_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("answered_by", sa.String(length=30), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ground", sa.String(length=20), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_acknowledgement_objective_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_acknowledgement_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.create_index("ix_acknowledgement_batch", ["batch"], unique=False)
        batch_op.create_index("ix_acknowledgement_objective", ["objective_id", "id"], unique=False)
        batch_op.create_index(
            "ix_acknowledgement_waiting",
            ["workspace_id"],
            unique=False,
            sqlite_where=sa.text("stage IN ('open', 'declined')"),
            postgresql_where=sa.text("stage IN ('open', 'declined')"),
        )

    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("giver", sa.String(length=63), nullable=False),
        sa.Column("taker", sa.String(length=63), nullable=False),
        sa.Column("proposed_by", sa.String(length=30), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("giver_by", sa.String(length=30), nullable=True),
        sa.Column("giver_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taker_by", sa.String(length=30), nullable=True),
        sa.Column("taker_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("ended_by", sa.String(length=30), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_handover_objective_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_handover_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_objective", ["objective_id", "id"], unique=False)
        batch_op.create_index(
            "ix_handover_open",
            ["workspace_id"],
            unique=False,
            sqlite_where=sa.text("stage = 'open'"),
            postgresql_where=sa.text("stage = 'open'"),
        )

    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.add_column(sa.Column("roles", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("acknowledge_within", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("acknowledgement_expires", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("slack_changes", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("limit_op", sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column("limit_value", sa.String(length=80), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.drop_column("limit_value")
        batch_op.drop_column("limit_op")

    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.drop_column("slack_changes")
        batch_op.drop_column("acknowledgement_expires")
        batch_op.drop_column("acknowledge_within")
        batch_op.drop_column("roles")

    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_handover_open",
            sqlite_where=sa.text("stage = 'open'"),
            postgresql_where=sa.text("stage = 'open'"),
        )
        batch_op.drop_index("ix_handover_objective")

    op.drop_table("handover")
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_acknowledgement_waiting",
            sqlite_where=sa.text("stage IN ('open', 'declined')"),
            postgresql_where=sa.text("stage IN ('open', 'declined')"),
        )
        batch_op.drop_index("ix_acknowledgement_objective")
        batch_op.drop_index("ix_acknowledgement_batch")

    op.drop_table("acknowledgement")
    op.drop_table("usergroup")
    op.drop_table("openslo_document")
