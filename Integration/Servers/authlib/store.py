"""Users, clients, codes and tokens, in memory."""
import os
import pathlib
import time
from dataclasses import dataclass, field

from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin
from authlib.oidc.core import AuthorizationCodeMixin
from joserfc.jwk import ECKey

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
SCOPES = {"openid", "profile"}


@dataclass
class User:
    name: str
    password: str


@dataclass
class Client(ClientMixin):
    client_id: str
    secret: str = ""
    # Where the client authenticates with one.
    key: ECKey | None = None
    authentication: str = "client_secret_basic"
    grant_types: set = field(
        default_factory=lambda: {"authorization_code", "refresh_token", DEVICE_CODE}
    )

    def get_client_id(self):
        return self.client_id

    def get_default_redirect_uri(self):
        return None

    def get_allowed_scope(self, scope):
        return " ".join(s for s in (scope or "").split() if s in SCOPES)

    def check_redirect_uri(self, redirect_uri):
        # RFC 8252 section 7.3: any port on the loopback address.
        head, _, path = redirect_uri.removeprefix("http://").partition("/")
        return head.partition(":")[0] == "127.0.0.1" and path == "callback"

    def check_client_secret(self, client_secret):
        return bool(self.secret) and self.secret == client_secret

    def check_endpoint_auth_method(self, method, endpoint):
        return method == self.authentication

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type in self.grant_types


@dataclass
class Code(AuthorizationCodeMixin):
    code: str
    client: Client
    user: User
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    auth_time: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return self.auth_time

    def get_acr(self):
        return None

    def get_amr(self):
        return None


@dataclass
class Token(TokenMixin):
    access_token: str
    refresh_token: str | None
    client: Client
    user: User | None
    scope: str
    expires_in: int
    issued_at: float = field(default_factory=time.time)
    revoked: bool = False

    def check_client(self, client):
        return self.client is client

    def get_scope(self):
        return self.scope

    def get_expires_in(self):
        return self.expires_in

    def is_expired(self):
        return time.time() > self.issued_at + self.expires_in

    def is_revoked(self):
        return self.revoked

    def get_user(self):
        return self.user

    def get_client(self):
        return self.client


# Every server of this folder knows the same people and clients;
# Sources/Integration/Registrations.swift has the other side.
USERS = {"mia@example.com": User("mia@example.com", "correct horse battery staple")}
CLIENT_KEY = ECKey.import_key(pathlib.Path(os.environ["CLIENT_KEY"]).read_text())
CLIENTS = {
    client.client_id: client
    for client in [
        Client("confidential", "confidential-secret"),
        Client("machine", "machine-secret", grant_types={"client_credentials"}),
        Client("awkward", "a secret: with a colon", grant_types={"client_credentials"}),
        Client("public", authentication="none"),
        Client("discoverer", "discoverer-secret"),
        Client("refused", authentication="none"),
        Client("device", authentication="none"),
        Client("first-party", "first-party-secret", grant_types={"password", "refresh_token"}),
        Client(
            "key-holder",
            key=CLIENT_KEY,
            authentication="private_key_jwt",
            grant_types={"client_credentials", JWT_BEARER},
        ),
    ]
}
CODES = {}
TOKENS = []
DEVICES = {}
DEVICE_ANSWERS = {}
USED_ASSERTIONS = set()


def token_by(**fields):
    """The token with these values, if any."""
    for token in TOKENS:
        if all(getattr(token, name) == value for name, value in fields.items()):
            return token
    return None
