"""The authorization server's endpoints, the login page, and the API behind them."""
from django.contrib.auth.views import LoginView
from django.http import JsonResponse
from django.urls import include, path
from oauth2_provider.decorators import protected_resource_metadata
from oauth2_provider.urls import metadata_urlpatterns


@protected_resource_metadata()
def whoami(request):
    """Who the token stands for: a user, or the client itself."""
    token = request.access_token
    return JsonResponse(
        {"username": token.user.username if token.user else None, "client": token.application.client_id}
    )


urlpatterns = [
    path("accounts/login/", LoginView.as_view()),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("", include((metadata_urlpatterns, "metadata"))),
    path("api/whoami", whoami),
]
