"""May this be done? A security decision is a Grant or a Refusal with its reason, never a bare bool."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Grant:
    """Allowed; `rule` names the rule that allowed it."""

    rule: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Refused. `reason` is a code with parameters; the sentence is written by a template."""

    reason: str
    rule: str
    norm: str = ""
    params: dict[str, str] = field(default_factory=dict)


type Decision = Grant | Refusal


class Refused(Exception):
    """Raised by an action whose rule answered with a Refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def require(decision: Decision) -> Grant:
    """The grant, or Refused raised with the refusal inside."""
    if isinstance(decision, Refusal):
        raise Refused(decision)
    return decision
