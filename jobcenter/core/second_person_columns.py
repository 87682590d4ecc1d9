"""The columns of what one person asks for and another decides."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Instant, Short, choice, ref
from jobcenter.core.second_person import AskStatus


class AskedOfAnother:
    """Who asked and when, who decided and when, and how it stands. A table of these has the check `TWO_PEOPLE` too."""

    status: Mapped[AskStatus] = mapped_column(choice(AskStatus))
    asked_by: Mapped[Short]
    asked_by_id: Mapped[int] = ref("app_user.id", index=False)
    asked_at: Mapped[Instant]
    decided_by: Mapped[Short] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = ref("app_user.id", index=False)
    decided_at: Mapped[Instant | None]
