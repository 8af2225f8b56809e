"""Premises come under access control with zones and portals, by whom they should and as they should."""

import json

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.access import given as access
from typer.testing import CliRunner

from legation.access import cli, published
from legation.access.actions import places
from legation.access.events.places import PortalKind, ZoneKind
from legation.access.models import Portal, Site, Zone
from legation.access.queries import places as queries
from legation.foundations.decisions import Refused
from legation.missions.actions import add_premises
from legation.missions.events import PremisesKind
from legation.missions.models import Mission, Premises
from legation.platform.authority.actor import Forbidden, NotVisible
from legation.platform.authority.resolve import claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def node() -> None:
    given.keys()


def test_a_site_has_zones_and_portals_in_order() -> None:
    built = access.building()
    rso = given.operator("rso")
    assert [zone.name for zone in published.zones(rso, built.site.pk)] == ["Hall", "Offices", "Registry"]
    doors = {one.name: one for one in published.portals(rso, built.site.pk)}
    assert doors["Gate"].outside_id is None
    assert doors["Door"].outside_id == built.hall.pk
    assert published.sites(rso, built.mission.pk)[0].timezone == "Asia/Damascus"


def test_premises_become_one_site_only_once_in_a_known_time_zone() -> None:
    built = access.building()
    claimed = claim(Premises, built.premises.pk, "access.open_site", given.local())
    with pytest.raises(Refused, match="site_opened_already"):
        places.open_site(claimed, name="Again", timezone="Asia/Damascus")
    with pytest.raises(Refused, match="timezone_unknown"):
        places.open_site(
            claim(Premises, _more(built).pk, "access.open_site", given.local()), name="B", timezone="Damascus time"
        )
    assert Site.objects.count() == 1


def test_zones_and_portals_are_named_apart_and_lead_somewhere() -> None:
    built = access.building()

    def site() -> object:
        return claim(Site, built.site.pk, "access.fit_portal", given.local())

    with pytest.raises(Refused, match="place_name_taken"):
        places.lay_out_zone(
            claim(Site, built.site.pk, "access.lay_out_zone", given.local()), name=" Hall ", kind=ZoneKind.GENERAL
        )
    fit = {"name": "Back door", "kind": PortalKind.DOOR, "inside": built.offices.pk, "outside": None}
    for wrong, reason in (
        ({"code": "dam-gate"}, "portal_code_taken"),
        ({"code": "../x"}, "portal_code_odd"),
        ({"code": "dam-back", "outside": built.offices.pk}, "portal_leads_nowhere"),
    ):
        with pytest.raises(Refused, match=reason):
            places.fit_portal(site(), **{**fit, **wrong})
    with pytest.raises(NotVisible):
        places.fit_portal(site(), **{**fit, "code": "dam-back", "inside": "0" * 32})
    assert (Zone.objects.count(), Portal.objects.count()) == (3, 3)


def test_who_is_of_another_mission_sees_no_site() -> None:
    built = access.building()
    stranger = given.operator("rso", name="elsewhere", scope=frozenset({"elsewhere"}))
    assert not queries.sites(stranger)
    with pytest.raises(NotVisible):
        queries.site(stranger, built.site.pk)
    with pytest.raises(Forbidden):
        claim(Site, built.site.pk, "access.fit_portal", given.operator("guard"))


def test_an_officer_lays_out_a_site_by_its_pages() -> None:
    built = access.building()
    page = signed_in(given.operator("rso"))
    url = f"/access/sites/{built.site.pk}/"
    assert "Registry door" in page.get(url).content.decode()
    page.post(f"{url}zones/", {"name": "Cellar", "kind": "controlled"})
    cellar = Zone.objects.get(name="Cellar")
    page.post(
        f"{url}portals/",
        {"name": "Cellar door", "code": "dam-cellar", "kind": "door", "inside": cellar.pk, "outside": ""},
    )
    assert Portal.objects.get(code="dam-cellar").inside_id == cellar.pk
    assert "cellar" in page.get(url).content.decode().lower()
    assert page.get("/access/").status_code == 200
    assert page.get(f"/access/portals/{built.gate.pk}/").status_code == 302
    assert signed_in(given.operator("staff", name="s")).get(url).status_code == 403


def test_the_page_of_a_mission_leads_to_its_sites_for_who_may_read_them() -> None:
    built = access.building()
    url, way = f"/missions/{built.mission.pk}/", f"/access/missions/{built.mission.pk}/"
    shown = signed_in(given.operator("rso")).get(url).content.decode()
    assert way in shown
    assert f"/access/sites/{built.site.pk}/" in shown
    assert way not in signed_in(given.operator("analyst")).get(url).content.decode()


def test_the_terminal_lists_sites_and_lays_one_out() -> None:
    built = access.building()
    ran = CliRunner().invoke(cli.app, ["sites", "Damascus", "--json"])
    assert [one["code"] for one in json.loads(ran.stdout)[0]["portals"]] == [
        "dam-gate",
        "dam-door",
        "dam-registry-door",
    ]
    made = CliRunner().invoke(cli.app, ["lay-out-zone", built.site.pk, "Cellar", "controlled"])
    assert Zone.objects.get(pk=made.stdout.strip()).name == "Cellar"
    again = CliRunner().invoke(cli.app, ["lay-out-zone", built.site.pk, "Cellar", "controlled"])
    assert again.exit_code == 3
    assert "already a zone" in again.stderr


def test_the_api_lays_out_a_site() -> None:
    built = access.building()
    client = with_key(given.operator("rso"))
    url = f"/api/access/sites/{built.site.pk}"
    made = client.post(f"{url}/zones", {"name": "Cellar", "kind": "controlled"}, content_type="application/json").json()
    body = {"name": "Hatch", "code": "dam-hatch", "kind": "door", "inside": made["id"]}
    assert client.post(f"{url}/portals", body, content_type="application/json").json()["outside_id"] is None
    assert client.post(f"{url}/portals", body, content_type="application/json").status_code == 409
    assert len(client.get(f"{url}/portals").json()) == 4
    assert client.get(f"/api/access/missions/{built.mission.pk}/sites").json()[0]["id"] == built.site.pk
    assert len(client.get(f"{url}/zones").json()) == 4


def _more(built: access.Building) -> Premises:
    claimed = claim(Mission, built.mission.pk, "missions.add_premises", given.operator("rso", name="more"))
    return add_premises(claimed, name="Annex", kind=PremisesKind.ANNEX)
