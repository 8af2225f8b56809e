"""Rows of the runtime itself: enrolment links, which are no records of the house but keys to its door."""

from django.conf import settings
from django.db import models


class EnrolmentLink(models.Model):
    """A link with which one person sets password and second factor, once, soon. Only the token's hash is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"enrolment of {self.user_id} until {self.expires_at:%Y-%m-%d %H:%M}"
