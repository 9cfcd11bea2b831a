"""Warnings, breaches and forecasts; how objectives are watched, and what they stand under."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "breach_warning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("team", sa.String(length=63), nullable=True),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("service", sa.String(length=63), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=30), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_by", sa.String(length=30), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("urgent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_breach_warning_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_warning")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_breach_warning_workspace_id_number")),
    )
    with op.batch_alter_table("breach_warning", schema=None) as batch_op:
        batch_op.create_index("ix_breach_warning_resolved", ["workspace_id", "resolved_at"], unique=False)

    op.create_table(
        "watch",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_watch_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_watch")),
    )
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_breach_objective_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_breach_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
    )
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.create_index("ix_breach_objective", ["objective_id", "started_at"], unique=False)

    op.create_table(
        "episode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("warning_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("window_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("below_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_episode_objective_id")),
        sa.ForeignKeyConstraint(["warning_id"], ["breach_warning.id"], name=op.f("fk_episode_warning_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_episode_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
    )
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.create_index("ix_episode_newest", ["objective_id", "kind", "id"], unique=False)
        batch_op.create_index(
            "ix_episode_open",
            ["workspace_id"],
            unique=False,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.create_index("ix_episode_resolved", ["workspace_id", "resolved_at"], unique=False)
        batch_op.create_index("ix_episode_warning", ["warning_id"], unique=False)

    op.create_table(
        "forecast",
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("window_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("linear_pace", sa.Integer(), nullable=False),
        sa.Column("is_thin", sa.Boolean(), nullable=False),
        sa.Column("by_method", sa.JSON(), nullable=False),
        sa.Column("replayed", sa.Boolean(), nullable=False),
        sa.Column("breached", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_forecast_objective_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_forecast_workspace_id")),
        sa.PrimaryKeyConstraint("objective_id", "at", name=op.f("pk_forecast")),
    )
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.create_index(
            "ix_forecast_pending",
            ["workspace_id", "window_end"],
            unique=False,
            sqlite_where=sa.text("breached IS NULL"),
            postgresql_where=sa.text("breached IS NULL"),
        )

    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.add_column(sa.Column("watching", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("supports", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.drop_column("supports")
        batch_op.drop_column("watching")

    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_forecast_pending",
            sqlite_where=sa.text("breached IS NULL"),
            postgresql_where=sa.text("breached IS NULL"),
        )

    op.drop_table("forecast")
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.drop_index("ix_episode_warning")
        batch_op.drop_index("ix_episode_resolved")
        batch_op.drop_index(
            "ix_episode_open",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.drop_index("ix_episode_newest")

    op.drop_table("episode")
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.drop_index("ix_breach_objective")

    op.drop_table("breach")
    op.drop_table("watch")
    with op.batch_alter_table("breach_warning", schema=None) as batch_op:
        batch_op.drop_index("ix_breach_warning_resolved")

    op.drop_table("breach_warning")
