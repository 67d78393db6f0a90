from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from drf_spectacular.views import SpectacularAPIView
from rest_framework.authtoken.views import obtain_auth_token
from rest_framework.routers import DefaultRouter

from notes import views

router = DefaultRouter()
router.include_root_view = False
router.register("notes", views.NoteViewSet)
router.register("tags", views.TagViewSet)
# One list in each way of Django REST framework to divide lists.
router.register("entries/by-page", views.EntriesByPage, basename="entry-page")
router.register("entries/by-offset", views.EntriesByOffset, basename="entry-offset")
router.register("entries/by-cursor", views.EntriesByCursor, basename="entry-cursor")

urlpatterns = [
    path("api/", include(router.urls)),
    path("api/token/", obtain_auth_token),
    path("schema/", SpectacularAPIView.as_view()),
    # Where the pictures can be had again.
    re_path("^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
