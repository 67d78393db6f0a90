"""Authlib's grants and endpoints, each with the few methods that it leaves to its user."""
import os
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion, JWTBearerGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from authlib.oauth2.rfc8628 import (
    DeviceAuthorizationEndpoint,
    DeviceCodeGrant,
    DeviceCredentialDict,
)
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import RSAKey

import store

KEY = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
AUTHENTICATION = ["client_secret_basic", "none", "private_key_jwt"]


class AuthorizationCode(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = AUTHENTICATION

    def save_authorization_code(self, code, request):
        parameters = request.payload.data
        store.CODES[code] = store.Code(
            code,
            request.client,
            request.user,
            request.payload.redirect_uri,
            request.payload.scope,
            parameters.get("nonce"),
            parameters.get("code_challenge"),
            parameters.get("code_challenge_method"),
        )

    def query_authorization_code(self, code, client):
        item = store.CODES.get(code)
        return item if item and item.client is client else None

    def delete_authorization_code(self, authorization_code):
        store.CODES.pop(authorization_code.code, None)

    def authenticate_user(self, authorization_code):
        return authorization_code.user


class ClientCredentials(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = AUTHENTICATION


class Password(grants.ResourceOwnerPasswordCredentialsGrant):
    def authenticate_user(self, username, password):
        user = store.USERS.get(username)
        return user if user and user.password == password else None


class Refresh(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = AUTHENTICATION
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token):
        token = store.token_by(refresh_token=refresh_token)
        return token if token and not token.revoked else None

    def authenticate_user(self, refresh_token):
        return refresh_token.user

    def revoke_old_credential(self, refresh_token):
        refresh_token.revoked = True


class OpenID(OpenIDCode):
    def __init__(self, url):
        super().__init__()
        self.url = url

    def exists_nonce(self, nonce, request):
        return any(code.nonce == nonce for code in store.CODES.values())

    def resolve_client_private_key(self, client):
        return KEY

    def get_client_claims(self, client):
        return {"iss": self.url}

    def generate_user_info(self, user, scope):
        return UserInfo(sub=user.name)


class Device(DeviceCodeGrant):
    def query_device_credential(self, device_code):
        return store.DEVICES.get(device_code)

    def query_user_grant(self, user_code):
        return store.DEVICE_ANSWERS.get(user_code)

    def should_slow_down(self, credential):
        return False


class Bearer(BearerTokenValidator):
    def authenticate_token(self, token_string):
        return store.token_by(access_token=token_string)


def server(app, url):
    """The authorization server at `url`."""

    class Assertion(JWTBearerGrant):
        def resolve_issuer_client(self, issuer):
            return store.CLIENTS.get(issuer)

        def resolve_client_public_key(self, client):
            return client.key

        def authenticate_user(self, subject):
            return store.USERS.get(subject)

        def has_granted_permission(self, client, user):
            return True

        def get_audiences(self):
            return [url, url + "/oauth/token"]

    class ClientKey(JWTBearerClientAssertion):
        CLIENT_AUTH_METHOD = "private_key_jwt"

        def resolve_client_public_key(self, client):
            return client.key

        def get_audiences(self):
            return [url, url + "/oauth/token"]

        def validate_jti(self, claims, jti):
            fresh = jti not in store.USED_ASSERTIONS
            store.USED_ASSERTIONS.add(jti)
            return fresh

    class Issuer(IssuerParameter):
        def get_issuer(self):
            return url

    class DeviceAuthorization(DeviceAuthorizationEndpoint):
        INTERVAL = 1

        def get_verification_uri(self):
            return url + "/device"

        def save_device_credential(self, client_id, scope, data):
            store.DEVICES[data["device_code"]] = DeviceCredentialDict(
                client_id=client_id, scope=scope, expires_at=time.time() + data["expires_in"], **data
            )

    def save_token(token, request):
        store.TOKENS.append(
            store.Token(
                token["access_token"],
                token.get("refresh_token"),
                request.client,
                request.user,
                token.get("scope", ""),
                token["expires_in"],
            )
        )

    app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
    if seconds := os.environ.get("TOKEN_SECONDS"):
        app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {"authorization_code": int(seconds), "refresh_token": int(seconds)}
    result = AuthorizationServer(app, query_client=store.CLIENTS.get, save_token=save_token)
    result.register_grant(AuthorizationCode, [CodeChallenge(required=True), OpenID(url)])
    for grant in [ClientCredentials, Password, Refresh, Device, Assertion]:
        result.register_grant(grant)
    result.register_client_auth_method("private_key_jwt", ClientKey())
    result.register_extension(Issuer())
    for endpoint in [Revocation, Introspection, DeviceAuthorization]:
        result.register_endpoint(endpoint)
    return result


class Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = AUTHENTICATION

    def query_token(self, token_string, token_type_hint):
        return store.token_by(access_token=token_string) or store.token_by(refresh_token=token_string)

    def revoke_token(self, token, request):
        token.revoked = True


class Introspection(IntrospectionEndpoint):
    CLIENT_AUTH_METHODS = AUTHENTICATION

    def query_token(self, token_string, token_type_hint):
        return store.token_by(access_token=token_string)

    def check_permission(self, token, client, request):
        return token.client is client

    def introspect_token(self, token):
        return {
            "active": True,
            "client_id": token.client.client_id,
            "username": token.user.name if token.user else None,
            "scope": token.scope,
            "exp": int(token.issued_at + token.expires_in),
        }


def protector():
    """What the API is protected with."""
    result = ResourceProtector()
    result.register_token_validator(Bearer())
    return result
