ActiveRecord::Schema.verbose = false
ActiveRecord::Schema.define do
  create_table :users do |t|
    t.string :email, null: false, index: { unique: true }
    t.string :password_digest, null: false
    t.string :name
    t.string :nickname
    t.string :role, null: false, default: "default"
    t.integer :gold_to_send, null: false, default: 100
    t.integer :gold_received, null: false, default: 0
    t.timestamps
  end

  create_table :oauth_applications do |t|
    t.string :name, null: false
    t.string :uid, null: false, index: { unique: true }
    t.string :secret, null: false
    t.text :redirect_uri, null: false
    t.string :scopes, null: false, default: ""
    t.boolean :confidential, null: false, default: true
    t.timestamps
  end

  create_table :oauth_access_grants do |t|
    t.references :resource_owner, null: false
    t.references :application, null: false
    t.string :token, null: false, index: { unique: true }
    t.integer :expires_in, null: false
    t.text :redirect_uri, null: false
    t.datetime :created_at, null: false
    t.datetime :revoked_at
    t.string :scopes, null: false, default: ""
    # With these two Doorkeeper knows PKCE.
    t.string :code_challenge
    t.string :code_challenge_method
  end

  create_table :oauth_access_tokens do |t|
    t.references :resource_owner
    t.references :application
    t.string :token, null: false, index: { unique: true }
    # There is no column previous_refresh_token, so a refresh token ends the
    # moment it is used, and not only when its successor's access token is.
    t.string :refresh_token, index: { unique: true }
    t.integer :expires_in
    t.datetime :revoked_at
    t.datetime :created_at, null: false
    t.string :scopes
  end

  create_table :oauth_openid_requests do |t|
    t.references :access_grant, null: false
    t.string :nonce, null: false
  end
end

# Somebody who has an account.
class User < ActiveRecord::Base
  has_secure_password
  validates :email, presence: true, uniqueness: true
  validates :password, length: { minimum: 8 }, allow_nil: true

  def self.authenticated(email, password)
    find_by(email: email)&.authenticate(password) || nil
  end

  def as_json(*)
    super(except: :password_digest)
  end
end
