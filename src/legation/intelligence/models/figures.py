"""What the police counted, as rows."""

from typing import ClassVar

from django.db import models

from legation.platform.records import Stream


class PoliceFigure(Stream):
    """How many of an offence were reported in an area in a month, by one publisher; a later figure replaces it."""

    publisher = models.CharField(max_length=120)
    area = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    latitude = models.FloatField()
    longitude = models.FloatField()
    month = models.DateField(help_text="Its first day")
    offence = models.CharField(max_length=20)
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publisher", "area", "month", "offence"], name="police_figure_once")
        ]
