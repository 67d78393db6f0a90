"""An authorization server of Authlib's grants, and an API behind it."""
import os
import secrets

from flask import Flask, jsonify, redirect, render_template, request, session
from werkzeug.serving import make_server

import grants
import store

URL = "http://127.0.0.1:" + os.environ["PORT"]
app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
server = grants.server(app, URL)
protect = grants.protector()


@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "POST":
        user = store.USERS.get(request.form["username"])
        if user and user.password == request.form["password"]:
            session["user"] = user.name
            return redirect(session.pop("next", "/"))
    return render_template("login.html")


def signed_in():
    return store.USERS.get(session.get("user"))


def to_login():
    session["next"] = request.full_path
    return redirect("/login")


@app.route("/oauth/authorize", methods=["GET", "POST"])
def authorize():
    user = signed_in()
    if not user:
        return to_login()
    grant = server.get_consent_grant(end_user=user)
    if request.method == "GET":
        return render_template("consent.html", client=grant.client.client_id)
    return server.create_authorization_response(
        grant=grant, grant_user=user if request.form["answer"] == "allow" else None
    )


@app.route("/device", methods=["GET", "POST"])
def device():
    user = signed_in()
    if not user:
        return to_login()
    if request.method == "POST":
        store.DEVICE_ANSWERS[request.form["user_code"]] = (user, request.form["answer"] == "allow")
        return render_template("done.html")
    return render_template("device.html", user_code=request.args.get("user_code", ""))


@app.post("/oauth/token")
def token():
    return server.create_token_response()


@app.post("/oauth/<any(revocation, introspection, device_authorization):name>")
def endpoint(name):
    return server.create_endpoint_response(name)


@app.get("/.well-known/openid-configuration")
@app.get("/.well-known/oauth-authorization-server")
def metadata():
    return jsonify(
        issuer=URL,
        authorization_endpoint=URL + "/oauth/authorize",
        token_endpoint=URL + "/oauth/token",
        device_authorization_endpoint=URL + "/oauth/device_authorization",
        revocation_endpoint=URL + "/oauth/revocation",
        introspection_endpoint=URL + "/oauth/introspection",
        jwks_uri=URL + "/jwks",
        scopes_supported=["openid", "profile"],
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        code_challenge_methods_supported=["S256"],
        token_endpoint_auth_methods_supported=["client_secret_basic", "none", "private_key_jwt"],
        token_endpoint_auth_signing_alg_values_supported=["ES256"],
        authorization_response_iss_parameter_supported=True,
    )


@app.get("/jwks")
def jwks():
    return jsonify(keys=[grants.KEY.as_dict(private=False)])


@app.get("/api/whoami")
@protect()
def whoami():
    """Who the token stands for: a user, or the client itself."""
    token = protect.acquire_token()
    return jsonify(username=token.user.name if token.user else None, client=token.client.client_id)


make_server("127.0.0.1", int(os.environ["PORT"]), app, threaded=True).serve_forever()
