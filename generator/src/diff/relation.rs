//! How two types relate: for the compiler, and for what goes over the wire.

use super::half::Half;
use super::rust;
use super::{Build, Running, Side};
use crate::plan::{Codec, Item, RustType};

/// How the new type relates to the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// It is the same, and reads the same.
    Equal,
    /// It is the same to the compiler under another name: one is an alias.
    Alias,
    /// It is in a box or no more.
    Boxed,
    /// It is the same to the compiler, and has another form in JSON.
    Encoding,
    /// The same, and the old type reads the new form.
    Readable,
    /// It has all values of the old one and more.
    Wider,
    /// It has some of the values of the old one.
    Narrower,
    /// It has other values.
    Other,
}

/// A type as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'a> {
    pub(super) ty: &'a RustType,
    pub(super) codec: Option<&'a Codec>,
}

/// How far aliases are followed: none leads back to itself, but nobody should have to wait.
const DEEPEST: usize = 32;

/// Compares two types; what was renamed counts as what it is called now.
pub(super) fn relation(
    (old, before): (&Half<'_>, Written<'_>),
    (new, after): (&Half<'_>, Written<'_>),
    renaming: rust::Renaming<'_>,
) -> Relation {
    let codecs = before.codec.map(plain_codec) == after.codec.map(plain_codec);
    let as_is = &rust::as_is;
    let is_read = reads(before.codec, after.codec);
    let encoding = if is_read { Relation::Readable } else { Relation::Encoding };
    let reads_the_same = rust::text(before.ty, renaming) == rust::text(after.ty, as_is);
    if codecs && reads_the_same {
        return Relation::Equal;
    }
    let (left, right) = (resolved(old, before.ty, 0), resolved(new, after.ty, 0));
    let is_the_same = rust::text(&left, renaming) == rust::text(&right, as_is);
    if reads_the_same && !is_the_same {
        // An alias stands for another type, of which it has an entry.
        return Relation::Equal;
    }
    if is_the_same {
        return if codecs { Relation::Alias } else { encoding };
    }
    let (left, right) = (rust::unboxed(&left), rust::unboxed(&right));
    if rust::text(&left, renaming) == rust::text(&right, as_is) {
        return if codecs { Relation::Boxed } else { encoding };
    }
    let left = Written { ty: &left, codec: before.codec };
    let right = Written { ty: &right, codec: after.codec };
    values((old, left), (new, right), renaming)
}

/// What a codec writes, whether in a box or not.
fn plain_codec(codec: &Codec) -> Codec {
    match codec {
        Codec::Box(inner) => plain_codec(inner),
        Codec::Vec(inner) => Codec::Vec(Box::new(plain_codec(inner))),
        Codec::Map(inner) => Codec::Map(Box::new(plain_codec(inner))),
        Codec::Option(inner) => Codec::Option(Box::new(plain_codec(inner))),
        other => other.clone(),
    }
}

/// Whether a codec reads what another one writes: a number that was a text, and either base64.
fn reads(old: Option<&Codec>, new: Option<&Codec>) -> bool {
    use Codec as C;
    match (old, new) {
        (Some(C::Box(old)), new) => reads(Some(old), new),
        (old, Some(C::Box(new))) => reads(old, Some(new)),
        (Some(C::Decimal), None)
        | (Some(C::Base64), Some(C::Base64Url))
        | (Some(C::Base64Url), Some(C::Base64)) => true,
        (Some(C::Vec(old)), Some(C::Vec(new)))
        | (Some(C::Map(old)), Some(C::Map(new)))
        | (Some(C::Option(old)), Some(C::Option(new))) => reads(Some(old), Some(new)),
        (Some(C::Vec(old) | C::Map(old) | C::Option(old)), None) => reads(Some(old), None),
        _ => false,
    }
}

/// The type behind all aliases.
pub(super) fn resolved(half: &Half<'_>, ty: &RustType, depth: usize) -> RustType {
    let again = |inner: &RustType| Box::new(resolved(half, inner, depth + 1));
    if depth > DEEPEST {
        return ty.clone();
    }
    match ty {
        RustType::Model(path) => match half.types.get(&rust::path(path)).map(|one| one.item) {
            Some(Item::Alias(alias)) => resolved(half, &alias.ty, depth + 1),
            _ => ty.clone(),
        },
        RustType::Vec(inner) => RustType::Vec(again(inner)),
        RustType::Map(inner) => RustType::Map(again(inner)),
        RustType::Option(inner) => RustType::Option(again(inner)),
        RustType::Box(inner) => RustType::Box(again(inner)),
        RustType::Tuple(items) => {
            RustType::Tuple(items.iter().map(|item| resolved(half, item, depth + 1)).collect())
        }
        other => other.clone(),
    }
}

