"""Fields of every kind that comes out differently in a description."""
import uuid

from django.db import models


class Tag(models.Model):
    name = models.CharField(max_length=30, unique=True)


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=40)
    body = models.TextField(blank=True)
    secret = models.CharField(max_length=20, blank=True)
    # Described as a union of three enumerations: the colors, the empty string and null.
    color = models.CharField(max_length=5, choices=[("red", "Red"), ("blue", "Blue")], null=True, blank=True)
    price = models.DecimalField(max_digits=20, decimal_places=4, default=0)
    due = models.DateField(null=True, blank=True)
    at = models.TimeField(null=True, blank=True)
    took = models.DurationField(null=True, blank=True)
    rating = models.FloatField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    picture = models.ImageField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    number = models.BigIntegerField(default=0)
    ip = models.GenericIPAddressField(null=True, blank=True)
    url = models.URLField(blank=True)
    tags = models.ManyToManyField(Tag, blank=True)


class Entry(models.Model):
    number = models.IntegerField()
    text = models.CharField(max_length=40)
