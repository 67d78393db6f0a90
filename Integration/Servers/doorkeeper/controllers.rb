# What Doorkeeper's own pages are built on.
class ApplicationController < ActionController::Base
end

# The login page.
class SignInsController < ApplicationController
  def new; end

  def create
    user = User.authenticated(params[:username], params[:password])
    return render :new, status: :unauthorized unless user

    target = session[:return_to] || "/"
    reset_session
    session[:user_id] = user.id
    redirect_to target
  end
end

# What the API itself is built on: no sessions, no forms.
class APIController < ActionController::API
  include Doorkeeper::Rails::Helpers

  private

  # Any scope will do: the API asks who somebody is, not for what.
  def authorize
    doorkeeper_authorize! :public, :openid, :profile
  end

  def current_user
    User.find_by(id: doorkeeper_token.resource_owner_id)
  end
end

class CountriesController < APIController
  before_action :authorize

  # A few of them: what is proved here is how they are reached.
  COUNTRIES = { "Afghanistan" => "AF", "Åland Islands" => "AX", "Zimbabwe" => "ZW" }.freeze

  def index
    render json: { countries: COUNTRIES.map { |name, code| { name: name, code: code } } }
  end
end

class UsersController < APIController
  before_action :authorize, except: :create
  rescue_from(ActiveRecord::RecordNotFound) { head :not_found }

  def create
    user = User.new(params.require(:user).permit(:email, :password))
    if user.save
      render json: user, status: :created
    else
      render json: { errors: user.errors }, status: :unprocessable_entity
    end
  end

  def show
    render json: User.find(params[:id])
  end

  # Who the token stands for: a user, or the client itself.
  def whoami
    render json: { username: current_user&.email, client: doorkeeper_token.application.uid }
  end
end
