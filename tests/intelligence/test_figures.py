"""Police figures stand beside the profile, never in it; a later figure replaces the earlier; bad lines are told."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given as when
from hypothesis import strategies as st
from tests import given
from tests.abuse.given import signed_in, with_key
from typer.testing import CliRunner

from legation.foundations.time import parse_instant
from legation.intelligence import actions, queries
from legation.intelligence.cli import app
from legation.intelligence.links import police_figures
from legation.intelligence.links.police_figures import MemoryPoliceFigures
from legation.intelligence.models import PoliceFigure, Signal
from legation.intelligence.queries import figures
from legation.intelligence.rules import offences
from legation.intelligence.rules.trend import Trend
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import claim_house


def table(*, last: int = 40, months: int = 16) -> bytes:
    """Robberies that ran at ten a month and were `last` in each of the last three."""
    made = MemoryPoliceFigures()
    for back in range(months):
        whole = 2018 * 12 - back
        count = last if back < 3 else 10
        made.add(month=f"{whole // 12:04d}-{whole % 12 + 1:02d}", offence="Robo con violencia", count=count)
    return made.table()


@when(st.lists(st.integers(0, 5_000), min_size=15, max_size=30))
def test_a_trend_is_called_only_where_its_interval_leaves_one_out(months: list[int]) -> None:
    found = offences.course(months)
    assert found.year == sum(months[:12])
    assert (found.trend is Trend.RISING) == (found.low > 1)
    assert found.trend is not Trend.FALLING or found.high < 1


def test_a_gap_allows_no_trend() -> None:
    assert offences.course([5, None, *[5] * 20]).trend is Trend.NOTHING_TO_COMPARE
    assert offences.course([5] * 14).trend is Trend.NOTHING_TO_COMPARE
    assert offences.course([]).year == 0


def test_every_line_is_a_figure_or_put_aside_with_its_reason() -> None:
    made = MemoryPoliceFigures()
    made.add()
    for wrong in (
        {"month": "2018-13"},
        {"offence": "sorcery"},
        {"count": -1},
        {"area": "Nowhere at all"},
        {"area": ""},
    ):
        made.add(**wrong)  # type: ignore[arg-type]
    read = police_figures.read(made.table())
    assert [(one.area, one.month, one.count) for one in read.rows] == [("Damascus", date(2018, 1, 1), 10)]
    assert [one.where for one in read.quarantined] == [f"line {n}" for n in range(3, 8)]
    assert police_figures.read(b"a,b\n1,2\n").quarantined[0].reason == "header"


@pytest.mark.django_db
class TestStored:
    @pytest.fixture(autouse=True)
    def _node(self) -> None:
        given.keys()
        clock.start_demonstration(parse_instant("2018-02-05T06:00Z"))

    @pytest.fixture
    def analyst(self) -> Actor:
        given.missions()
        return given.operator("analyst")

    def test_they_are_shown_near_their_mission_and_change_neither_profile_nor_signals(self, analyst: Actor) -> None:
        damascus, beirut = (missions.mission(analyst, one.pk) for one in given.missions())
        before = queries.profile(analyst, damascus)
        actions.import_figures(claim_house("intelligence.import_figures", analyst), table(), "f.csv")
        (area,) = figures.near(analyst, damascus)
        (line,) = area.lines
        assert (area.area, line.offence, line.course.latest, line.course.trend) == (
            "Damascus",
            "robbery",
            40,
            Trend.RISING,
        )
        assert not figures.near(analyst, beirut)
        assert queries.profile(analyst, damascus) == before
        assert not Signal.objects.exists()
        page = signed_in(analyst).get(reverse("threat-profile", args=[damascus.id])).content.decode()
        assert "Police figures" in page
        assert "rising" in page

    def test_a_later_figure_replaces_the_earlier(self, analyst: Actor) -> None:
        house = claim_house("intelligence.import_figures", analyst)
        actions.import_figures(house, table(), "f.csv")
        actions.import_figures(house, table(last=41), "f.csv")
        assert PoliceFigure.objects.count() == 16
        assert set(PoliceFigure.objects.order_by("-month").values_list("count", flat=True)[:3]) == {41}

    def test_api_and_terminal_try_first_and_then_load(
        self, analyst: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = with_key(analyst).post(
            "/api/intelligence/figures?dry_run=true", {"file": SimpleUploadedFile("f.csv", table())}
        )
        assert (said.status_code, said.json()["accepted"]) == (201, 16)
        assert not PoliceFigure.objects.exists()
        (tmp_path / "f.csv").write_bytes(table())
        monkeypatch.setattr("legation.intelligence.cli.figures.at_terminal", lambda: analyst)
        run = CliRunner().invoke(app, ["figures", "import", str(tmp_path / "f.csv"), "--json"])
        assert run.exit_code == 0, run.output
        assert PoliceFigure.objects.count() == 16
