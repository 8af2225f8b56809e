"""What is typed about a request to the host state, step by step."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from legation.foundations.markings import Classification, Marking, Tlp
from legation.law.events.host import HandoverMeans, Language, Raised, RequestKind, RequestState, Step, Wording
from legation.law.web import host_words as said

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DEFAULT_MARKING = str(Marking(Classification.RESTRICTED, Tlp.AMBER))


def _choice[E: StrEnum](
    label: "StrPromise", of: type[E], words: Mapping[E, str], **more: Any
) -> forms.TypedChoiceField:
    choices = [(one.value, gettext_lazy(words[one])) for one in of if one in words]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=of, **more)


def _lines(label: "StrPromise", longest: int, *, rows: int = 2, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **more)


class MarkingField(forms.Field):
    """A marking, written as it is shown."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        try:
            return Marking.parse(value or "")
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None


class AskForm(forms.Form):
    """What is to be asked, on what ground, and what we think of it among ourselves."""

    kind = _choice(gettext_lazy("What is asked"), RequestKind, said.KINDS)
    norm = forms.CharField(
        label=gettext_lazy("Norm it rests on"), max_length=60, help_text=gettext_lazy("Its code, as vcdr-22-2")
    )
    subject = forms.CharField(label=gettext_lazy("In one line"), max_length=300)
    assessment = _lines(
        gettext_lazy("Internal assessment"),
        4000,
        rows=3,
        required=False,
        help_text=gettext_lazy("For us alone. No sentence of it can go into a note."),
    )
    marking = MarkingField(label=gettext_lazy("Marking of the request"), initial=DEFAULT_MARKING)


class WordForm(forms.Form):
    """What an officer adds to the standing words of a note, in the note's language."""

    language = _choice(gettext_lazy("Language of the note"), Language, said.LANGUAGES)
    concerns = forms.CharField(label=gettext_lazy("What it concerns, in that language"), max_length=400, required=False)
    paragraph = _lines(gettext_lazy("Further paragraphs, in that language"), 4000, rows=4, required=False)
    place = forms.CharField(
        label=gettext_lazy("Place, where the table writes it otherwise"), max_length=80, required=False
    )
    addressee = forms.CharField(
        label=gettext_lazy("Addressee with its article, where it is not the ministry"), max_length=300, required=False
    )

    @property
    def wording(self) -> Wording:
        given = self.cleaned_data
        return Wording(given["concerns"], given["paragraph"], given["place"], given["addressee"])


class NumberForm(WordForm):
    """The words of a new note, and which step it is."""

    step = forms.TypedChoiceField(choices=[(s.value, s.value) for s in Step], coerce=Step, widget=forms.HiddenInput)
    first = forms.IntegerField(
        label=gettext_lazy("First number of this year, where earlier notes were numbered elsewhere"),
        min_value=1,
        max_value=99_999,
        required=False,
    )


class DeliverForm(forms.Form):
    """How the note went."""

    means = _choice(gettext_lazy("How"), HandoverMeans, said.MEANS)
    at = forms.DateTimeField(
        label=gettext_lazy("When (UTC)"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    )
    taken_by = forms.CharField(label=gettext_lazy("Taken in by"), max_length=160, required=False)
    taken_office = forms.CharField(label=gettext_lazy("His or her office"), max_length=160, required=False)
    receipt = forms.CharField(label=gettext_lazy("Receipt: stamp or number"), max_length=400, required=False)
    document = forms.FileField(label=gettext_lazy("Receipt as a file"), required=False)


class AnswerForm(forms.Form):
    """What the host said."""

    text = _lines(gettext_lazy("What was answered"), 4000, rows=3)
    promised = forms.CharField(label=gettext_lazy("What was promised"), max_length=400, required=False)
    promised_by = forms.DateField(
        label=gettext_lazy("By which day"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    document = forms.FileField(label=gettext_lazy("The answer as a file"), required=False)


class JudgeForm(forms.Form):
    """Was it kept?"""

    verdict = _choice(
        gettext_lazy("The host state has"),
        RequestState,
        {one: said.STATES[one] for one in (RequestState.KEPT, RequestState.PARTLY_KEPT, RequestState.NOT_KEPT)},
    )
    why = _lines(gettext_lazy("What that rests on"), 400)


class EscalateForm(forms.Form):
    """To whom it is raised."""

    to = _choice(gettext_lazy("To whom"), Raised, said.RAISED)
    note = _lines(gettext_lazy("What was said"), 400, required=False)


class WhyForm(forms.Form):
    """A reason alone."""

    why = _lines(gettext_lazy("Why"), 400)
