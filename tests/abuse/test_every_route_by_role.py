"""The authority matrix: every route × every role × visible or hidden, out of the addresses that are really served.

A route that is not in the table fails: whoever adds one says here who may. Verbs and their holders come from
`runtime/authority.csv`, so the table of rights stands in one place only.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests import given
from tests.abuse import routes_of_access, routes_of_briefs
from tests.abuse.asking import OPEN, SIGNED_IN, Row, asked, filled
from tests.abuse.given import signed_in, with_key

from legation.missions.models import Mission
from legation.platform.authority.actor import Actor, Role
from legation.platform.authority.table import verbs_of

pytestmark = pytest.mark.django_db(transaction=True)

PAGES: dict[str, Row] = {
    "health": Row(OPEN),
    "language/": Row(OPEN, "post"),
    "enrol/<str:token>/": Row(OPEN),
    "": Row(SIGNED_IN),
    "search": Row(SIGNED_IN),
    "authority": Row(SIGNED_IN),
    "map.json": Row("missions.read"),
    "watch/": Row("watch.read"),
    "missions/": Row("missions.read"),
    "missions/load/": Row("missions.import"),
    "missions/people/me/": Row(SIGNED_IN),
    "missions/people/load/": Row("missions.import_people"),
    "missions/people/<str:key>/": Row("missions.read_people"),
    "missions/people/<str:key>/correct/": Row("missions.correct_person", "post"),
    "missions/people/<str:key>/account/": Row("missions.link_account", "post"),
    "missions/people/<str:key>/merge/": Row("missions.merge_people", "post"),
    "missions/people/<str:key>/sealed/": Row("missions.read_sensitive", "post"),
    "missions/people/<str:key>/sealed/set/": Row("missions.set_sensitive", "post"),
    "missions/people/<str:key>/contacts/": Row("missions.add_contact", "post"),
    "missions/people/contacts/<str:key>/test/": Row("missions.test_contact", "post"),
    "missions/people/contacts/<str:key>/remove/": Row("missions.remove_contact", "post"),
    "missions/people/<str:key>/requests/": Row("missions.ask_correction", "post"),
    "missions/people/requests/<str:key>/decide/": Row("missions.decide_correction", "post"),
    "missions/people/<str:key>/erasure/": Row("missions.propose_erasure", "post"),
    "missions/people/<str:key>/erasure/withdraw/": Row("missions.withdraw_erasure", "post"),
    "missions/people/<str:key>/erasure/confirm/": Row("missions.erase_person", "post"),
    "missions/people/<str:key>/hold/": Row("ledger.hold", "post"),
    "missions/people/<str:key>/hold/lift/": Row("ledger.lift", "post"),
    "missions/<str:key>/people/": Row("missions.read_people", mission=True),
    "missions/<str:key>/people/export/": Row("missions.export_people", "post", mission=True),
    "missions/<str:key>/people/add/": Row("missions.add_person", "post", mission=True),
    "missions/<str:key>/": Row("missions.read", mission=True),
    "missions/<str:key>/posture/": Row("missions.set_posture", "post", mission=True),
    "missions/<str:key>/premises/": Row("missions.add_premises", "post", mission=True),
    "missions/my-assets/": Row("missions.answer_hand_over"),
    "missions/assets/<str:key>/": Row("missions.read"),
    "missions/assets/<str:key>/hand-over/": Row("missions.propose_hand_over", "post"),
    "missions/assets/<str:key>/answer/": Row("missions.answer_hand_over", "post"),
    "missions/assets/<str:key>/take-back/": Row("missions.take_back_hand_over", "post"),
    "missions/assets/<str:key>/combination/": Row("missions.change_combination", "post"),
    "missions/assets/<str:key>/lose/": Row("missions.lose_asset", "post"),
    "missions/assets/<str:key>/write-off/": Row("missions.write_off_asset", "post"),
    "missions/<str:key>/assets/": Row("missions.read", mission=True),
    "missions/<str:key>/assets/add/": Row("missions.add_asset", "post", mission=True),
    "missions/<str:key>/assets/count/": Row("missions.count_assets", mission=True),
    "law/protocols/": Row("law.read"),
    "law/protocols/for-all/": Row("law.enter_service_protocol", "post"),
    "law/protocols/at/<str:key>/": Row("law.enter_protocol", mission=True),
    "law/reading/": Row("law.read_protocol"),
    "law/protocols/<str:key>/": Row("law.read"),
    "law/protocols/<str:key>/publish/": Row("law.publish_protocol", "post"),
    "law/protocols/<str:key>/review/": Row("law.review_protocol", "post"),
    "law/protocols/<str:key>/end/": Row("law.end_protocol", "post"),
    "law/protocols/<str:key>/<int:number>/": Row("law.read"),
    "law/protocols/<str:key>/<int:number>/read/": Row("law.read_protocol", "post"),
    "law/protocols/<str:key>/<int:number>/print/": Row("law.print_protocol", "post"),
    "missions/residences/<str:key>/": Row("missions.read_residences"),
    "missions/residences/<str:key>/survey/": Row("missions.survey_residence", "post"),
    "missions/residences/<str:key>/waive/": Row("missions.waive_criterion", "post"),
    "missions/residences/<str:key>/move-in/": Row("missions.move_in", "post"),
    "missions/residences/<str:key>/move-out/": Row("missions.move_out", "post"),
    "missions/premises/<str:key>/residence/": Row("missions.add_residence", "post"),
    "missions/<str:key>/residences/": Row("missions.read_residences", mission=True),
    "missions/occasions/<str:key>/": Row("missions.read_occasions"),
    "missions/occasions/<str:key>/run-sheet/": Row("missions.set_run_sheet", "post"),
    "missions/occasions/<str:key>/advance/": Row("missions.tick_advance", "post"),
    "missions/occasions/<str:key>/guests/": Row("missions.list_guests", "post"),
    "missions/occasions/<str:key>/take-out/<str:what>/": Row("missions.take_out_occasion", "post"),
    "missions/guests/<str:key>/admit/": Row("missions.admit_guest", "post"),
    "missions/<str:key>/occasions/": Row("missions.read_occasions", mission=True),
    "missions/<str:key>/occasions/plan/": Row("missions.plan_occasion", "post", mission=True),
    "ledger/": Row("ledger.read"),
    "ledger/export/": Row("ledger.export", "post"),
    "ledger/<str:key>/": Row("ledger.read"),
    "watch/alarms/": Row("watch.read"),
    "watch/alarms/<str:key>/": Row("watch.read"),
    "watch/alarms/<str:key>/take/": Row("watch.take", "post"),
    "watch/alarms/<str:key>/close/": Row("watch.close", "post"),
    "law/": Row("law.read"),
    "law/entries/": Row("law.read"),
    "law/entries/at/<str:key>/": Row("law.log_entry", mission=True),
    "law/entries/<str:key>/": Row("law.read"),
    "law/entries/<str:key>/mark/": Row("law.mark_left", "post"),
    "law/entries/<str:key>/protest/": Row("law.ask_host", "post"),
    "law/host/": Row("law.read"),
    "law/host/at/<str:key>/": Row("law.ask_host", mission=True),
    "law/host/notes/<str:key>/": Row("law.read"),
    "law/host/notes/<str:key>/word/": Row("law.word_note", "post"),
    "law/host/notes/<str:key>/print/": Row("law.print_note", "post"),
    "law/host/<str:key>/": Row("law.read"),
    "law/host/<str:key>/number/": Row("law.number_note", "post"),
    "law/host/<str:key>/deliver/": Row("law.deliver_note", "post"),
    "law/host/<str:key>/answer/": Row("law.record_answer", "post"),
    "law/host/<str:key>/judge/": Row("law.judge_promise", "post"),
    "law/host/<str:key>/escalate/": Row("law.escalate_host", "post"),
    "law/host/<str:key>/withdraw/": Row("law.withdraw_request", "post"),
    "law/host/<str:key>/pack/": Row("law.take_pack", "post"),
    "law/host/<str:key>/attachments/<str:name>/": Row("law.read"),
    "law/load/": Row("law.load"),
    "law/norms/<str:key>/": Row("law.read"),
    "watch/roster/": Row("watch.read_roster"),
    "watch/roster/<str:key>/": Row("watch.read_roster", mission=True),
    "watch/roster/<str:key>/shifts/": Row("watch.plan_roster", "post", mission=True),
    "watch/roster/<str:key>/rotation/": Row("watch.plan_roster", "post", mission=True),
    "watch/roster/<str:key>/repeat/": Row("watch.plan_roster", "post", mission=True),
    "watch/roster/<str:key>/leave/": Row("watch.enter_leave", "post", mission=True),
    "watch/shifts/<str:key>/hand-over/": Row("watch.hand_over", "post"),
    "watch/hand-overs/<str:key>/": Row("watch.read"),
    "watch/hand-overs/<str:key>/accept/": Row("watch.accept_watch", "post"),
    "watch/hand-overs/<str:key>/print/": Row("watch.print_hand_over", "post"),
    "watch/roster/<str:key>/notes/": Row("watch.log_note", "post", mission=True),
    "watch/authorities/": Row("watch.read"),
    "watch/authorities/at/<str:key>/": Row("watch.read", mission=True),
    "watch/authorities/at/<str:key>/sign/": Row("watch.sign_authority", "post", mission=True),
    "watch/authorities/<str:key>/": Row("watch.read"),
    "watch/authorities/<str:key>/use/": Row("watch.use_authority", "post"),
    "watch/authorities/<str:key>/revoke/": Row("watch.revoke_authority", "post"),
    "watch/uses/<str:key>/": Row("watch.read"),
    "watch/uses/<str:key>/review/": Row("watch.review_use", "post"),
    "proposals/<str:key>/": Row("risk.read", mission=True),
    "watch/shifts/<str:key>/": Row("watch.read_roster"),
    "watch/shifts/<str:key>/swap/": Row("watch.swap_shift", "post"),
    "watch/leave/<str:key>/withdraw/": Row("watch.withdraw_leave", "post"),
    "watch/duties/<str:key>/give-up/": Row("watch.give_up_duty", "post"),
    "law/missions/<str:key>/limits/": Row("law.read", mission=True),
    "law/missions/<str:key>/consents/": Row("law.record_consent", "post", mission=True),
    "missions/premises/<str:key>/category/": Row("missions.set_category", "post"),
    "law/missions/<str:key>/standards/": Row("law.read", mission=True),
    "law/premises/<str:premises>/": Row("law.read"),
    "law/premises/<str:premises>/check/": Row("law.check_criterion", "post"),
    "law/checks/<str:key>/": Row("law.read"),
    "law/checks/<str:key>/waiver/": Row("law.apply_waiver", "post"),
    "law/waivers/<str:key>/": Row("law.read"),
    "law/waivers/<str:key>/decide/": Row("law.decide_waiver", "post"),
    "law/waivers/<str:key>/withdraw/": Row("law.withdraw_waiver", "post"),
    "law/missions/<str:key>/matrix/": Row("law.read", mission=True),
    "law/missions/<str:key>/matrix/give/": Row("law.give_responsibility", "post", mission=True),
    "law/missions/<str:key>/matrix/review/": Row("law.review_matrix", "post", mission=True),
    "law/missions/<str:key>/matrix/<str:kind>/<str:subject>/": Row("law.read", mission=True),
    "law/holdings/<str:key>/": Row("law.read"),
    "law/holdings/<str:key>/release/": Row("law.release_responsibility", "post"),
    "law/consents/<str:key>/": Row("law.read"),
    "law/consents/<str:key>/withdraw/": Row("law.withdraw_consent", "post"),
    "risk/": Row("risk.read"),
    "risk/records/<str:kind>/<str:key>/": Row("risk.read"),
    "risk/<str:key>/": Row("risk.read", mission=True),
    "risk/<str:key>/forecast/": Row("risk.read", mission=True),
    "risk/<str:key>/<str:threat>/": Row("risk.read"),
    "risk/<str:key>/<str:threat>/assess/": Row("risk.assess", "post"),
    "risk/<str:key>/measures/": Row("risk.add_measure", "post", mission=True),
    "risk/<str:key>/delegations/": Row("risk.delegate", "post", mission=True),
    "risk/<str:key>/decline/": Row("risk.decline_posture", "post", mission=True),
    "risk/<str:key>/propose/": Row("risk.propose_posture", "post", mission=True),
    "risk/assessments/<str:key>/accept/": Row("risk.accept", "post"),
    "risk/acceptances/<str:key>/withdraw/": Row("risk.withdraw_acceptance", "post"),
    "risk/measures/<str:key>/state/": Row("risk.set_measure", "post"),
    "risk/delegations/<str:key>/withdraw/": Row("risk.withdraw_delegation", "post"),
    "intelligence/": Row("intelligence.read"),
    "intelligence/aside/": Row("intelligence.read"),
    "intelligence/aside/<int:number>/": Row("intelligence.read"),
    "intelligence/aside/<int:number>/dismiss/": Row("intelligence.dismiss", "post"),
    "intelligence/aside/<int:number>/retry/": Row("intelligence.collect", "post"),
    "intelligence/merge/": Row("intelligence.merge", "post"),
    "intelligence/missions/<str:key>/": Row("intelligence.read", mission=True),
    "intelligence/missions/<str:key>/grade/": Row("intelligence.grade_threat", "post", mission=True),
    "intelligence/missions/<str:key>/tripwire/": Row("intelligence.set_tripwire", "post", mission=True),
    "intelligence/occurrences/<str:key>/": Row("intelligence.read"),
    "intelligence/occurrences/<str:key>/split/": Row("intelligence.split", "post"),
    "intelligence/actors/": Row("intelligence.read"),
    "intelligence/actors/<str:key>/": Row("intelligence.read"),
    "intelligence/actors/<str:key>/review/": Row("intelligence.review_actor", "post"),
    "intelligence/calendar/": Row("intelligence.read"),
    "intelligence/calendar/load/": Row("intelligence.load_days", "post"),
    "intelligence/calendar/<str:key>/strike/": Row("intelligence.strike_day", "post"),
    "intelligence/contradictions/": Row("intelligence.read"),
    "intelligence/occurrences/<str:key>/believe/": Row("intelligence.believe", "post"),
    "intelligence/report/": Row("intelligence.report"),
    "intelligence/signals/<str:key>/": Row("intelligence.read"),
    "intelligence/sources/": Row("intelligence.read"),
    "intelligence/sources/<str:key>/": Row("intelligence.read"),
    "intelligence/sources/<str:key>/amend/": Row("intelligence.amend_source", "post"),
    "intelligence/sources/<str:key>/collect/": Row("intelligence.collect", "post"),
    "intelligence/tripwires/": Row("intelligence.read"),
    "intelligence/tell/": Row("intelligence.tell"),
    "intelligence/tell/phones/": Row("intelligence.register_phone", "post"),
    "intelligence/tell/phones/<str:key>/revoke/": Row("intelligence.revoke_phone", "post"),
    "intelligence/tell/queue/": Row(OPEN, "post"),
    "intelligence/tell/worker.js": Row("intelligence.tell"),
    "intelligence/told/held/": Row("intelligence.take_held"),
    "intelligence/told/held/<str:key>/take/": Row("intelligence.take_held", "post"),
    "intelligence/told/held/<str:key>/refuse/": Row("intelligence.refuse_held", "post"),
    "intelligence/missions/<str:key>/incidents/": Row("intelligence.import_incidents", mission=True),
    "intelligence/told/": Row("intelligence.read"),
    "intelligence/told/own/": Row("intelligence.tell"),
    "intelligence/told/<str:key>/": Row("intelligence.tell"),
    "intelligence/told/<str:key>/photograph/": Row("intelligence.tell"),
    "intelligence/told/<str:key>/answer/": Row("intelligence.answer_report", "post"),
    "next-day": Row("runtime.advance", "post"),
}
"""Address as the URL conf writes it → who may ask it. Sign-in and one's own account are in OWN."""

