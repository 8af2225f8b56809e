"""Is it getting worse around a mission, and is this week out of the ordinary for it?"""

from dataclasses import dataclass

import numpy as np

from legation.foundations.threats import THREAT_CODES, ThreatClass
from legation.foundations.time import epoch_s
from legation.intelligence.queries import around, columns_of_missions
from legation.intelligence.rules.activity import weekly_counts
from legation.intelligence.rules.anomaly import FALSE_ALARM_RATE, Verdict, anomalies
from legation.intelligence.rules.trend import MONTH, Trend, trends
from legation.missions.published import MissionSeen
from legation.platform import clock
from legation.platform.authority.actor import Actor

WEEKS = 105
"""The week in question and two years before it: long enough for a baseline, short enough that it is still this one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One class within 100 km of a mission. ratio: the last 28 days against the 16 weeks before, with its interval.

    this_week: occurrences of the last seven days; expected: what the past weeks lead to; chance: of so many or more.
    """

    threat: ThreatClass
    this_week: int
    expected: float
    chance: float
    verdict: Verdict
    trend: Trend
    ratio: float
    low: float
    high: float
    false_alarm_rate: float = FALSE_ALARM_RATE

    @property
    def code(self) -> str:
        """The sentence of the verdict."""
        return f"anomaly.{self.verdict.name.lower()}"

    @property
    def trend_code(self) -> str:
        """The sentence of the trend."""
        return f"trend.{self.trend.name.lower()}"

    @property
    def params(self) -> dict[str, str | int | float]:
        """What both sentences name."""
        return {
            "this_week": self.this_week,
            "expected": self.expected,
            "chance_percent": self.chance * 100,
            "rate_percent": self.false_alarm_rate * 100,
            "ratio": self.ratio,
            "low": self.low,
            "high": self.high,
        }


def changes(actor: Actor, mission: MissionSeen) -> dict[ThreatClass, Change]:
    """Trend and anomaly of every class, from what this actor may read. Weeks before the first occurrence count for
    nothing: a source that was not there yet is no quiet."""
    seen = around(actor, mission)
    now_s = epoch_s(clock.as_of())
    weeks = _watched_weeks(int(seen.start_s.min()) if len(seen) else now_s, now_s)
    counts = weekly_counts(columns_of_missions([mission]), seen, now_s, max(weeks, MONTH_WEEKS))[0]
    odd = anomalies(counts[:, 0], counts[:, 1:weeks])
    month = trends(counts, MONTH)
    return {
        threat: Change(
            threat,
            int(counts[i, 0]),
            float(odd.expected[i]),
            float(odd.chance[i]),
            Verdict(int(odd.verdict[i])),
            Trend(int(month.trend[i])),
            float(np.nan_to_num(month.ratio[i], posinf=0.0)),
            float(np.nan_to_num(month.low[i], posinf=0.0)),
            float(np.nan_to_num(month.high[i], posinf=0.0)),
        )
        for i, threat in enumerate(THREAT_CODES)
    }


MONTH_WEEKS = MONTH.recent_weeks + MONTH.before_weeks


def _watched_weeks(first_s: int, now_s: int) -> int:
    """Weeks since the first occurrence, at most WEEKS."""
    return int(min(WEEKS, max(1, (now_s - first_s) // (7 * 86_400))))
