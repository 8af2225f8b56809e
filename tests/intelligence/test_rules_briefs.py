"""The marking of a brief is that of its inputs, and below the line stands nothing of what is above."""

from hypothesis import given as with_any
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.intelligence.rules import briefs, proposing
from legation.intelligence.rules.briefs import CHANCES, Item, Likelihood, Section, Span
from legation.intelligence.rules.proposing import Candidate, Reason

GREEN, AMBER = Marking(tlp=Tlp.GREEN), Marking(Classification.RESTRICTED, Tlp.AMBER)
RED = Marking(Classification.SECRET, Tlp.RED)

markings = st.builds(
    Marking, st.sampled_from(Classification), st.sampled_from(Tlp), st.frozensets(st.sampled_from(["NEGOTIATION"]))
)
items = st.lists(
    st.builds(
        Item,
        st.sampled_from(Section),
        st.text("above", min_size=1),
        markings,
        st.text("above"),
        st.none() | st.sampled_from(Likelihood),
        st.just("Occurrence/above"),
        st.sampled_from(["", "written for below"]),
        st.booleans(),
    ),
    max_size=8,
)


@with_any(items, markings)
def test_the_marking_of_a_brief_covers_each_of_its_inputs_and_asked_to_carry_less_it_refuses(
    made: list[Item], wanted: Marking
) -> None:
    needs = briefs.marking_of(made, OPEN)
    assert all(needs.covers(one.marking) for one in made)
    granted = isinstance(briefs.may_carry(made, wanted), Grant)
    assert granted == all(wanted.covers(one.marking) for one in made)


@with_any(items, markings)
def test_nothing_above_the_line_stands_below_it_but_what_was_written_or_counted_for_it(
    made: list[Item], line: Marking
) -> None:
    lower = briefs.below(made, line)
    fit = {(one.text, one.title, one.subject) for one in made if line.covers(one.marking)}
    for one in lower:
        assert line.covers(one.marking)
        assert (one.text, one.title, one.subject) in fit or (one.text, one.title, one.subject) == (
            "written for below", "", "",
        )  # fmt: skip
        assert not one.below, "a version below tells nothing of what stands for what"
        assert not one.counted


@with_any(items, markings)
def test_what_is_left_out_leaves_no_trace_in_the_version_below(made: list[Item], line: Marking) -> None:
    rest = [one for one in made if line.covers(one.marking) or one.below]
    assert briefs.below(made, line) == briefs.below(rest, line)


def test_a_refusal_names_the_item_to_take_out_or_to_rewrite() -> None:
    made = [Item(Section.HAPPENED, "open", OPEN, "Theft"), Item(Section.HAPPENED, "closed", RED, "Approach")]
    refused = briefs.may_carry(made, GREEN)
    assert isinstance(refused, Refusal)
    assert refused.params == {"item": "Approach", "marking": str(RED), "wanted": str(GREEN)}


def test_a_line_is_refused_where_it_divides_nothing_or_leaves_nothing() -> None:
    closed = Item(Section.HAPPENED, "closed", RED)
    assert isinstance(briefs.may_tear([Item(Section.HAPPENED, "open", OPEN)], GREEN), Refusal)
    assert isinstance(briefs.may_tear([closed], GREEN), Refusal)
    assert isinstance(briefs.may_tear([closed, Item(Section.HAPPENED, "open", OPEN)], GREEN), Grant)


def test_only_written_sentences_about_what_is_above_are_decisions_to_release() -> None:
    made = [
        Item(Section.HAPPENED, "closed", RED, below="written"),
        Item(Section.AHEAD, "figure", RED, below="counted anew", counted=True),
        Item(Section.HAPPENED, "open", OPEN, below="never needed"),
    ]
    assert [one.below for one in briefs.released(made, GREEN)] == ["written"]


def test_who_may_not_read_the_inputs_composes_nothing_of_them_and_nothing_is_no_brief() -> None:
    assert isinstance(briefs.may_compose([Item(Section.HAPPENED, "closed", RED)], AMBER), Refusal)
    assert isinstance(briefs.may_compose([Item(Section.SILENT, "a source", OPEN)], RED), Refusal)
    assert isinstance(briefs.may_mark(AMBER, RED), Refusal)


def test_lines_are_read_in_the_order_of_their_parts() -> None:
    made = [Item(Section.SILENT, "s", OPEN), Item(Section.HAPPENED, "h", OPEN), Item(Section.JUDGEMENT, "j", OPEN)]
    assert [one.text for one in briefs.above(made)] == ["j", "h", "s"]


@with_any(markings, markings)
def test_the_worker_may_read_every_receipt_and_none_is_marked_above_its_version(
    version: Marking, worker: Marking
) -> None:
    notice = briefs.notice_marking(version, worker)
    assert worker.covers(notice)
    assert version.covers(notice)


def test_the_words_of_likelihood_cover_the_scale_without_a_gap() -> None:
    ends = [CHANCES[word] for word in Likelihood]
    assert [low for low, _ in ends[1:]] == [high for _, high in ends[:-1]]
    assert (ends[0][0], ends[-1][1]) == (1, 99)
    assert (Span.DAILY.days, Span.WEEKLY.days) == (1, 7)


candidates = st.lists(
    st.builds(
        Candidate,
        st.text("abc", min_size=1, max_size=4),
        st.none() | st.floats(0, 400),
        st.integers(0, 1000),
        st.floats(0, 1),
        st.booleans(),
    ),
    max_size=60,
    unique_by=lambda one: one.key,
)


@with_any(candidates)
def test_what_is_put_forward_has_its_reasons_and_at_most_so_many_are_chosen_beforehand(found: list[Candidate]) -> None:
    shown = proposing.proposed(found)
    assert len(shown) == min(len(found), proposing.SHOWN)
    assert sum(bool(one.reasons) for one in shown) <= 4 * proposing.EACH
    if found:
        gravest = max(one.gravity for one in found)
        assert any(Reason.GRAVEST in one.reasons and one.candidate.gravity == gravest for one in shown)
    for one in shown:
        if Reason.NEAREST in one.reasons:
            assert one.candidate.away_km is not None
            assert one.candidate.away_km <= proposing.NEAR_KM
