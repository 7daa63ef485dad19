//! `object!`: presence, names, unknown and repeated members, formats, and where a failure was.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::{Value, from_reader, from_str, from_value, json, to_string, to_value};

use crate::runtime::Timestamp;

#[derive(Clone, Debug, Default, PartialEq)]
struct Entitlement {
    display_name: Option<String>,
    grant_count: Option<i64>,
    created_at: Option<Timestamp>,
    sizes: Option<Vec<i64>>,
    parent: Option<Box<Entitlement>>,
}

crate::runtime::object! {
    Entitlement {
        display_name = "displayName",
        grant_count = "grantCount" as Decimal,
        created_at = "createdAt",
        sizes = "sizes" as Vec<Decimal>,
        parent = "parent",
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Order {
    id: String,
    count: u64,
    note: Option<String>,
    limit: Option<i64>,
    kind: Option<String>,
    r#type: bool,
}

crate::runtime::object! {
    Order {
        id = "id" required,
        count = "count" required as Decimal,
        note = "note" nullable,
        limit = "limit" nullable as Decimal,
        kind = "kind",
        r#type = "type" required,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Patch {
    note: Option<String>,
    limit: Option<i64>,
}

crate::runtime::object! {
    Patch {
        note = "note" nullable,
        limit = "limit" nullable as Decimal,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Labels {
    name: Option<String>,
    additional_properties: BTreeMap<String, Value>,
}

crate::runtime::object! {
    Labels {
        name = "name",
        ..additional_properties
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Counts {
    name: String,
    others: BTreeMap<String, i64>,
}

crate::runtime::object! {
    Counts {
        name = "name" required,
        ..others
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct OnlyRest {
    rest: BTreeMap<String, bool>,
}

crate::runtime::object! {
    OnlyRest {
        ..rest
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Empty {}

crate::runtime::object! {
    Empty {}
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Page {
    list: Option<Vec<View>>,
}

crate::runtime::object! {
    Page {
        list = "list",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct View {
    app_entitlement: Option<Entitlement>,
}

crate::runtime::object! {
    View {
        app_entitlement = "appEntitlement",
    }
}

const ORDER: &str =
    r#"{"id":"a","count":"18446744073709551615","note":null,"limit":"-5","type":true}"#;

fn order() -> Order {
    Order { id: "a".into(), count: u64::MAX, note: None, limit: Some(-5), kind: None, r#type: true }
}

#[track_caller]
fn failure<T: DeserializeOwned + Debug>(text: &str) -> String {
    from_str::<T>(text).unwrap_err().to_string()
}

#[test]
fn absent_and_null_are_the_same_on_reading() {
    let nulls =
        r#"{"displayName":null,"grantCount":null,"createdAt":null,"sizes":null,"parent":null}"#;
    assert_eq!(from_str::<Entitlement>(nulls).unwrap(), Entitlement::default());
    assert_eq!(from_str::<Entitlement>("{}").unwrap(), Entitlement::default());
}

#[test]
fn none_is_not_written() {
    assert_eq!(to_string(&Entitlement::default()).unwrap(), "{}");
    let zero = Entitlement { grant_count: Some(0), ..Entitlement::default() };
    assert_eq!(to_string(&zero).unwrap(), r#"{"grantCount":"0"}"#);
}

#[test]
fn fields_are_written_in_the_order_of_the_table() {
    let text = r#"{"displayName":"Root","grantCount":"9007199254740993","createdAt":"2025-01-02T03:04:05.123456789Z","sizes":["1","-2"],"parent":{"displayName":"Top"}}"#;
    assert_eq!(to_string(&from_str::<Entitlement>(text).unwrap()).unwrap(), text);
}

#[test]
fn required_and_nullable_fields_are_always_written() {
    assert_eq!(from_str::<Order>(ORDER).unwrap(), order());
    assert_eq!(to_string(&order()).unwrap(), ORDER);
    assert_eq!(to_string(&Patch::default()).unwrap(), r#"{"note":null,"limit":null}"#);
    let patch = Patch { note: Some("n".into()), limit: Some(i64::MIN) };
    assert_eq!(to_value(&patch).unwrap(), json!({"note": "n", "limit": "-9223372036854775808"}));
    assert_eq!(from_str::<Patch>("{}").unwrap(), Patch::default());
}

#[test]
fn a_required_field_must_be_there_and_not_null() {
    let missing = failure::<Order>(r#"{"id":"a","count":1}"#);
    assert!(missing.starts_with("missing field `type`"), "{missing}");
    let missing = failure::<Order>(r#"{"id":null,"count":1,"type":true}"#);
    assert!(missing.starts_with("missing field `id`"), "{missing}");
    let missing = failure::<Order>(r#"{"id":"a","count":null,"type":true}"#);
    assert!(missing.starts_with("missing field `count`"), "{missing}");
}

#[test]
fn a_second_value_for_a_key_is_refused() {
    let twice = failure::<Entitlement>(r#"{"displayName":"a","displayName":"b"}"#);
    assert!(twice.starts_with("duplicate field `displayName`"), "{twice}");
    let twice = failure::<Entitlement>(r#"{"displayName":"a","displayName":null}"#);
    assert!(twice.starts_with("duplicate field `displayName`"), "{twice}");
    let twice = failure::<Entitlement>(r#"{"grantCount":"1","grantCount":"1"}"#);
    assert!(twice.starts_with("duplicate field `grantCount`"), "{twice}");
    let twice = failure::<Order>(r#"{"id":"a","id":"a"}"#);
    assert!(twice.starts_with("duplicate field `id`"), "{twice}");
    let twice = failure::<Labels>(r#"{"x":null,"x":1}"#);
    assert!(twice.starts_with("duplicate field `x`"), "{twice}");

    // A null in front is the same as no member at all.
    let value: Entitlement = from_str(r#"{"displayName":null,"displayName":"b"}"#).unwrap();
    assert_eq!(value.display_name.as_deref(), Some("b"));
}

#[test]
fn unknown_members_are_skipped_whatever_they_hold() {
    let text =
        r#"{"new":{"a":[1,{"b":null}],"displayName":"x"},"displayName":"y","":0,"DisplayName":1}"#;
    let value: Entitlement = from_str(text).unwrap();
    assert_eq!(value, Entitlement { display_name: Some("y".into()), ..Entitlement::default() });
    assert_eq!(from_str::<Order>(&ORDER.replacen('{', r#"{"x":[],"#, 1)).unwrap(), order());
    // Skipped, but still read: what follows must be whole.
    failure::<Entitlement>(r#"{"new":[1,}"#);
    failure::<Entitlement>(r#"{"displayName":"a""#);
}

#[test]
fn unknown_members_are_kept_where_the_schema_has_room_for_them() {
    let text = r#"{"name":"n","a":null,"b":{"c":[1]}}"#;
    let labels: Labels = from_str(text).unwrap();
    assert_eq!(labels.name.as_deref(), Some("n"));
    assert_eq!(
        Value::from_iter(labels.additional_properties.clone()),
        json!({"a": null, "b": {"c": [1]}})
    );
    assert_eq!(to_string(&labels).unwrap(), text);

    let counts: Counts = from_str(r#"{"b":2,"name":"n","a":1}"#).unwrap();
    assert_eq!(to_string(&counts).unwrap(), r#"{"name":"n","a":1,"b":2}"#);
    failure::<Counts>(r#"{"name":"n","a":"text"}"#);

    let only: OnlyRest = from_str(r#"{"x":true}"#).unwrap();
    assert_eq!(to_string(&only).unwrap(), r#"{"x":true}"#);
}

#[test]
fn only_an_object_is_an_object() {
    for text in ["null", "[]", r#"["a"]"#, r#""text""#, "1", "true"] {
        for message in [
            failure::<Entitlement>(text),
            failure::<Order>(text),
            failure::<Labels>(text),
            failure::<Empty>(text),
        ] {
            assert!(message.contains("expected an object"), "{text}: {message}");
        }
    }
}

#[test]
fn a_struct_without_fields_reads_any_object() {
    assert_eq!(from_str::<Empty>("{}").unwrap(), Empty {});
    assert_eq!(from_str::<Empty>(r#"{"a":{"b":[1]},"a":2}"#).unwrap(), Empty {});
    assert_eq!(to_string(&Empty {}).unwrap(), "{}");
    failure::<Empty>(r#"{"a":}"#);
}

#[test]
fn keys_are_known_however_the_input_hands_them_over() {
    // Borrowed, escaped, copied by a reader, owned, and lent by a value.
    assert_eq!(from_str::<Order>(ORDER).unwrap(), order());
    assert_eq!(from_str::<Order>(&ORDER.replace("\"id\"", r#""\u0069d""#)).unwrap(), order());
    assert_eq!(from_reader::<_, Order>(ORDER.as_bytes()).unwrap(), order());
    let value: Value = from_str(ORDER).unwrap();
    assert_eq!(<Order as serde::Deserialize>::deserialize(&value).unwrap(), order());
    assert_eq!(from_value::<Order>(value).unwrap(), order());

    // A long key that is copied must not show behind a short one.
    let text = r#"{"d\u0069splayNameIsNotThis":1,"d\u0069splayName":"a"}"#;
    let value: Entitlement = from_reader(text.as_bytes()).unwrap();
    assert_eq!(value.display_name.as_deref(), Some("a"));
}

#[test]
fn other_formats_work_as_json_does() {
    let yaml = serde_yaml::to_string(&order()).unwrap();
    assert_eq!(serde_yaml::from_str::<Order>(&yaml).unwrap(), order());
    let value: Entitlement =
        serde_yaml::from_str("displayName: a\ngrantCount: -7\n1: unknown\n").unwrap();
    assert_eq!((value.display_name.as_deref(), value.grant_count), (Some("a"), Some(-7)));
}

#[test]
fn a_failure_has_a_path() {
    let text = r#"{"list":[{},{},{},{"appEntitlement":{"displayName":"a","grantCount":"many"}}]}"#;
    for reader in [false, true] {
        let error = if reader {
            let mut input = serde_json::Deserializer::from_reader(text.as_bytes());
            serde_path_to_error::deserialize::<_, Page>(&mut input).unwrap_err()
        } else {
            let mut input = serde_json::Deserializer::from_str(text);
            serde_path_to_error::deserialize::<_, Page>(&mut input).unwrap_err()
        };
        assert_eq!(error.path().to_string(), "list[3].appEntitlement.grantCount");
        assert!(error.inner().to_string().contains(r#"string "many""#), "{error}");
    }

    let text = r#"{"list":[{"appEntitlement":{"sizes":["1","2","x"]}}]}"#;
    let mut input = serde_json::Deserializer::from_str(text);
    let error = serde_path_to_error::deserialize::<_, Page>(&mut input).unwrap_err();
    assert_eq!(error.path().to_string(), "list[0].appEntitlement.sizes[2]");
}

#[test]
fn nesting_is_bounded_by_the_format() {
    let text = format!("{}{}{}", r#"{"parent":"#.repeat(200), "{}", "}".repeat(200));
    assert!(failure::<Entitlement>(&text).contains("recursion limit"));
}

#[expect(unreachable_pub, reason = "setters are made for the public types of a crate")]
mod choice {
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Choice {
        first: Option<String>,
        second: Option<i64>,
        r#type: Option<Box<Choice>>,
    }

    impl Choice {
        fn clear_kind(&mut self) {
            self.first = None;
            self.second = None;
        }
    }

    crate::runtime::object!(Choice {
        first = "first" => with_first(String) clearing clear_kind,
        second = "second" as Decimal => with_second(i64) clearing clear_kind,
        r#type = "type" => with_type(Box<Choice>),
    });
}

#[test]
fn setters_set_and_clear() {
    let value = choice::Choice::default().with_first("a").with_type(choice::Choice::default());
    assert_eq!(to_string(&value).unwrap(), r#"{"first":"a","type":{}}"#);
    let value = value.with_second(7_i32);
    assert_eq!(to_string(&value).unwrap(), r#"{"second":"7","type":{}}"#);
}
