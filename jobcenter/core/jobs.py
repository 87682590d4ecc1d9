"""What every job gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JobReport:
    """How many things a run did, how many failed, and a remark for the log."""

    done: int = 0
    failed: int = 0
    remark: str = ""

    def __add__(self, other: JobReport) -> JobReport:
        remarks = "; ".join(remark for remark in (self.remark, other.remark) if remark)
        return JobReport(self.done + other.done, self.failed + other.failed, remarks)
