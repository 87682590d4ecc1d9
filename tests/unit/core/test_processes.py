"""A job shared by processes: every share done, one report of all, and a share that fails told after the others."""

import pytest
from flask import Flask

from jobcenter.core.jobs import JobReport
from jobcenter.core.processes import FACTORY, ShareFailed, share


def bare(settings):
    """An application for a process of these tests: all it has is what it was made of."""
    app = Flask(__name__)
    app.config["JOBCENTER"] = settings
    return app


def count(done, folder):
    """A share of work: so many things done, with a trace; fails for less than nothing."""
    if done < 0:
        raise ValueError(done)
    (folder / str(done)).touch()
    return JobReport(done=done)


@pytest.fixture
def bare_app():
    app = bare("settings")
    app.extensions[FACTORY] = bare
    with app.app_context():
        yield app


def test_several_report_as_one(bare_app, tmp_path):
    assert share(count, [(2, tmp_path), (3, tmp_path)]) == JobReport(done=5)
    assert {path.name for path in tmp_path.iterdir()} == {"2", "3"}


def test_one_that_fails_is_told_when_the_others_have_ended(bare_app, tmp_path):
    with pytest.raises(ShareFailed, match="1 of 2 shares of count failed"):
        share(count, [(-1, tmp_path), (3, tmp_path)])
    assert (tmp_path / "3").exists()


@pytest.mark.parametrize(("shares", "done"), [([], 0), ([4], 4)])
def test_a_single_one_and_none_need_no_process(shares, done, tmp_path):
    """No application stands here, so nothing could be started."""
    assert share(count, [(number, tmp_path) for number in shares]).done == done