OWN = ("sign-in/", "account/")
"""Sign-in, and what concerns only the person himself; their own tests are in tests/runtime."""

API: dict[tuple[str, str], Row] = {
    ("get", "/api/missions/"): Row("missions.read"),
    ("get", "/api/missions/{key}"): Row("missions.read", mission=True),
    ("post", "/api/missions/{key}/posture"): Row("missions.set_posture", "post", mission=True),
    ("post", "/api/missions/list"): Row("missions.import", "post"),
    ("get", "/api/missions/{key}/assets"): Row("missions.read", mission=True),
    ("post", "/api/missions/{key}/assets"): Row("missions.add_asset", "post", mission=True),
    ("post", "/api/missions/{key}/assets/count"): Row("missions.count_assets", "post", mission=True),
    ("post", "/api/missions/assets/{key}/hand-over"): Row("missions.propose_hand_over", "post"),
    ("post", "/api/missions/assets/{key}/answer"): Row("missions.answer_hand_over", "post"),
    ("post", "/api/missions/assets/{key}/take-back"): Row("missions.take_back_hand_over", "post"),
    ("post", "/api/missions/assets/{key}/combination"): Row("missions.change_combination", "post"),
    ("post", "/api/missions/assets/{key}/lose"): Row("missions.lose_asset", "post"),
    ("post", "/api/missions/assets/{key}/write-off"): Row("missions.write_off_asset", "post"),
    ("get", "/api/law/protocols"): Row("law.read"),
    ("post", "/api/law/protocols"): Row("law.enter_service_protocol", "post"),
    ("post", "/api/law/missions/{key}/protocols"): Row("law.enter_protocol", "post", mission=True),
    ("get", "/api/law/protocols/{key}"): Row("law.read"),
    ("post", "/api/law/protocols/{key}/versions"): Row("law.publish_protocol", "post"),
    ("post", "/api/law/protocols/{key}/versions/{number}/read"): Row("law.read_protocol", "post"),
    ("post", "/api/law/protocols/{key}/review"): Row("law.review_protocol", "post"),
    ("post", "/api/law/protocols/{key}/end"): Row("law.end_protocol", "post"),
    ("get", "/api/missions/{key}/residences"): Row("missions.read_residences", mission=True),
    ("post", "/api/missions/premises/{key}/residence"): Row("missions.add_residence", "post"),
    ("post", "/api/missions/residences/{key}/survey"): Row("missions.survey_residence", "post"),
    ("post", "/api/missions/residences/{key}/waive"): Row("missions.waive_criterion", "post"),
    ("post", "/api/missions/residences/{key}/move-in"): Row("missions.move_in", "post"),
    ("post", "/api/missions/residences/{key}/move-out"): Row("missions.move_out", "post"),
    ("get", "/api/missions/{key}/occasions"): Row("missions.read_occasions", mission=True),
    ("post", "/api/missions/{key}/occasions"): Row("missions.plan_occasion", "post", mission=True),
    ("post", "/api/missions/occasions/{key}/run-sheet"): Row("missions.set_run_sheet", "post"),
    ("post", "/api/missions/occasions/{key}/advance"): Row("missions.tick_advance", "post"),
    ("get", "/api/missions/occasions/{key}/guests"): Row("missions.read_occasions"),
    ("post", "/api/missions/occasions/{key}/guests"): Row("missions.list_guests", "post"),
    ("post", "/api/missions/guests/{key}/admit"): Row("missions.admit_guest", "post"),
    ("get", "/api/risk/scenarios"): Row("risk.read"),
    ("get", "/api/risk/{mission}/explain/{threat}"): Row("risk.read"),
    ("get", "/api/risk/{mission}/forecasts"): Row("risk.read", mission=True),
    ("get", "/api/risk/{mission}/measures"): Row("risk.read", mission=True),
    ("post", "/api/risk/{mission}/assessments"): Row("risk.assess", "post", mission=True),
    ("post", "/api/risk/{mission}/measures"): Row(
        "risk.add_measure",
        "post",
        mission=True,
    ),
    ("post", "/api/risk/{mission}/posture/decline"): Row("risk.decline_posture", "post", mission=True),
    ("post", "/api/risk/measures/{key}/state"): Row("risk.set_measure", "post"),
    ("post", "/api/risk/assessments/{key}/accept"): Row("risk.accept", "post"),
    ("post", "/api/risk/acceptances/{key}/withdraw"): Row("risk.withdraw_acceptance", "post"),
    ("post", "/api/intelligence/missions/{key}/told"): Row("intelligence.tell", "post", mission=True),
    ("post", "/api/intelligence/missions/{key}/incidents"): Row("intelligence.import_incidents", "post", mission=True),
    ("post", "/api/intelligence/figures"): Row("intelligence.import_figures", "post"),
    ("get", "/api/intelligence/told"): Row("intelligence.read"),
    ("get", "/api/intelligence/told/own"): Row("intelligence.tell"),
    ("post", "/api/intelligence/told/{key}/answer"): Row("intelligence.answer_report", "post"),
    ("get", "/api/intelligence/missions/{key}/profile"): Row("intelligence.read", mission=True),
    ("get", "/api/intelligence/occurrences"): Row("intelligence.read"),
    ("get", "/api/intelligence/occurrences/{key}"): Row("intelligence.read"),
    ("get", "/api/intelligence/actors"): Row("intelligence.read"),
    ("get", "/api/intelligence/actors/unregistered"): Row("intelligence.read"),
    ("get", "/api/intelligence/actors/{key}"): Row("intelligence.read"),
    ("post", "/api/intelligence/actors"): Row("intelligence.register_actor", "post"),
    ("put", "/api/intelligence/actors/{key}"): Row("intelligence.review_actor", "put"),
    ("get", "/api/intelligence/calendar"): Row("intelligence.read"),
    ("post", "/api/intelligence/calendar"): Row("intelligence.enter_day", "post"),
    ("get", "/api/intelligence/missions/{key}/calendar"): Row("intelligence.read", mission=True),
    ("get", "/api/intelligence/contradictions"): Row("intelligence.read"),
    ("get", "/api/intelligence/occurrences/{key}/differences"): Row("intelligence.read"),
    ("post", "/api/intelligence/occurrences/{key}/believe"): Row("intelligence.believe", "post"),
    ("get", "/api/intelligence/signals/{key}"): Row("intelligence.read"),
    ("get", "/api/intelligence/sources"): Row("intelligence.read"),
    ("post", "/api/intelligence/missions/{key}/grades"): Row("intelligence.grade_threat", "post", mission=True),
    ("post", "/api/intelligence/missions/{key}/tripwires"): Row("intelligence.set_tripwire", "post", mission=True),
    ("post", "/api/intelligence/occurrences/merge"): Row("intelligence.merge", "post"),
    ("post", "/api/intelligence/occurrences/{key}/split"): Row("intelligence.split", "post"),
    ("post", "/api/intelligence/reports"): Row("intelligence.report", "post"),
    ("post", "/api/intelligence/sources"): Row("intelligence.register_source", "post"),
    ("post", "/api/intelligence/sources/{key}/collect"): Row("intelligence.collect", "post"),
    ("put", "/api/intelligence/sources/{key}"): Row("intelligence.amend_source", "put"),
    ("get", "/api/law/norms"): Row("law.read"),
    ("get", "/api/law/host/requests"): Row("law.read"),
    ("get", "/api/law/host/requests/{key}/notes"): Row("law.read"),
    ("post", "/api/law/host/{mission}/requests"): Row("law.ask_host", "post", mission=True),
    ("post", "/api/law/host/requests/{key}/notes"): Row("law.number_note", "post"),
    ("post", "/api/law/host/requests/{key}/deliver"): Row("law.deliver_note", "post"),
    ("post", "/api/law/host/requests/{key}/answer"): Row("law.record_answer", "post"),
    ("post", "/api/law/host/requests/{key}/judge"): Row("law.judge_promise", "post"),
    ("post", "/api/law/host/requests/{key}/escalate"): Row("law.escalate_host", "post"),
    ("get", "/api/law/entries"): Row("law.read"),
    ("post", "/api/law/entries/{mission}"): Row("law.log_entry", "post", mission=True),
    ("post", "/api/law/entries/{key}/left"): Row("law.mark_left", "post"),
    ("post", "/api/law/entries/{key}/entered"): Row("law.mark_entered", "post"),
    ("post", "/api/law/instruments"): Row("law.load", "post"),
    ("get", "/api/law/norms/{key}"): Row("law.read"),
    ("get", "/api/law/missions/{key}/limits"): Row("law.read", mission=True),
    ("get", "/api/law/missions/{key}/consents"): Row("law.read", mission=True),
    ("post", "/api/law/missions/{key}/consents"): Row("law.record_consent", "post", mission=True),
    ("get", "/api/missions/{key}/premises"): Row("missions.read", mission=True),
    ("post", "/api/missions/premises/{key}/category"): Row("missions.set_category", "post"),
    ("get", "/api/law/missions/{key}/standards"): Row("law.read", mission=True),
    ("post", "/api/law/premises/{key}/checks"): Row("law.check_criterion", "post"),
    ("post", "/api/law/checks/{key}/waivers"): Row("law.apply_waiver", "post"),
    ("post", "/api/law/waivers/{key}/decide"): Row("law.decide_waiver", "post"),
    ("post", "/api/law/waivers/{key}/withdraw"): Row("law.withdraw_waiver", "post"),
    ("get", "/api/law/missions/{key}/matrix"): Row("law.read", mission=True),
    ("post", "/api/law/missions/{key}/matrix"): Row("law.give_responsibility", "post", mission=True),
    ("post", "/api/law/missions/{key}/matrix/review"): Row("law.review_matrix", "post", mission=True),
    ("post", "/api/law/holdings/{key}/release"): Row("law.release_responsibility", "post"),
    ("post", "/api/law/consents/{key}/withdraw"): Row("law.withdraw_consent", "post"),
    ("get", "/api/watch/alarms"): Row("watch.read"),
    ("get", "/api/watch/alarms/{key}"): Row("watch.read"),
    ("get", "/api/missions/{mission}/people"): Row("missions.read_people", mission=True),
    ("post", "/api/missions/{mission}/people"): Row("missions.add_person", "post", mission=True),
    ("post", "/api/missions/{mission}/people/list"): Row("missions.import_people", "post", mission=True),
    ("get", "/api/missions/people/{key}"): Row("missions.read_people"),
    ("put", "/api/missions/people/{key}"): Row("missions.correct_person", "put"),
    ("post", "/api/missions/people/{key}/contacts"): Row("missions.add_contact", "post"),
    ("post", "/api/missions/people/contacts/{key}/test"): Row("missions.test_contact", "post"),
    ("post", "/api/missions/people/{key}/erasure"): Row("missions.propose_erasure", "post"),
    ("post", "/api/missions/people/{key}/erasure/confirm"): Row("missions.erase_person", "post"),
    ("post", "/api/watch/alarms/{key}/take"): Row("watch.take", "post"),
    ("post", "/api/watch/alarms/{key}/close"): Row("watch.close", "post"),
    ("get", "/api/watch/hand-overs/{key}"): Row("watch.read"),
    ("post", "/api/watch/roster/turns/{key}/hand-over"): Row("watch.hand_over", "post"),
    ("post", "/api/watch/hand-overs/{key}/accept"): Row("watch.accept_watch", "post"),
    ("post", "/api/watch/roster/{key}/notes"): Row("watch.log_note", "post", mission=True),
    ("get", "/api/watch/authorities"): Row("watch.read"),
    ("post", "/api/watch/authorities/at/{mission}"): Row("watch.sign_authority", "post", mission=True),
    ("post", "/api/watch/authorities/{key}/use"): Row("watch.use_authority", "post"),
    ("post", "/api/watch/authorities/{key}/revoke"): Row("watch.revoke_authority", "post"),
    ("post", "/api/watch/uses/{key}/review"): Row("watch.review_use", "post"),
    ("get", "/api/watch/roster/{key}"): Row("watch.read_roster", mission=True),
    ("post", "/api/watch/roster/{key}/turns"): Row("watch.plan_roster", "post", mission=True),
    ("post", "/api/watch/roster/{key}/leave"): Row("watch.enter_leave", "post", mission=True),
    ("post", "/api/watch/roster/leave/{key}/withdraw"): Row("watch.withdraw_leave", "post"),
    ("post", "/api/watch/roster/turns/{key}/swap"): Row("watch.swap_shift", "post"),
    ("post", "/api/watch/roster/turns/{key}/cancel"): Row("watch.cancel_shift", "post"),
    ("post", "/api/watch/roster/duties/{key}/give-up"): Row("watch.give_up_duty", "post"),
}


