"""How are the watch floor's codes said to a person?"""

from django.utils.translation import gettext_noop as _

ALARMS = {
    "runtime.clock_jumped": _("The machine's clock jumped by {seconds} seconds. Check its time source."),
    "runtime.duty_failed": _("The worker's duty “{duty}” keeps failing ({fault}). Its log says more; it is tried on."),
    "alarm_closed": _("This alarm is closed already."),
    "alarm_unclaimed": _("Take the alarm in hand first, so that it is known who settles it."),
    "note_missing": _("Say what came of it: the note stands in the record."),
    "note_too_long": _("Shorten the note to {longest} characters."),
}

ROSTER = {
    "watch.duty.rso_on_call": _("Security officer on call"),
    "watch.duty.duty_officer": _("Duty officer"),
    "watch.duty.deputy_head": _("Head of mission or deputy"),
    "watch.duty.watch_officer": _("Watch officer"),
    "watch.duty.duty_director": _("Director on call"),
    "watch.gap.uncovered": _("Nobody"),
    "watch.gap.away": _("Away, no deputy"),
    "watch.gap.double": _("Two at a time"),
    "watch.gap.too_long": _("Too long without a break"),
    "watch.gap.short_rest": _("Too little rest"),
    "watch.roster_gap": _("Roster, {duty}: {gap} from {from} until {until} UTC {who}"),
    "shift_missing": _("Choose at least one person and a time that is not over."),
    "shifts_too_many": _("That is more than {most} turns; enter fewer weeks at a time."),
    "duty_kept_elsewhere": _("The duty {duty} is not kept here: some belong to missions, others to headquarters."),
    "shift_ends_before_it_begins": _("The end lies before the beginning."),
    "shift_in_the_past": _("A turn from {begins} is over; a roster is not written afterwards."),
    "person_not_reachable": _("Choose another person with an account here who may take alarms: one must reach him."),
    "shift_stands_already": _("This person's turn from {begins} stands already."),
    "shift_cancelled_already": _("This turn was cancelled."),
    "shift_is_over": _("This turn is over."),
    "leave_is_over": _("This leave is over already."),
    "deputy_to_oneself": _("Nobody is his own deputy; choose another person or leave it open."),
    "one_duty_at_a_time": _("Enter the turns of one duty at a time."),
    "headquarters_not_yours": _("The headquarters roster belongs to those who see every mission."),
    "watch.RosterPlanned": _("{shifts} turns of the duty {duty} entered"),
    "watch.ShiftSwapped": _("A turn of the duty {duty} given to somebody else: {reason}"),
    "watch.ShiftCancelled": _("A turn of the duty {duty} cancelled: {reason}"),
    "watch.DutyGivenUp": _("The duty {duty} is no longer kept: {reason}"),
    "watch.GapsFound": _("{gaps} gaps found in the coming week's roster"),
    "watch.AlarmSettled": _("Alarm settled: {reason}"),
}

STANDING = {
    "watch.authority.raise_posture": _("Raise the posture"),
    "watch.authority.lockdown": _("Lock down"),
    "watch.authority.evacuate_building": _("Evacuate a building"),
    "watch.authority.call_host_police": _("Call the host state's police to the perimeter"),
    "watch.verdict.approved": _("Within what was signed"),
    "watch.verdict.not_approved": _("Not approved"),
    "authority_without_level": _("Say up to which posture, 2 to 5."),
    "authority_takes_no_level": _("Only raising the posture has a level; leave it open."),
    "authority_for_whom": _("Say by whom: whoever holds a duty, or one person."),
    "authority_without_conditions": _("Write on which conditions it may be used."),
    "authority_without_norm": _("Name the norm, standard or decision that it rests on."),
    "authority_over_already": _("The end lies in the future; choose a later day."),
    "authority_too_long": _("A standing authority lasts at most {days} days, then it is signed again."),
    "authority_text_too_long": _("Shorten the conditions and the norm to {longest} characters each."),
    "authority_not_in_force": _("This authority is not in force (until {until})."),
    "authority_not_yours": _(
        "It is for whoever holds the duty now, and that is not you; ask him, or have the roster changed."
    ),
    "authority_exceeded": _("It reaches up to posture {level}, no further. Above that somebody must decide."),
    "authority_only_raises": _("It raises the posture only; the mission stands there already."),
    "lockdown_already": _("The mission is locked down already."),
    "use_reviewed_already": _("This use was reviewed already."),
    "use_of_ones_own": _("Nobody reviews what he did himself."),
    "watch.authority_used": _("Done without asking by {by}: {kind} {level}. {reason}"),
    "watch.use_unreviewed": _("Nobody reviewed what was done without asking on {used}: {kind}"),
    "watch.authority_expiry": _("Standing authority runs out"),
    "watch.use_review": _("Review what was done without asking"),
    "watch.AuthoritySigned": _("Standing authority signed: {kind} {level}, resting on {norm}"),
    "watch.AuthorityRevoked": _("Standing authority revoked: {reason}"),
    "watch.AuthorityExpired": _("Standing authority ran out: {kind}"),
    "watch.AuthorityUsed": _("Done without asking: {kind} {level}. {reason}"),
    "watch.UseReviewed": _("Use reviewed, {verdict}: {note}"),
    "watch.ReviewMissed": _("Nobody reviewed a use in time: {kind}"),
}

SENTENCES = ALARMS | ROSTER | STANDING
