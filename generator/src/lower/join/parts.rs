//! What stands at each place of a document, as the grammar says.

use crate::lower::grammar::{Holds, Kind, Object, Others};
use crate::reference::Section;
use crate::yaml::Node;

const SCHEMAS: Holds = Holds::List(&Holds::Schema);
const NAMED_SCHEMAS: Holds = Holds::Map(&Holds::Schema);

/// What the value of a key holds.
pub(in crate::lower) fn entry(holds: Holds, key: &str) -> Option<Holds> {
    let held = match holds {
        Holds::Schema | Holds::SchemaOrFlag | Holds::Items => match key {
            // A rule takes these two away, but what they hold is a matter of references as well.
            "prefixItems" => Some(SCHEMAS),
            "patternProperties" => Some(NAMED_SCHEMAS),
            _ => field(Kind::Schema.object(), key),
        },
        Holds::Object(kind) | Holds::Reusable(kind) => field(kind.object(), key),
        Holds::Discriminator => field(Kind::Discriminator.object(), key),
        Holds::Map(holds) => Some(*holds),
        Holds::Examples => Some(Holds::Reusable(Kind::Example)),
        _ => None,
    };
    // The two say the same; only one has the rules of schemas.
    held.map(
        |held| if matches!(held, Holds::Reusable(Kind::Schema)) { Holds::Schema } else { held },
    )
}

/// What the items of a list hold.
pub(in crate::lower) fn item(holds: Holds) -> Option<Holds> {
    match holds {
        Holds::List(holds) => Some(*holds),
        Holds::Items => Some(Holds::Schema),
        _ => None,
    }
}

fn field(object: &'static Object, key: &str) -> Option<Holds> {
    if let Some(field) = object.fields.iter().find(|field| field.key == key) {
        return Some(field.holds);
    }
    match object.others {
        _ if key.starts_with("x-") => None,
        Others::Paths | Others::Expressions => Some(Holds::Reusable(Kind::PathItem)),
        Others::Statuses => Some(Holds::Reusable(Kind::Response)),
        Others::SwaggerPaths => Some(Holds::Reusable(Kind::SwaggerPathItem)),
        Others::SwaggerStatuses => Some(Holds::Reusable(Kind::SwaggerResponse)),
        Others::Unknown | Others::Schemes => None,
    }
}

/// The section of what can be referred to at a place.
pub(in crate::lower) fn section(holds: Holds) -> Option<Section> {
    match holds {
        Holds::Schema | Holds::SchemaOrFlag | Holds::Items => Some(Section::Schemas),
        Holds::Reusable(kind) => kind.section(),
        _ => None,
    }
}

/// What stands at the target of a reference to this section.
pub(in crate::lower) fn target(section: Section) -> Holds {
    match section {
        Section::Schemas => Holds::Schema,
        Section::Responses => Holds::Object(Kind::Response),
        Section::Parameters => Holds::Object(Kind::Parameter),
        Section::Examples => Holds::Object(Kind::Example),
        Section::RequestBodies => Holds::Object(Kind::RequestBody),
        Section::Headers => Holds::Object(Kind::Header),
        Section::SecuritySchemes => Holds::Object(Kind::SecurityScheme),
        Section::Links => Holds::Object(Kind::Link),
        Section::Callbacks => Holds::Object(Kind::Callback),
        Section::PathItems => Holds::Object(Kind::PathItem),
    }
}

/// Whether authors put a reference here although the specification has none: instead of a text for
/// people, a list, a map, or an object that has no section.
pub(in crate::lower) fn is_replaced(holds: Holds) -> bool {
    match holds {
        Holds::Prose | Holds::List(_) | Holds::Examples => true,
        Holds::Object(kind) => {
            let others = kind.object().others;
            section(Holds::Reusable(kind)).is_none() && others != Others::Schemes
        }
        // In a map of texts, `$ref` is a name like any other.
        Holds::Map(holds) => !matches!(holds, Holds::Text | Holds::Prose | Holds::Json),
        _ => false,
    }
}

/// The text of a `$ref` with the node that holds it.
pub(in crate::lower) fn reference(node: &Node) -> Option<(&str, &Node)> {
    let target = node.get("$ref")?;
    Some((target.as_str()?, target))
}

/// Whether a node is a reference and nothing else.
pub(in crate::lower) fn is_bare(node: &Node) -> bool {
    matches!(node.as_map(), Some([only]) if &*only.key == "$ref" && only.node.as_str().is_some())
}
