"""Creates the database and the registrations, then serves."""
import os

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.servers import basehttp
from django.core.wsgi import get_wsgi_application
from oauth2_provider.models import Application

call_command("migrate", verbosity=0)

# Every server of this folder knows the same people and clients;
# Sources/Integration/Registrations.swift has the other side. Here a client has
# one grant.
get_user_model().objects.create_user("mia@example.com", password="correct horse battery staple")
for client_id, secret, grant in [
    ("confidential", "confidential-secret", "authorization-code"),
    ("public", "", "authorization-code"),
    ("discoverer", "discoverer-secret", "authorization-code"),
    ("refused", "", "authorization-code"),
    ("machine", "machine-secret", "client-credentials"),
    ("awkward", "a secret: with a colon", "client-credentials"),
    ("first-party", "first-party-secret", "password"),
    ("device", "", "urn:ietf:params:oauth:grant-type:device_code"),
]:
    Application.objects.create(
        name=client_id,
        client_id=client_id,
        client_secret=secret,
        client_type="confidential" if secret else "public",
        authorization_grant_type=grant,
        redirect_uris="http://127.0.0.1/callback",
        post_logout_redirect_uris="http://127.0.0.1/signed-out",
        algorithm="RS256",
    )

basehttp.run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application(), threading=True)
