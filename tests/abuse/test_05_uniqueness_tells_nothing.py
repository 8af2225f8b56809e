"""Abuse case 5: whether a staff number is taken by somebody hidden is not to be learnt by trying it."""

import pytest
from tests import given
from tests.abuse.given import with_key
from tests.missions.given import person

from legation.foundations.markings import Classification, Marking, Tlp
from legation.missions.models import Person
from legation.missions.queries import people as asked

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "name,category,staff_number\nAna Lima,diplomat,{number}\n"
CLERK = Marking(Classification.RESTRICTED, Tlp.AMBER)


@pytest.mark.parametrize("door", ["list", "form"])
def test_a_number_taken_by_somebody_hidden_is_answered_like_a_free_one(door: str) -> None:
    secret = Marking(Classification.SECRET, Tlp.RED)
    given.keys()
    damascus = given.missions()[0]
    person(damascus, name="Under cover", staff_number="S-7", marking=secret)
    clerk = given.operator("rso", clearance=CLERK)
    client = with_key(clerk)
    answers = []
    for number in ("S-7", "S-8"):
        if door == "list":
            url, body, kind = "people/list", LIST.format(number=number).encode(), "text/csv"
        else:
            url, kind = "people", "application/json"
            body = f'{{"name":"Ana","category":"service","staff_number":"{number}"}}'.encode()
        sent = client.generic("POST", f"/api/missions/{damascus.pk}/{url}", body, content_type=kind)
        told = {k: v for k, v in sent.json().items() if k not in {"id", "staff_number"}}
        answers.append((sent.status_code, told))
    assert answers[0] == answers[1]
    assert Person.objects.filter(staff_number="S-7").count() == 2
    assert asked.twins(clerk, damascus.pk) == []
    cleared = given.operator("head_of_mission")
    assert len(asked.twins(cleared, damascus.pk)) == 1


def test_the_control_a_number_of_somebody_visible_is_met() -> None:
    given.keys()
    damascus = given.missions()[0]
    person(damascus, name="Ana Lima", staff_number="S-7")
    client = with_key(given.operator("rso", clearance=CLERK))
    sent = client.generic(
        "POST", f"/api/missions/{damascus.pk}/people/list", LIST.format(number="S-7").encode(), content_type="text/csv"
    )
    assert (sent.json()["added"], Person.objects.count()) == (0, 1)
