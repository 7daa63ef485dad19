//! `union!`, `integer_enum!` and `value_enum!`: how a member is chosen, what is kept and what is
//! written.

#![expect(unreachable_pub, reason = "the macros write methods for the users of a client")]
#![expect(clippy::needless_pass_by_value, reason = "a test reads better without `&`")]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

use crate::runtime;

#[derive(Clone, Debug, Default, PartialEq)]
struct Cat {
    kind: Option<String>,
    lives: Option<i64>,
    friend: Option<Box<Pet>>,
}
crate::runtime::object!(Cat { kind = "kind", lives = "lives", friend = "friend", });

#[derive(Clone, Debug, Default, PartialEq)]
struct Dog {
    tail: Option<bool>,
}
crate::runtime::object!(Dog { tail = "tail", });

#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Cat(Box<Cat>),
    Dog(Dog),
    Unknown(Value),
}
crate::runtime::union!(Pet, Unknown by "kind" {
    Cat(Cat) = "cat" | "kitten" => as_cat + From,
    Dog(Dog) = "dog" adding "dog" => as_dog + From,
});

#[derive(Clone, Debug, PartialEq)]
enum Found {
    Cat(Cat),
    Dog(Dog),
    Moment(runtime::Timestamp),
    Number(i64),
    Text(String),
    Unknown(Value),
}
crate::runtime::union!(Found, Unknown {
    Cat(Cat) => as_cat + From,
    Dog(Dog) with "tail" => as_dog + From,
    Moment(runtime::Timestamp as DateTime) => as_moment + From,
    Number(i64) => as_number + From,
    Text(String) => as_text + From,
});

#[derive(Clone, Debug, Default, PartialEq)]
struct Branch {
    left: Option<Box<Tree>>,
}
crate::runtime::object!(Branch { left = "left", });

#[derive(Clone, Debug, Default, PartialEq)]
struct Fork {
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}
crate::runtime::object!(Fork { left = "left", right = "right", });

#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Branch(Branch),
    Fork(Fork),
    Unknown(Value),
}
crate::runtime::union!(Tree, Unknown {
    Branch(Branch) => as_branch + From,
    Fork(Fork) => as_fork + From,
});

#[derive(Clone, Debug, PartialEq)]
enum Count {
    Text(i32),
    Number(i32),
    Unknown(Value),
}
crate::runtime::union!(Count, Unknown {
    Text(i32 as Decimal) => as_text,
    Number(i32) => as_number,
});

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Low,
    High,
    Unknown(i64),
}
crate::runtime::integer_enum!(Level, Unknown { Low = 1, High = -2, });

#[derive(Clone, Debug, PartialEq)]
enum Mixed {
    Auto,
    One,
    Yes,
    Unknown(Value),
}
crate::runtime::value_enum!(Mixed, Unknown { Auto = "auto", One = 1, Yes = true, });

/// Reads a value and expects that it is written as it was.
fn same<T: DeserializeOwned + Serialize>(value: Value) -> T {
    let read: T = from_value(value.clone()).unwrap();
    assert_eq!(to_value(&read).unwrap(), value);
    read
}

#[test]
fn the_tag_chooses_and_a_new_one_is_kept() {
    assert_eq!(same::<Pet>(json!({"kind": "kitten", "lives": 9})).as_cat().unwrap().lives, Some(9));
    let dog = same::<Pet>(json!({"kind": "dog", "tail": true}));
    assert_eq!((dog.as_cat(), dog.as_dog()), (None, Some(&Dog { tail: Some(true) })));
    assert!(matches!(same(json!({"kind": "fish", "lives": 1})), Pet::Unknown(_)));
    assert!(matches!(same(json!("no object")), Pet::Unknown(_)));
}

#[test]
fn a_tag_that_the_type_lacks_is_written() {
    let dog = Pet::from(Dog { tail: Some(true) });
    assert_eq!(to_value(dog).unwrap(), json!({"kind": "dog", "tail": true}));
}

#[test]
fn what_does_not_fit_its_tag_is_an_error_with_the_place() {
    let broken = json!({"kind": "cat", "friend": {"kind": "cat", "lives": "nine"}});
    let error = from_value::<Pet>(broken).unwrap_err().to_string();
    assert!(error.contains("friend: lives: invalid type"), "{error}");
}

#[test]
fn without_a_tag_the_member_that_keeps_most_is_taken() {
    assert!(matches!(same(json!({"lives": 9})), Found::Cat(_)));
    assert!(same::<Found>(json!({"tail": false})).as_dog().is_some());
    assert_eq!(same::<Found>(json!(7)).as_number(), Some(&7));
    assert!(same::<Found>(json!("2026-01-31T12:00:00Z")).as_moment().is_some());
    assert_eq!(same::<Found>(json!("soon")).as_text().map(String::as_str), Some("soon"));
    assert!(matches!(same(json!([1])), Found::Unknown(_)));
    // What is new in a member does not make it unknown.
    let read: Found = from_value(json!({"lives": 9, "new": 1})).unwrap();
    assert_eq!(read.as_cat().unwrap().lives, Some(9));
}

/// Every level could be a cat or a dog, and none keeps the innermost key.
#[test]
fn choices_in_choices_end() {
    let deepest = json!({"new": 1});
    let value = (0..100).fold(deepest, |inner, _| json!({"friend": inner}));
    assert!(matches!(from_value(value).unwrap(), Pet::Cat(_)));
}

/// What only the second member has a place for is kept, however deep it stands.
#[test]
fn choices_in_choices_lose_nothing() {
    let read: Tree = same((0..30).fold(json!({}), |inner, at| match at % 3 {
        0 => json!({"left": {}, "right": inner}),
        _ => json!({"left": inner}),
    }));
    assert!(read.as_branch().is_some() && read.as_fork().is_none());
}

/// A codec may read more than it writes.
#[test]
fn a_member_that_keeps_the_json_type_is_taken() {
    assert_eq!(same::<Count>(json!(7)).as_number(), Some(&7));
    assert_eq!(same::<Count>(json!("7")).as_text(), Some(&7));
}

#[test]
fn numbers_and_values_that_are_not_known_are_kept() {
    assert_eq!(same::<Level>(json!(-2)), Level::High);
    assert_eq!(same::<Level>(json!(3)), Level::Unknown(3));
    assert_eq!((Level::from(1), Level::Low.to_string()), (Level::Low, "1".to_owned()));
    assert!(from_value::<Level>(json!("1")).is_err());
    assert_eq!(same::<Mixed>(json!("auto")), Mixed::Auto);
    assert_eq!(same::<Mixed>(json!(1)), Mixed::One);
    assert_eq!(same::<Mixed>(json!(true)), Mixed::Yes);
    assert_eq!(same::<Mixed>(json!("1")).to_string(), "1");
}
