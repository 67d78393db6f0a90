import Declarations

/// Makes a component that is nothing but one type inside of it that type: a
/// component `anyOf: [{type: object, …}, {type: 'null'}]` is the struct.
enum ComponentAbsorption {
    static func apply(to plan: inout TypePlan) {
        for index in plan.types.indices where plan.types[index].isComponent {
            guard case .alias(let type) = plan.types[index].kind, case .declared(let inner) = plan.types.settled(type),
                inner != index, isInside(plan.types[inner].place, plan.types[index].place)
            else { continue }
            let twins = plan.types.indices.filter { plan.types[$0].twin == plan.types[inner].twin }
            plan.types[index].kind = plan.types[inner].kind
            if plan.types[index].documentation.isEmpty { plan.types[index].documentation = plan.types[inner].documentation }
            for twin in twins where twin != inner { plan.types[twin].twin = index }
            plan.types[inner].replacement = .declared(index)
        }
    }

    /// Whether a place is the component's, or that of an alternative in it.
    private static func isInside(_ place: Place, _ component: Place) -> Bool {
        var place = place
        while case .variant = place.step, let parent = place.parent { place = parent }
        return place === component
    }
}
