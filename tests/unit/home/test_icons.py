"""Every kind of task has its own picture and its own words on the public pages."""

from __future__ import annotations

import re
from pathlib import Path

import jobcenter
from jobcenter.home.messages import TASK_TEXTS
from jobcenter.home.style import ICONS
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.messages import TASKS

PACKAGE = Path(jobcenter.__file__).parent
SPRITE = set(re.findall(r'id="i-([a-z-]+)"', (PACKAGE / "static" / "icons.svg").read_text(encoding="utf-8")))
USED = re.compile(r"""icon\("([a-z_-]+)"\)""")


def test_each_task_has_a_picture_and_words():
    assert {task.value.replace("_", "-") for task in TaskCategory} <= SPRITE
    assert set(TASKS) == set(TASK_TEXTS) == set(TaskCategory)


def test_the_style_page_shows_the_whole_sprite():
    assert set(ICONS) == SPRITE


def test_templates_name_pictures_that_exist():
    templates = (PACKAGE / "templates").rglob("*.html")
    named = {name for path in templates for name in USED.findall(path.read_text(encoding="utf-8"))}
    assert {name.replace("_", "-") for name in named} <= SPRITE
