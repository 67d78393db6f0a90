"""Creates the database and what is in it, then serves."""
import os

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.servers import basehttp
from django.core.wsgi import get_wsgi_application
from notes.models import Entry

call_command("migrate", run_syncdb=True, verbosity=0)
get_user_model().objects.create_user("mia", password="mia-knows-2f7c91")
Entry.objects.bulk_create(Entry(number=number, text=f"Entry {number}") for number in range(45))

basehttp.run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application(), threading=True)