for routes in (routes_of_access, routes_of_briefs):
    PAGES |= {path: Row(*row) for path, row in routes.PAGES.items()}
    API |= {route: Row(*row) for route, row in routes.API.items()}


def page_routes(patterns: list[Any] | None = None, prefix: str = "") -> list[str]:
    """Every address of the URL conf, API aside."""
    found = []
    for item in get_resolver().url_patterns if patterns is None else patterns:
        here = prefix + str(item.pattern)
        if here.startswith("api/") or here.startswith(OWN):
            continue
        if isinstance(item, URLResolver):
            found += page_routes(item.url_patterns, here)
        elif isinstance(item, URLPattern):
            found.append(here)
    return found


def api_routes() -> list[tuple[str, str]]:
    paths = Client().get("/api/openapi.json").json()["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


def test_every_page_is_in_the_table_and_the_table_names_no_other() -> None:
    served = set(page_routes())
    assert not served - set(PAGES), f"say in PAGES who may ask for {sorted(served - set(PAGES))}"
    assert not set(PAGES) - served, f"PAGES names what is not served: {sorted(set(PAGES) - served)}"


def test_every_operation_of_the_api_is_in_the_table_and_the_table_names_no_other() -> None:
    served = set(api_routes())
    assert not served - set(API), f"say in API who may ask for {sorted(served - set(API))}"
    assert not set(API) - served, f"API names what is not served: {sorted(set(API) - served)}"


def cells() -> list[tuple[str, str, Row]]:
    return [("page", path, row) for path, row in PAGES.items()] + [("api", path, row) for (_, path), row in API.items()]


def client_of(door: str, actor: Actor) -> Client:
    return signed_in(actor) if door == "page" else with_key(actor)


REFUSED, ABSENT = {401, 403}, {404}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_each_role_may_what_its_verbs_say_and_nothing_else(role: str) -> None:
    given.keys()
    damascus, _ = given.missions()
    actor = given.operator(role)
    verbs = verbs_of(frozenset({role}))
    clients = {door: client_of(door, actor) for door in ("page", "api")}
    faults = []
    for door, path, row in cells():
        status = asked(clients[door], row, filled(path, damascus.pk), path)
        named_absent = ("<" in path or "{" in path) and not row.mission
        if row.who in {OPEN, SIGNED_IN} or row.who in verbs:
            wrong = status >= 500 or status in REFUSED or (status in ABSENT and not named_absent)
        else:
            wrong = status not in REFUSED | ABSENT
        if wrong:
            faults.append(f"{role} {row.method} {path}: {status}, {'may' if row.who in verbs else 'may not'} {row.who}")
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_mission_out_of_scope_is_absent_at_every_route_for_every_role(role: str) -> None:
    given.keys()
    damascus, beirut = given.missions()
    actor = given.operator(role, scope=frozenset({damascus.pk}))
    faults = []
    for door, path, row in cells():
        if row.mission:
            client = client_of(door, actor)
            hidden, absent = (asked(client, row, filled(path, key), path) for key in (beirut.pk, "f" * 32))
            if hidden != absent or hidden not in REFUSED | ABSENT:
                faults.append(f"{role} {row.method} {path}: hidden {hidden}, absent {absent}")
    assert not faults, "\n" + "\n".join(faults)
    assert dict(Mission.objects.values_list("city", "posture_level")) == {"Damascus": 1, "Beirut": 1}


def test_without_a_session_or_key_only_what_is_open_answers() -> None:
    given.keys()
    damascus, _ = given.missions()
    faults = []
    for door, path, row in cells():
        if row.who != OPEN:
            client = Client()
            answer = client.generic(row.method.upper(), filled(path, damascus.pk))
            sent_away = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
            if not (sent_away or answer.status_code in REFUSED | ABSENT):
                faults.append(f"{door} {row.method} {path}: {answer.status_code}")
    assert not faults, "\n" + "\n".join(faults)


def test_a_password_without_the_second_factor_opens_nothing() -> None:
    from legation.runtime.middleware import SECOND_FACTOR_DONE

    given.keys()
    given.missions()
    client = signed_in(given.operator("watch_officer"))
    session = client.session
    del session[SECOND_FACTOR_DONE]
    session.save()
    answer = client.get("/missions/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
