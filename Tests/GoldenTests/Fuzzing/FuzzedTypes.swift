import ApusRuntime

/// The types that texts are read as: those of the gallery, a description that has schemas of
/// every form.
enum FuzzedTypes {
    static let all: [any JSONCoding.Type] = [
        GalleryAPI.Absent.self, GalleryAPI.Car.self, GalleryAPI.Collections.self, GalleryAPI.Exhibits.self,
        GalleryAPI.Fixed.self, GalleryAPI.Narrowed.self, GalleryAPI.Numbers.self, GalleryAPI.Outer.self,
        GalleryAPI.Texts.self, GalleryAPI.Unions.self, GalleryAPI.Vehicle.self, GalleryAPI.Wide.self,
        [String: GalleryAPI.Vehicle].self, [GalleryAPI.Unions].self,
    ]
}
