# Who is known before the first request. Every server of this folder knows the
# same people and clients; Sources/Integration/Registrations.swift has the other
# side.
User.create!(email: "mia@example.com", password: "correct horse battery staple")

def register(uid, secret: "", redirect_uri: "http://127.0.0.1/callback", scopes: "public openid profile")
  Doorkeeper::Application.create!(
    name: uid, uid: uid, secret: secret, redirect_uri: redirect_uri, scopes: scopes, confidential: !secret.empty?
  )
end

register "confidential", secret: "confidential-secret"
register "public"
register "discoverer", secret: "discoverer-secret"
register "refused"
register "machine", secret: "machine-secret"
register "awkward", secret: "a secret: with a colon"
register "first-party", secret: "first-party-secret"
# The client of Specs/reference.yaml, whose redirect URI has to be https.
register "reference", secret: "reference-secret", redirect_uri: "https://app.example/signed-in", scopes: "public"
