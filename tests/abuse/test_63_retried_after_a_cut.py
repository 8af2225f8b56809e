"""Abuse 63: the line or the power goes between commit and acknowledgement; the same command again is done once."""

from dataclasses import replace

import pytest
from django.db import transaction
from tests import given

from legation.missions.actions import import_list
from legation.missions.models import Mission
from legation.platform.authority.resolve import claim_house
from legation.platform.idempotency import once
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


class LineCut(Exception):
    """The answer never reached the one who asked."""


def amend_once(title: str, key: str, *, cut: bool = False) -> str:
    """A door's work: run under the key, then answer, unless the line is cut before the answer leaves."""
    local = given.local()

    def run() -> str:
        value = replace(given.DAMASCUS, title=title)
        import_list(claim_house("missions.import", local), [value], "retry")
        return str(Mission.objects.visible_to(given.local()).get(external_id=given.DAMASCUS.external_id).pk)

    outcome = once(local, "missions.import", key, title.encode(), run)
    if cut:
        raise LineCut
    return outcome.reference


def test_a_command_whose_answer_was_lost_is_done_once_and_answered_alike() -> None:
    given.keys()
    with pytest.raises(LineCut):
        amend_once("Embassy", "command-1", cut=True)
    entries = Entry.objects.count()
    first, second = amend_once("Embassy", "command-1"), amend_once("Embassy", "command-1")
    assert first == second
    assert Entry.objects.count() == entries
    assert Mission.objects.visible_to(given.local()).count() == 1


def test_a_command_cut_before_its_commit_leaves_nothing_and_may_be_repeated() -> None:
    given.keys()
    with transaction.atomic():
        amend_once("Embassy", "command-2")
        transaction.set_rollback(True)
    assert not Mission.objects.visible_to(given.local()).exists()
    assert amend_once("Embassy", "command-2")
    assert Mission.objects.visible_to(given.local()).count() == 1


def test_the_control_without_a_key_a_retry_is_a_second_command() -> None:
    given.keys()
    amend_once("Embassy", "")
    amend_once("Embassy of Brazil", "")
    assert Entry.objects.count() == 3
