"""Disputes, rulings, layers of figures; proposals; closed periods, restatements; the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "layered_hour",
        sa.Column("terms_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("good", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("slices_good", sa.Integer(), nullable=False),
        sa.Column("slices_total", sa.Integer(), nullable=False),
        sa.Column("measured", sa.Integer(), nullable=False),
        sa.Column("ratio_sum", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("terms_id", "layer", "hour", name=op.f("pk_layered_hour")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("chained", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_audit_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_audit_workspace_id_number")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["workspace_id", "subject", "number"], unique=False)

    op.create_table(
        "closed_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=63), nullable=True),
        sa.Column("agreement", sa.String(length=63), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("exclusions", sa.JSON(), nullable=False),
        sa.Column("rulings", sa.JSON(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched", sa.Boolean(), nullable=False),
        sa.Column("explain_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("explained_by", sa.String(length=30), nullable=True),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_closed_period_objective_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_closed_period_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_period")),
        sa.UniqueConstraint(
            "objective_id", "start_minute", name=op.f("uq_closed_period_objective_id_start_minute")
        ),
    )
    with op.batch_alter_table("closed_period", schema=None) as batch_op:
        batch_op.create_index(
            "ix_closed_period_asked",
            ["workspace_id"],
            unique=False,
            sqlite_where=sa.text("explain_by IS NOT NULL AND explained_at IS NULL"),
            postgresql_where=sa.text("explain_by IS NOT NULL AND explained_at IS NULL"),
        )
        batch_op.create_index(
            "ix_closed_period_touched",
            ["workspace_id"],
            unique=False,
            sqlite_where=sa.text("touched"),
            postgresql_where=sa.text("touched"),
        )
        batch_op.create_index("ix_closed_period_workspace", ["workspace_id", "end_minute"], unique=False)

    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=63), nullable=True),
        sa.Column("owner", sa.String(length=63), nullable=True),
        sa.Column("raiser", sa.String(length=63), nullable=False),
        sa.Column("counterpart", sa.String(length=63), nullable=False),
        sa.Column("with_customer", sa.Boolean(), nullable=False),
        sa.Column("new_owner", sa.String(length=63), nullable=True),
        sa.Column("claim", sa.String(length=20), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=True),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.String(length=30), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("turn_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.Boolean(), nullable=False),
        sa.Column("proposed_spans", sa.JSON(), nullable=False),
        sa.Column("proposed_events", sa.BigInteger(), nullable=True),
        sa.Column("arbiter", sa.String(length=30), nullable=True),
        sa.Column("first_arbiter", sa.String(length=30), nullable=True),
        sa.Column("appealed_by", sa.String(length=30), nullable=True),
        sa.Column("joined", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_dispute_objective_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_dispute_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_dispute_workspace_id_number")),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index("ix_dispute_objective", ["objective_id", "id"], unique=False)
        batch_op.create_index(
            "ix_dispute_open",
            ["workspace_id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("team", sa.String(length=63), nullable=False),
        sa.Column("proposed_by", sa.String(length=30), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counters", sa.Integer(), nullable=True),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=30), nullable=True),
        sa.Column("end_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_proposal_objective_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_proposal_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_objective", ["objective_id", "id"], unique=False)
        batch_op.create_index(
            "ix_proposal_open",
            ["workspace_id"],
            unique=False,
            sqlite_where=sa.text("stage IN ('open', 'agreed')"),
            postgresql_where=sa.text("stage IN ('open', 'agreed')"),
        )

    op.create_table(
        "dispute_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=True),
        sa.Column("team", sa.String(length=63), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_dispute_entry_dispute_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_dispute_entry_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_entry")),
    )
    with op.batch_alter_table("dispute_entry", schema=None) as batch_op:
        batch_op.create_index("ix_dispute_entry_dispute", ["dispute_id", "id"], unique=False)

    op.create_table(
        "restatement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("closed_period_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_period_id"], ["closed_period.id"], name=op.f("fk_restatement_closed_period_id")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_restatement_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restatement")),
    )
    with op.batch_alter_table("restatement", schema=None) as batch_op:
        batch_op.create_index("ix_restatement_closed_period", ["closed_period_id", "id"], unique=False)

    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("effect", sa.String(length=20), nullable=False),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=True),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_ruling_dispute_id")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_ruling_objective_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_ruling_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sa.UniqueConstraint("dispute_id", "instance", name=op.f("uq_ruling_dispute_id_instance")),
    )
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.create_index("ix_ruling_objective", ["objective_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.drop_index("ix_ruling_objective")

    op.drop_table("ruling")
    with op.batch_alter_table("restatement", schema=None) as batch_op:
        batch_op.drop_index("ix_restatement_closed_period")

    op.drop_table("restatement")
    with op.batch_alter_table("dispute_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_dispute_entry_dispute")

    op.drop_table("dispute_entry")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_proposal_open",
            sqlite_where=sa.text("stage IN ('open', 'agreed')"),
            postgresql_where=sa.text("stage IN ('open', 'agreed')"),
        )
        batch_op.drop_index("ix_proposal_objective")

    op.drop_table("proposal")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_dispute_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_dispute_objective")

    op.drop_table("dispute")
    with op.batch_alter_table("closed_period", schema=None) as batch_op:
        batch_op.drop_index("ix_closed_period_workspace")
        batch_op.drop_index(
            "ix_closed_period_touched", sqlite_where=sa.text("touched"), postgresql_where=sa.text("touched")
        )
        batch_op.drop_index(
            "ix_closed_period_asked",
            sqlite_where=sa.text("explain_by IS NOT NULL AND explained_at IS NULL"),
            postgresql_where=sa.text("explain_by IS NOT NULL AND explained_at IS NULL"),
        )

    op.drop_table("closed_period")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_subject")

    op.drop_table("audit")
    op.drop_table("layered_hour")
