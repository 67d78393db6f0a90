"""What Glewlwyd is told. Every server of this folder knows the same people and
clients; Sources/Integration/Registrations.swift has the other side."""
import os
import pathlib
import subprocess

CONFIGURATION = """
port = {port}
bind_address = "127.0.0.1"
external_url = "{url}"
cookie_domain = "127.0.0.1"
cookie_secure = 0
login_url = "login.html"
api_prefix = "api"
static_files_path = "/usr/share/glewlwyd/webapp/"
log_mode = "console"
log_level = "WARNING"
user_module_path = "/usr/lib/glewlwyd/user"
client_module_path = "/usr/lib/glewlwyd/client"
user_auth_scheme_module_path = "/usr/lib/glewlwyd/scheme"
plugin_module_path = "/usr/lib/glewlwyd/plugin"
hash_algorithm = "SHA512"
database = {{ type = "sqlite3"; path = "{folder}/glewlwyd.sqlite3"; }};
static_files_mime_types = (
  {{ extension = ".html"; mime_type = "text/html"; }},
  {{ extension = ".css"; mime_type = "text/css"; }},
  {{ extension = ".js"; mime_type = "application/javascript"; }},
  {{ extension = ".json"; mime_type = "application/json"; }}
)
"""

SCOPES = [{"name": "profile", "display_name": "Who you are", "password_required": True, "scheme": {}}]

USER = {
    "username": "mia@example.com",
    "password": "correct horse battery staple",
    "name": "Mia",
    "email": "mia@example.com",
    "enabled": True,
    "scope": ["openid", "profile", "g_profile"],
}


def client(client_id, secret=None, grants=("code", "refresh_token"), **properties):
    """A client, with the names that Glewlwyd has for grants."""
    result = {
        "client_id": client_id,
        "name": client_id,
        "enabled": True,
        "confidential": secret is not None or "pubkey" in properties,
        "scope": ["profile"],
        "redirect_uri": ["http://127.0.0.1/callback"],
        "authorization_type": list(grants),
        "token_endpoint_auth_method": ["client_secret_basic" if secret else "none"],
        **properties,
    }
    if secret:
        result["client_secret"] = secret
    return result


def openssl(*arguments, text=None):
    return subprocess.run(["openssl", *arguments], input=text, check=True, capture_output=True, text=True).stdout


def public_key():
    return openssl("pkey", "-in", os.environ["CLIENT_KEY"], "-pubout")


def clients(url):
    return [
        client(
            "confidential",
            "confidential-secret",
            ("code", "refresh_token", "client_credentials"),
            resource=[url + "/api"],
        ),
        client("machine", "machine-secret", ("client_credentials",)),
        client("public"),
        client("discoverer", "discoverer-secret"),
        client("refused"),
        client("device", grants=("device_authorization", "refresh_token")),
        client("first-party", "first-party-secret", ("password", "refresh_token")),
        client(
            "key-holder",
            grants=("client_credentials",),
            pubkey=public_key(),
            token_endpoint_auth_method=["private_key_jwt"],
        ),
    ]


def plugin(url):
    """OpenID Connect, with all that is to be proved turned on."""
    key = openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    return {
        "module": "oidc",
        "name": "oidc",
        "display_name": "OpenID Connect",
        "parameters": {
            "iss": url + "/api/oidc",
            "jwt-type": "ecdsa",
            "jwt-key-size": "256",
            "key": key,
            "cert": openssl("pkey", "-pubout", text=key),
            "access-token-duration": 3600,
            "refresh-token-duration": 1209600,
            "code-duration": 600,
            "refresh-token-rolling": True,
            "refresh-token-one-use": "always",
            "allow-non-oidc": True,
            "auth-type-code-enabled": True,
            "auth-type-code-revoke-replayed": True,
            "auth-type-token-enabled": False,
            "auth-type-id-token-enabled": True,
            "auth-type-password-enabled": True,
            "auth-type-client-enabled": True,
            "auth-type-device-enabled": True,
            "auth-type-refresh-enabled": True,
            "jwks-show": True,
            "pkce-allowed": True,
            "pkce-method-plain-allowed": False,
            "introspection-revocation-allowed": True,
            "introspection-revocation-allow-target-client": True,
            "request-parameter-allow": True,
            "request-maximum-exp": 3600,
            "client-pubkey-parameter": "pubkey",
            "device-authorization-expiration": 600,
            "device-authorization-interval": 1,
            "oauth-par-allowed": True,
            "oauth-par-required": False,
            "oauth-par-request_uri-prefix": "urn:example:",
            "oauth-par-duration": 90,
            "oauth-dpop-allowed": True,
            "oauth-dpop-iat-duration": 60,
            # A second's begin is not the same moment for everybody, not even on one machine.
            "oauth-dpop-iat-gap-duration": 5,
            "oauth-dpop-nonce-mandatory": True,
            "oauth-dpop-nonce-counter": 100,
            "oauth-as-iss-id": True,
            "resource-allowed": True,
            "resource-scope": {},
            "resource-client-property": "resource",
            "resource-scope-and-client-property": False,
            "name-claim": "mandatory",
            "email-claim": "mandatory",
            "scope-claim": "on-demand",
            "address-claim": {"type": "no"},
        },
    }
