//! Limits: each at its border, on the form that is sent, and the paths and words of what breaks one.

#![expect(unreachable_pub, reason = "the macros write methods for the users of a client")]

use std::collections::BTreeMap;

use serde_json::json;

use crate::models;
use crate::runtime::{Duration, Secret, Validate, Value, limits, object, union};

#[derive(Clone, Debug, Default, PartialEq)]
struct Order {
    name: Option<String>,
    code: Option<String>,
    size: Option<i64>,
    count: Option<i64>,
    largest: Option<u64>,
    share: Option<f64>,
    ratio: Option<f32>,
    step: Option<f64>,
    span: Option<Duration>,
    tags: Option<Vec<String>>,
    either: Option<Vec<Value>>,
    secret: Option<Secret>,
    nulls: Option<Vec<Option<i64>>>,
    labels: Option<BTreeMap<String, String>>,
    lines: Option<Vec<Line>>,
    next: Option<Box<Order>>,
    target: Option<Target>,
}

object!(Order {
    name = "name",
    code = "code",
    size = "size" as Decimal,
    count = "count",
    largest = "largest",
    share = "share",
    ratio = "ratio",
    step = "step",
    span = "span" as ProtobufDuration,
    tags = "tags",
    either = "either",
    secret = "secret",
    nulls = "nulls" as Vec<Option<Decimal>>,
    labels = "labels",
    lines = "lines",
    next = "next",
    target = "target",
});

limits!(Order [MaxProperties(2)] {
    name = "name": [MinLength(1), MaxLength(4)],
    code = "code": [Pattern("^[a-z]+[0-9]$")],
    size = "size" as Option<Decimal>: [MaxLength(3)],
    count = "count": [Minimum("1"), Maximum("9007199254740993"), MultipleOf("2")],
    largest = "largest": [ExclusiveMaximum("18446744073709551615")],
    share = "share": [ExclusiveMinimum("0"), ExclusiveMaximum("1e0")],
    ratio = "ratio": [Maximum("0.1")],
    step = "step": [MultipleOf("0.01")],
    span = "span" as Option<ProtobufDuration>: [MaxLength(4)],
    tags = "tags": [MinItems(1), MaxItems(2), UniqueItems, Items(&[MaxLength(2)])],
    either = "either": [UniqueItems],
    secret = "secret": [MinLength(3), Pattern("^[0-9]+$")],
    nulls = "nulls" as Option<Vec<Option<Decimal>>>: [Items(&[MaxLength(1)])],
    labels = "the labels": [MinProperties(1), MaxProperties(2), Values(&[MinLength(1)])],
    lines = "lines": [MaxItems(4)] nested,
    next = "next": nested,
    target = "target": nested,
});

#[derive(Clone, Debug, Default, PartialEq)]
struct Line {
    name: Option<String>,
    others: BTreeMap<String, i64>,
}

object!(Line {
    name = "name",
    ..others
});

limits!(Line {
    name = "name": [MaxLength(4)],
    ..others: [Values(&[Maximum("10")])]
});

#[derive(Clone, Debug, PartialEq)]
enum Target {
    Line(Line),
    String(String),
    Unknown(Value),
}

union!(Target, Unknown {
    Line(Line) => as_line + From,
    String(String) => as_string + From,
});

limits!(enum Target {
    Line: nested,
    String: [MaxLength(3)],
});

#[derive(Clone, Debug, Default, PartialEq)]
struct Free {}

object!(Free {});
limits!(Free {});

/// What is wrong with an order; empty if nothing is.
#[track_caller]
fn fault(change: impl FnOnce(&mut Order)) -> String {
    let mut order = Order::default();
    change(&mut order);
    order.validate().map_or_else(|error| error.to_string(), |()| String::new())
}

#[test]
fn characters_are_code_points() {
    let name = |text: &str| fault(|order| order.name = Some(text.to_owned()));
    assert_eq!(name(""), "name: 0 characters, but at least 1");
    assert_eq!(name("a"), "");
    assert_eq!(name("äöü😀"), "");
    assert_eq!(name("e\u{301}e\u{301}e"), "name: 5 characters, but at most 4");
}

#[test]
fn a_pattern_matches_a_part_of_the_text() {
    let code = |text: &str| fault(|order| order.code = Some(text.to_owned()));
    assert_eq!(code("ab1"), "");
    assert_eq!(code("ab1\n"), "code: does not match the pattern ^[a-z]+[0-9]$");
    assert_eq!(code(""), "code: does not match the pattern ^[a-z]+[0-9]$");
}