/// Which of two types has more values, by what is written in JSON.
fn values(
    (old, before): (&Half<'_>, Written<'_>),
    (new, after): (&Half<'_>, Written<'_>),
    renaming: rust::Renaming<'_>,
) -> Relation {
    use RustType as R;
    let inner = |left: &RustType, right: &RustType| {
        let left = Written { ty: left, codec: before.codec.and_then(inner_codec) };
        let right = Written { ty: right, codec: after.codec.and_then(inner_codec) };
        relation((old, left), (new, right), renaming)
    };
    match (before.ty, after.ty) {
        (R::Vec(left), R::Vec(right))
        | (R::Map(left), R::Map(right))
        | (R::Option(left), R::Option(right)) => inner(left, right),
        (left, R::Option(right)) => {
            let right = Written { ty: right, codec: after.codec.and_then(inner_codec) };
            let left = Written { ty: left, codec: before.codec };
            match relation((old, left), (new, right), renaming) {
                Relation::Equal | Relation::Alias | Relation::Boxed | Relation::Wider => {
                    Relation::Wider
                }
                _ => Relation::Other,
            }
        }
        (R::Option(left), right) => {
            let left = Written { ty: left, codec: before.codec.and_then(inner_codec) };
            let right = Written { ty: right, codec: after.codec };
            match relation((old, left), (new, right), renaming) {
                Relation::Equal | Relation::Alias | Relation::Boxed | Relation::Narrower => {
                    Relation::Narrower
                }
                _ => Relation::Other,
            }
        }
        (_, R::Value) => Relation::Wider,
        (R::Value, _) => Relation::Narrower,
        (left, right) => {
            let (from, to) = (Json::of(old, left, before.codec), Json::of(new, right, after.codec));
            from.relation(&to)
        }
    }
}

fn inner_codec(codec: &Codec) -> Option<&Codec> {
    match codec {
        Codec::Vec(inner) | Codec::Map(inner) | Codec::Option(inner) | Codec::Box(inner) => {
            Some(inner)
        }
        _ => None,
    }
}

/// What a type is in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Json {
    /// A number: its bits, whether it has a sign, whether it has a fraction.
    Number(u8, bool, bool),
    /// A text of any form.
    Text,
    /// A text of some form.
    Format(String),
    /// One of these values.
    Values(Vec<String>),
    /// An object with any members.
    Map,
    /// An object with known members.
    Object,
    /// Anything else.
    Other,
}

impl Json {
    fn of(half: &Half<'_>, ty: &RustType, codec: Option<&Codec>) -> Self {
        if let Some(codec) = codec {
            return Self::Format(format!("{codec:?}"));
        }
        match ty {
            RustType::I32 => Self::Number(32, true, false),
            RustType::U32 => Self::Number(32, false, false),
            RustType::I64 => Self::Number(64, true, false),
            RustType::U64 => Self::Number(64, false, false),
            RustType::F32 => Self::Number(32, true, true),
            RustType::F64 => Self::Number(64, true, true),
            RustType::String => Self::Text,
            RustType::Timestamp | RustType::Date | RustType::Duration | RustType::Format(_) => {
                Self::Format(rust::text(ty, &rust::as_is))
            }
            RustType::JsonMap | RustType::ProtobufAny | RustType::Map(_) => Self::Map,
            RustType::Model(path) => match half.types.get(&rust::path(path)).map(|one| one.item) {
                Some(Item::Enum(one)) => {
                    let values = one.variants.iter().map(|one| format!("{:?}", one.value));
                    Self::Values(values.collect())
                }
                Some(Item::Struct(_)) => Self::Object,
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// How the new form relates to the old one.
    fn relation(&self, new: &Self) -> Relation {
        if self.is_within(new) {
            Relation::Wider
        } else if new.is_within(self) {
            Relation::Narrower
        } else {
            Relation::Other
        }
    }

    fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(bits, sign, fraction), Self::Number(more, signed, fractions)) => {
                let fits = bits < more || (bits == more && sign == signed);
                (*fractions && (!fraction || fits)) || (!fraction && fits && (*signed || !sign))
            }
            (Self::Format(_) | Self::Values(_), Self::Text) | (Self::Object, Self::Map) => true,
            (Self::Values(few), Self::Values(many)) => few.iter().all(|one| many.contains(one)),
            _ => false,
        }
    }
}

impl Relation {
    /// Whether a caller that uses the type compiles.
    pub(super) fn build(self) -> Build {
        match self {
            Self::Equal | Self::Alias | Self::Encoding | Self::Readable => Build::Same,
            Self::Boxed | Self::Wider | Self::Narrower | Self::Other => Build::Breaks,
        }
    }

    /// Whether an old program can send and read the value.
    pub(super) fn running(self, side: Side) -> Running {
        let sent = match self {
            Self::Equal | Self::Alias | Self::Boxed | Self::Wider => Running::Same,
            Self::Encoding | Self::Readable | Self::Narrower | Self::Other => Running::Breaks,
        };
        let received = match self {
            Self::Equal | Self::Alias | Self::Boxed | Self::Readable | Self::Narrower => {
                Running::Same
            }
            Self::Wider => Running::MayBreak,
            Self::Encoding | Self::Other => Running::Breaks,
        };
        by_side(side, sent, received)
    }
}

/// The verdict of the ways that the data goes.
pub(super) fn by_side(side: Side, sent: Running, received: Running) -> Running {
    let sent = if side.is_sent() { sent } else { Running::Same };
    let received = if side.is_received() { received } else { Running::Same };
    sent.max(received)
}
