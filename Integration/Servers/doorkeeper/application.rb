require "logger"
require "rails"
require "active_record/railtie"
require "action_controller/railtie"
require "bcrypt"
require "doorkeeper"
require "doorkeeper/openid_connect"

# A Rails application without the folders that Rails would write.
class ReferenceServer < Rails::Application
  config.root = __dir__
  config.load_defaults 6.1
  config.eager_load = false
  config.secret_key_base = SecureRandom.hex(64)
  config.hosts.clear
  config.logger = Logger.new($stderr)
  config.log_level = :warn
  config.paths["app/views"] = File.join(__dir__, "views")
  # The page for signing in is plain http, on this machine alone.
  config.session_store :cookie_store, key: "_reference_session"
end

Doorkeeper.configure do
  orm :active_record
  base_controller "ApplicationController"
  grant_flows %w[authorization_code password client_credentials]
  use_refresh_token
  access_token_expires_in 2.hours
  # Without a default Doorkeeper refuses requests whose scope is empty.
  default_scopes :public
  optional_scopes :openid, :profile
  force_ssl_in_redirect_uri { |uri| uri.host != "127.0.0.1" }

  resource_owner_authenticator do
    User.find_by(id: session[:user_id]) || begin
      session[:return_to] = request.fullpath
      redirect_to new_sign_in_path
    end
  end
  resource_owner_from_credentials { User.authenticated(params[:username], params[:password]) }
end

Doorkeeper::OpenidConnect.configure do
  issuer "http://127.0.0.1:#{ENV.fetch("PORT")}"
  protocol { :http }
  signing_key OpenSSL::PKey::RSA.new(2048).to_pem
  resource_owner_from_access_token { |token| User.find_by(id: token.resource_owner_id) }
  auth_time_from_resource_owner { |user| user.updated_at }
  subject { |user| user.id.to_s }
end

ReferenceServer.initialize!