#[test]
fn what_is_sent_as_text_is_checked_as_text() {
    let size = |number| fault(|order| order.size = Some(number));
    assert_eq!(size(-99), "");
    assert_eq!(size(-100), "size: 4 characters, but at most 3");
    let span = |seconds| fault(|order| order.span = Some(Duration::from_secs(seconds)));
    assert_eq!(span(999), "");
    assert_eq!(span(1000), "span: 5 characters, but at most 4");
    let nulls = |nulls| fault(|order| order.nulls = Some(nulls));
    assert_eq!(nulls(vec![Some(9), None]), "");
    assert_eq!(nulls(vec![None, Some(10)]), "nulls[1]: 2 characters, but at most 1");
}

#[test]
fn ranges_hold_for_every_digit() {
    let count = |number| fault(|order| order.count = Some(number));
    assert_eq!(count(2), "");
    assert_eq!(count(0), "count: 0, but at least 1");
    assert_eq!(count(3), "count: 3, but a multiple of 2");
    assert_eq!(count(9_007_199_254_740_992), "");
    let over = "count: 9007199254740994, but at most 9007199254740993";
    assert_eq!(count(9_007_199_254_740_994), over);
    assert_eq!(count(i64::MIN), format!("count: {}, but at least 1", i64::MIN));
    let largest = |number| fault(|order| order.largest = Some(number));
    assert_eq!(largest(u64::MAX - 1), "");
    assert_eq!(largest(u64::MAX), format!("largest: {0}, but less than {0}", u64::MAX));

    let share = |number| fault(|order| order.share = Some(number));
    assert_eq!(share(f64::MIN_POSITIVE), "");
    assert_eq!(share(0.0), "share: 0, but more than 0");
    assert_eq!(share(-0.0), "share: -0, but more than 0");
    assert_eq!(share(0.999_999_999_999_999_9), "");
    assert_eq!(share(1.0), "share: 1, but less than 1e0");
    assert!(share(1e300).ends_with(", but less than 1e0"));
    assert_eq!(share(f64::NAN), "share: NaN, but a number");
    assert_eq!(share(f64::INFINITY), "share: inf, but a number");

    let ratio = |number| fault(|order| order.ratio = Some(number));
    assert_eq!(ratio(0.1), "", "the text of the number is what is sent");
    assert_eq!(ratio(0.100_000_01), "ratio: 0.10000001, but at most 0.1");

    let step = |number| fault(|order| order.step = Some(number));
    for number in [0.07, -1.1, 0.0, 1e15, 4.35] {
        assert_eq!(step(number), "", "{number}");
    }
    assert_eq!(step(0.075), "step: 0.075, but a multiple of 0.01");
}

#[test]
fn lists_and_their_items() {
    let tags = |tags: &[&str]| {
        fault(|order| order.tags = Some(tags.iter().map(|tag| (*tag).to_owned()).collect()))
    };
    assert_eq!(tags(&["a", "b"]), "");
    assert_eq!(tags(&[]), "tags: 0 items, but at least 1");
    assert_eq!(tags(&["a", "b", "c"]), "tags: 3 items, but at most 2");
    assert_eq!(tags(&["a", "abc"]), "tags[1]: 3 characters, but at most 2");
    assert_eq!(tags(&["a", "a"]), "tags[1]: equals an item before it, but no two may be equal");
    let either =
        |value: Value| fault(|order| order.either = Some(value.as_array().unwrap().clone()));
    assert_eq!(either(json!([1, "1", null, [1], {"a": 1}, {"a": 2}])), "");
    let same = json!([{"a": 1, "b": [2]}, {"b": [2], "a": 1}]);
    assert_eq!(either(same), "either[1]: equals an item before it, but no two may be equal");
}

#[test]
fn maps_and_objects_count_their_members() {
    let labels = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        fault(|order| order.labels = Some(pairs.collect()))
    };
    assert_eq!(labels(&[("a", "b")]), "");
    assert_eq!(labels(&[]), "[\"the labels\"]: 0 properties, but at least 1");
    let three = [("a", "b"), ("b", "b"), ("c", "b")];
    assert_eq!(labels(&three), "[\"the labels\"]: 3 properties, but at most 2");
    assert_eq!(labels(&[("a b", "")]), "[\"the labels\"][\"a b\"]: 0 characters, but at least 1");
    let whole = fault(|order| {
        order.name = Some("a".to_owned());
        order.size = Some(1);
        order.count = Some(2);
    });
    assert_eq!(whole, ".: 3 properties, but at most 2");
}

