from django.db.models import Count
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, pagination, parsers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from .models import Entry, Note, Tag
from .serializers import (
    CountsSerializer, CursorEntrySerializer, NoteSerializer, OffsetEntrySerializer, PageEntrySerializer, TagSerializer)


class ByPage(pagination.PageNumberPagination):
    page_size = 10
    page_size_query_param = "page_size"


class ByOffset(pagination.LimitOffsetPagination):
    default_limit = 10


class ByCursor(pagination.CursorPagination):
    page_size = 10
    page_size_query_param = "page_size"
    ordering = "number"


class NoteViewSet(viewsets.ModelViewSet):
    queryset = Note.objects.order_by("created")
    serializer_class = NoteSerializer
    pagination_class = ByOffset
    parser_classes = [parsers.JSONParser, parsers.MultiPartParser, parsers.FormParser]
    filterset_fields = {"color": ["exact", "in"], "rating": ["gte", "lte"], "created": ["gte"], "tags__name": ["exact"]}
    search_fields = ["title", "body"]
    ordering_fields = ["title", "created"]

    @extend_schema(responses=CountsSerializer)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def stats(self, request):
        colors = Note.objects.exclude(color=None).values("color").annotate(count=Count("id"))
        return Response({
            "count": Note.objects.count(), "by_color": {color["color"]: color["count"] for color in colors}})


class TagViewSet(viewsets.ModelViewSet):
    queryset = Tag.objects.order_by("id")
    serializer_class = TagSerializer
    search_fields = ["name"]


class Entries(mixins.ListModelMixin, viewsets.GenericViewSet):
    """The same 45 entries in each list."""

    queryset = Entry.objects.order_by("number")
    filter_backends = []


class EntriesByPage(Entries):
    serializer_class = PageEntrySerializer
    pagination_class = ByPage


class EntriesByOffset(Entries):
    serializer_class = OffsetEntrySerializer
    pagination_class = ByOffset


class EntriesByCursor(Entries):
    serializer_class = CursorEntrySerializer
    pagination_class = ByCursor
