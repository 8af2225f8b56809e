"""Pages of people at post: who is there, one person, loading a list, and what is held about oneself."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.decisions import Refused
from legation.missions import queries
from legation.missions.actions import contacts as reaching
from legation.missions.actions import people as acting
from legation.missions.actions import people_list as loading
from legation.missions.events.contacts import ContactChannel, SensitiveValue
from legation.missions.events.people import PersonCategory, PersonValue
from legation.missions.links import people_file
from legation.missions.models import Contact, Mission, Person
from legation.missions.queries import erasure
from legation.missions.queries import people as asked
from legation.missions.rules.people_list import NotAPeopleList
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor, Role
from legation.platform.authority.actors import people_with
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.egress import tables

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CATEGORIES = {
    PersonCategory.DIPLOMATIC_AGENT: gettext_lazy("Diplomatic agent"),
    PersonCategory.ADMINISTRATIVE_AND_TECHNICAL: gettext_lazy("Administrative and technical staff"),
    PersonCategory.SERVICE: gettext_lazy("Service staff"),
    PersonCategory.CONSULAR_OFFICER: gettext_lazy("Consular officer"),
    PersonCategory.CONSULAR_EMPLOYEE: gettext_lazy("Consular employee"),
    PersonCategory.LOCALLY_ENGAGED: gettext_lazy("Locally engaged"),
    PersonCategory.CONTRACTOR: gettext_lazy("Contractor"),
    PersonCategory.DEPENDANT: gettext_lazy("Dependant"),
    PersonCategory.VISITOR: gettext_lazy("Visitor from the capital"),
}
CHANNELS = {
    ContactChannel.MOBILE: gettext_lazy("Mission mobile"),
    ContactChannel.PRIVATE_PHONE: gettext_lazy("Private phone"),
    ContactChannel.EMAIL: gettext_lazy("E-mail"),
    ContactChannel.RADIO: gettext_lazy("Radio call sign"),
    ContactChannel.SATELLITE_PHONE: gettext_lazy("Satellite phone"),
    ContactChannel.LANDLINE: gettext_lazy("Landline"),
    ContactChannel.MESSENGER: gettext_lazy("Messenger"),
}


def _day(label: "_StrPromise") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class PersonForm(forms.Form):
    """What is held of a person."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    category = forms.TypedChoiceField(
        label=gettext_lazy("Category"),
        coerce=PersonCategory,
        choices=[(c.value, said) for c, said in CATEGORIES.items()],
    )
    post = forms.CharField(label=gettext_lazy("Post or title"), max_length=120, required=False)
    staff_number = forms.CharField(label=gettext_lazy("Staff number"), max_length=40, required=False)
    born = _day(gettext_lazy("Born"))
    nationality = forms.CharField(label=gettext_lazy("Nationality, two letters"), max_length=2, required=False)
    arrived = _day(gettext_lazy("First day at post"))
    departs = _day(gettext_lazy("Last day at post"))
    principal_id = forms.ChoiceField(label=gettext_lazy("Dependant of"), required=False)
    languages = forms.CharField(label=gettext_lazy("Languages"), max_length=160, required=False)
    warden_group = forms.CharField(label=gettext_lazy("Warden group"), max_length=60, required=False)

    def __init__(self, *args: object, others: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.fields["principal_id"].choices = [("", "–"), *others]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def value(self) -> PersonValue:
        said = dict(self.cleaned_data)
        return PersonValue(**{**said, "nationality": said["nationality"].upper()})


class ContactForm(forms.Form):
    """One way to reach a person."""

    channel = forms.TypedChoiceField(
        label=gettext_lazy("By"), coerce=ContactChannel, choices=[(c.value, said) for c, said in CHANNELS.items()]
    )
    address = forms.CharField(label=gettext_lazy("Number, address or call sign"), max_length=160)


class SensitiveForm(forms.Form):
    """Next of kin and special needs."""

    next_of_kin = forms.CharField(
        label=gettext_lazy("Next of kin: whom to tell, and how"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    special_needs = forms.CharField(
        label=gettext_lazy("Special needs: health, mobility, diet"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LoadForm(forms.Form):
    """A file with people, and the mission whose they are."""

    mission = forms.ChoiceField(label=gettext_lazy("Mission"))
    file = forms.FileField(label=gettext_lazy("CSV file"))
    dry_run = forms.BooleanField(label=gettext_lazy("Only show what would happen"), required=False)

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        home = queries.home_state(actor)
        choices = [(m.pk, f"{m.name}, {m.title}") for m in queries.missions(actor, state=home)]
        self.fields["mission"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def tell(request: HttpRequest, work: Callable[[], object], done: str) -> bool:
    """Do it, and say on the next page that it is done, or what was refused."""
    try:
        work()
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
        return False
    messages.success(request, done)
    return True


@require_GET
def index(request: HttpRequest, key: str) -> HttpResponse:
    """Who is at post at one mission: on a day, by category, with a text; and whom no test has reached."""
    actor = actor_of(request)
    mission = queries.mission(actor, key)
    check_verb("missions.read_people", actor)
    now = clock.as_of()
    chosen = request.GET.get("on", "")
    on = _chosen_day(chosen, now.date())
    found = asked.people(actor, key, on=on, text=request.GET.get("text", ""))
    category = request.GET.get("category", "")
    rows = asked.reached(actor, found.filter(category=category) if category else found, now)
    context = {
        "mission": mission,
        "rows": [(one, CATEGORIES[PersonCategory(one.row.category)]) for one in rows],
        "untested": [one for one in rows if not one.holds],
        "twins": asked.twins(actor, key) if "missions.merge_people" in actor.verbs else [],
        "categories": CATEGORIES.items(),
        "category": category,
        "on": "" if on is None else on.isoformat(),
        "text": request.GET.get("text", ""),
    }
    if "missions.add_person" in actor.verbs:
        context["form"] = PersonForm(others=_others(actor, key), initial={"arrived": now.date()})
    return render(request, "missions/people.html", context)


def _chosen_day(text: str, today: date) -> date | None:
    """The day that the filter names: today where it names none, nobody's day (everyone) where it says `all`."""
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        return None


def _others(actor: Actor, mission: str, but: str = "") -> list[tuple[str, str]]:
    found = asked.people(actor, mission).exclude(pk=but).exclude(category=PersonCategory.DEPENDANT)
    return list(found.values_list("pk", "name"))


@require_POST
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add a person."""
    actor = actor_of(request)
    mission = claim(Mission, key, "missions.add_person", actor)
    form = PersonForm(request.POST, others=_others(actor, key))
    if form.is_valid():
        tell(request, lambda: acting.add_person(mission, form.value), _("The person is added."))
    else:
        messages.error(request, _("A name, a category and days as year-month-day are needed."))
    return redirect("mission-people", key=key)


@require_POST
def export(request: HttpRequest, key: str) -> HttpResponse:
    """The list as a CSV file that loads again; no cell of it is a formula."""
    rows = acting.export_people(claim(Mission, key, "missions.export_people", actor_of(request)))
    numbers = {row.pk: row.staff_number or row.name for row in rows}
    columns = ("staff_number", "name", "category", "post", "nationality", "born", "arrived", "departs")
    told = [
        (
            *(getattr(row, column) for column in columns),
            numbers.get(row.principal_id, ""),
            row.languages,
            row.warden_group,
        )
        for row in rows
    ]
    return tables.download(f"people-{key}", (*columns, "principal", "languages", "warden_group"), told)


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Load a list, or only show what it would do; rows left out are shown with line, column and what to do."""
    actor = actor_of(request)
    check_verb("missions.import_people", actor)
    wanted = {"mission": request.GET.get("mission", "")}
    form = LoadForm(request.POST or None, request.FILES or None, actor=actor, initial=wanted)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            context |= _loaded(actor, **form.cleaned_data)
        except NotAPeopleList as fault:
            form.add_error("file", str(fault))
    return render(request, "missions/people_load.html", context)


def _loaded(actor: Actor, *, mission: str, file: "UploadedFile[bytes]", dry_run: bool) -> dict[str, object]:
    """What loading the file did, or would do."""
    claimed = claim(Mission, mission, "missions.import_people", actor)
    read = people_file.read(file.read())
    done = loading.foretold(asked.foreseen(actor, mission, read)) if dry_run else None
    done = done or loading.import_people(claimed, read, "form")
    return {"done": done, "dry_run": dry_run, "unread": read.unread, "mission": queries.mission(actor, mission)}


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One person: what is held, how he is reached, who is his."""
    actor = actor_of(request)
    check_verb("missions.read_people", actor)
    return render(request, "missions/person.html", shown(actor, asked.person(actor, key)))


def shown(actor: Actor, person: Person) -> dict[str, object]:
    """What the page of a person needs, by what this actor may do."""
    now = clock.as_of()
    (reached,) = asked.reached(actor, [person], now)
    mission = str(person.mission_id)
    context: dict[str, object] = {
        "person": person,
        "mission": queries.mission(actor, mission),
        "category": CATEGORIES[PersonCategory(person.category)],
        "at_post": person.at_post(now.date()),
        "reached": reached,
        "contacts": [(one, CHANNELS[ContactChannel(one.channel)]) for one in reached.contacts],
        "principal": asked.names(actor, [person.principal_id]).get(person.principal_id, ""),
        "dependants": asked.dependants(actor, person.pk),
        "may": {verb.partition(".")[2]: True for verb in actor.verbs},
        "contact_form": ContactForm(),
    }
    if "missions.correct_person" in actor.verbs:
        initial = {name: getattr(person, name) for name in PersonForm.base_fields}
        context["form"] = PersonForm(others=_others(actor, mission, person.pk), initial=initial)
    context |= {
        "requests": erasure.requests(actor, person.pk),
        "proposal": erasure.proposal(actor, person.pk),
        "holds": erasure.holds(person),
    }
    if "missions.link_account" in actor.verbs:
        everyone = frozenset(role.value for role in Role if role is not Role.ADMINISTRATOR)
        context["accounts"] = people_with(everyone, mission)
    return context


@require_POST
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct what is held."""
    actor = actor_of(request)
    claimed = claim(Person, key, "missions.correct_person", actor)
    person = asked.person(actor, key)
    form = PersonForm(request.POST, others=_others(actor, str(person.mission_id), key))
    if form.is_valid():
        tell(request, lambda: acting.correct_person(claimed, form.value), _("It is corrected and recorded."))
    else:
        messages.error(request, _("A name, a category and days as year-month-day are needed."))
    return redirect("person", key=key)


@require_POST
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Say with which account the person signs in."""
    claimed = claim(Person, key, "missions.link_account", actor_of(request))
    account = request.POST.get("operator_id", "")
    tell(request, lambda: acting.link_account(claimed, account), _("The account is linked."))
    return redirect("person", key=key)


@require_POST
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """Make two records one person."""
    claimed = claim(Person, key, "missions.merge_people", actor_of(request))
    other = request.POST.get("other", "")
    tell(request, lambda: loading.merge_people(claimed, other), _("The two records are one person now."))
    return redirect("person", key=key)


@require_POST
def open_sensitive(request: HttpRequest, key: str) -> HttpResponse:
    """Open next of kin and special needs for this once; who opened them, and why, stands in the record."""
    actor = actor_of(request)
    claimed = claim(Person, key, "missions.read_sensitive", actor)
    try:
        value = reaching.read_sensitive(claimed, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
        return redirect("person", key=key)
    initial = {"next_of_kin": value.next_of_kin, "special_needs": value.special_needs}
    context = shown(actor, asked.person(actor, key))
    return render(request, "missions/person.html", {**context, "sensitive": SensitiveForm(initial=initial)})


@require_POST
def set_sensitive(request: HttpRequest, key: str) -> HttpResponse:
    """Enter next of kin and special needs."""
    claimed = claim(Person, key, "missions.set_sensitive", actor_of(request))
    form = SensitiveForm(request.POST)
    if form.is_valid():
        value = SensitiveValue(**form.cleaned_data)
        tell(request, lambda: reaching.set_sensitive(claimed, value), _("It is kept, sealed."))
    return redirect(_back(request, key))


@require_POST
def add_contact(request: HttpRequest, key: str) -> HttpResponse:
    """Add a way to reach the person."""
    claimed = claim(Person, key, "missions.add_contact", actor_of(request))
    form = ContactForm(request.POST)
    if form.is_valid():
        tell(request, lambda: reaching.add_contact(claimed, **form.cleaned_data), _("The contact is added. Test it."))
    else:
        messages.error(request, _("Write the number, address or call sign on one line."))
    return redirect(_back(request, key))


@require_POST
def test_contact(request: HttpRequest, key: str) -> HttpResponse:
    """The contact was tried."""
    actor = actor_of(request)
    claimed = claim(Contact, key, "missions.test_contact", actor)
    reached = request.POST.get("reached") == "yes"
    said = _("Tested today.") if reached else _("It stands as untested.")
    tell(request, lambda: reaching.test_contact(claimed, reached=reached), said)
    return redirect(_back(request, asked.contact(actor, key).person_id))


@require_POST
def remove_contact(request: HttpRequest, key: str) -> HttpResponse:
    """The contact no longer serves."""
    actor = actor_of(request)
    claimed = claim(Contact, key, "missions.remove_contact", actor)
    person = asked.contact(actor, key).person_id
    tell(request, lambda: reaching.remove_contact(claimed), _("The contact is taken away."))
    return redirect(_back(request, person))


def _back(request: HttpRequest, key: str) -> str:
    """Where the form stood: one's own page, or the person's."""
    from django.urls import reverse

    return reverse("people-me") if request.POST.get("from") == "me" else reverse("person", args=[key])


urlpatterns = [
    path("people/load/", load, name="people-load"),
    path("<str:key>/people/", index, name="mission-people"),
    path("<str:key>/people/export/", export, name="people-export"),
    path("<str:key>/people/add/", add, name="person-add"),
    path("people/contacts/<str:key>/test/", test_contact, name="contact-test"),
    path("people/contacts/<str:key>/remove/", remove_contact, name="contact-remove"),
    path("people/<str:key>/", one, name="person"),
    path("people/<str:key>/correct/", correct, name="person-correct"),
    path("people/<str:key>/account/", link, name="person-account"),
    path("people/<str:key>/merge/", merge, name="person-merge"),
    path("people/<str:key>/sealed/", open_sensitive, name="person-sealed"),
    path("people/<str:key>/sealed/set/", set_sensitive, name="person-sealed-set"),
    path("people/<str:key>/contacts/", add_contact, name="contact-add"),
]