#[test]
fn what_is_inside_is_named_by_its_path() {
    let named = |name: &str| Line { name: Some(name.to_owned()), ..Line::default() };
    let lines = vec![named("a"), named("b"), named("c"), named("abcde")];
    assert_eq!(
        fault(|order| order.lines = Some(lines.clone())),
        "lines[3].name: 5 characters, but at most 4"
    );
    let next = Order { lines: Some(lines), ..Order::default() };
    let error = Order { next: Some(Box::new(next)), ..Order::default() }.validate().unwrap_err();
    assert_eq!(error.path(), "next.lines[3].name");
    assert_eq!(error.message(), "5 characters, but at most 4");

    let mut line = named("a");
    line.others.insert("more".to_owned(), 11);
    assert_eq!(line.validate().unwrap_err().to_string(), "more: 11, but at most 10");
    let map = BTreeMap::from([("here".to_owned(), vec![line.clone()])]);
    assert_eq!(map.validate().unwrap_err().path(), "here[0].more");

    let target = |target| fault(|order| order.target = Some(target));
    assert_eq!(target(Target::Line(line)), "target.more: 11, but at most 10");
    assert_eq!(target(Target::from("abcd".to_owned())), "target: 4 characters, but at most 3");
    assert_eq!(target(Target::Unknown(json!("abcdef"))), "");

    let target = Target::from("abcd".to_owned());
    assert_eq!((target.as_line(), target.as_string().map(String::len)), (None, Some(4)));
    assert_eq!(target.validate().unwrap_err().path(), ".");
}

#[test]
fn what_is_absent_is_valid() {
    assert_eq!(fault(|_| {}), "");
    assert_eq!(Free {}.validate(), Ok(()));
    assert_eq!(None::<Order>.validate(), Ok(()));
}

#[test]
fn no_text_of_a_value_is_shown() {
    for text in ["s3", "s3cret"] {
        let order = Order { secret: Some(text.into()), ..Order::default() };
        let error = order.validate().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3"), "{error:?}");
    }
}

#[test]
fn what_cannot_be_sent_is_not_valid() {
    let beyond = fault(|order| order.span = Some(Duration::MAX));
    assert!(beyond.starts_with("span: cannot be sent: "), "{beyond}");
}

#[test]
fn a_generated_type_checks_itself() {
    let order: models::Order = serde_json::from_value(json!({
        "id": "abc", "lines": [{"name": "a", "parent": {"codes": ["a", "b"], "more": 10}}],
        "note": null, "size": "-12", "count": 9_007_199_254_740_993_u64, "share": 0.07, "ratio": 0.1,
        "tags": ["a", "b"], "day": "2026-02-01", "labels": {"x": "y"}, "target": {"email": "a@b"},
        "looks": "any",
    }))
    .unwrap();
    assert_eq!(order.validate(), Ok(()));
    let broken = |change: &dyn Fn(&mut models::Order)| {
        let mut order = order.clone();
        change(&mut order);
        order.validate().unwrap_err().to_string()
    };
    let id = "id: does not match the pattern ^[a-z][0-9A-Za-z_]*$";
    assert_eq!(broken(&|order| order.id = "abä".to_owned()), id);
    let lines = "lines[0].parent.codes: 3 items, but at most 2";
    let codes = |order: &mut models::Order| {
        let parent = order.lines[0].parent.as_mut().unwrap();
        parent.codes.as_mut().unwrap().push("c".to_owned());
    };
    assert_eq!(broken(&codes), lines);
    let more = |order: &mut models::Order| {
        let parent = order.lines[0].parent.as_mut().unwrap();
        parent.additional_properties.insert("more".to_owned(), 11);
    };
    assert_eq!(broken(&more), "lines[0].parent.more: 11, but at most 10");
    let size = |order: &mut models::Order| order.size = Some(1234);
    assert_eq!(broken(&size), "size: 4 characters, but at most 3");
    let day = |order: &mut models::Order| order.day = Some("2026-02-02".parse().unwrap());
    assert_eq!(broken(&day), "day: does not match the pattern -01$");
    let target = |order: &mut models::Order| order.target = Some("abcd".to_owned().into());
    assert_eq!(broken(&target), "target: 4 characters, but at most 3");
    let labels = |order: &mut models::Order| {
        order.labels = Some([("x".to_owned(), String::new())].into());
    };
    assert_eq!(broken(&labels), "labels.x: 0 characters, but at least 1");
}
