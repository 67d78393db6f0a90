from rest_framework import serializers

from .models import Entry, Note, Tag


class TagSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = ["id", "name"]


class NoteSerializer(serializers.ModelSerializer):
    tags = serializers.SlugRelatedField(many=True, slug_field="name", queryset=Tag.objects.all(), required=False)
    length = serializers.SerializerMethodField()

    class Meta:
        model = Note
        fields = [
            "id", "title", "body", "secret", "color", "price", "due", "at", "took", "rating", "extra", "picture",
            "created", "number", "ip", "url", "tags", "length",
        ]
        extra_kwargs = {"secret": {"write_only": True}}

    def get_length(self, note) -> int:
        return len(note.body)


class EntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = Entry
        fields = ["id", "number", "text"]


# One component has one name in a description, and so do the pages of it; but pages by
# cursor have no count.
class PageEntrySerializer(EntrySerializer):
    pass


class OffsetEntrySerializer(EntrySerializer):
    pass


class CursorEntrySerializer(EntrySerializer):
    pass


class CountsSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    by_color = serializers.DictField(child=serializers.IntegerField())
