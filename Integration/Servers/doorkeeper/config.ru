# The API of Specs/reference.yaml, behind Doorkeeper.
require_relative "application"
require_relative "database"
require_relative "registrations"
require_relative "controllers"

ReferenceServer.routes.draw do
  use_doorkeeper { skip_controllers :applications, :authorized_applications }
  use_doorkeeper_openid_connect
  resource :sign_in, only: [:new, :create]
  scope "api/v1" do
    resources :countries, only: [:index]
    resources :users, only: [:create, :show]
    get "whoami", to: "users#whoami"
  end
end

run ReferenceServer
