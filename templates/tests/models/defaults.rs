//! `object!` with defaults: what a field is while nothing is said about it, and that it is written.

use serde::de::DeserializeOwned;
use serde_json::{from_str, json, to_string, to_value};

use std::collections::BTreeMap;
use std::fmt::Debug;

#[expect(unreachable_pub, reason = "setters are made for the public types of a crate")]
mod tables {
    use super::BTreeMap;

    #[derive(Clone, Debug, PartialEq)]
    pub struct Search {
        pub limit: i64,
        pub after: i64,
        pub order: String,
        pub fields: Vec<String>,
        pub note: Option<String>,
        pub hint: Option<String>,
    }

    crate::runtime::object!(Search {
        limit = "limit" or(20) => with_limit(i64),
        after = "after" or(-1) as Decimal => with_after(i64),
        order = "order" or("asc".into()) => with_order(String),
        fields = "fields" or(vec!["id".into()]),
        note = "note" => with_note(String),
        hint = "hint" nullable,
    });

    #[derive(Clone, Debug, PartialEq)]
    pub struct Order {
        pub id: String,
        pub open: bool,
        pub count: u64,
        pub note: Option<String>,
        pub rest: BTreeMap<String, i64>,
    }

    crate::runtime::object!(Order {
        id = "id" required,
        open = "open" or(true),
        count = "count" or(1) as Decimal,
        note = "note" => with_note(String),
        ..rest
    });

    #[derive(Clone, Debug, PartialEq)]
    pub struct Choice {
        pub first: Option<String>,
        pub second: Option<i64>,
        pub third: bool,
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
        third = "third" or(true),
    });
}

use tables::{Choice, Order, Search};

fn search() -> Search {
    Search {
        limit: 20,
        after: -1,
        order: "asc".into(),
        fields: vec!["id".into()],
        note: None,
        hint: None,
    }
}

#[track_caller]
fn failure<T: DeserializeOwned + Debug>(text: &str) -> String {
    from_str::<T>(text).unwrap_err().to_string()
}

#[test]
fn a_new_value_and_one_without_the_keys_are_the_defaults() {
    assert_eq!(Search::default(), search());
    assert_eq!(from_str::<Search>("{}").unwrap(), search());
    let nulls = r#"{"limit":null,"after":null,"order":null,"fields":null,"note":null}"#;
    assert_eq!(from_str::<Search>(nulls).unwrap(), search(), "null is absent, as everywhere");
    let order: Order = from_str(r#"{"id":"a","x":2}"#).unwrap();
    assert!(order.open && order.count == 1 && order.note.is_none());
    assert_eq!(order.rest, BTreeMap::from([("x".to_owned(), 2)]));
}

#[test]
fn defaults_are_written() {
    let text = r#"{"limit":20,"after":"-1","order":"asc","fields":["id"],"hint":null}"#;
    assert_eq!(to_string(&search()).unwrap(), text);
    assert_eq!(from_str::<Search>(text).unwrap(), search());
    let order: Order = from_str(r#"{"id":"a","x":2}"#).unwrap();
    assert_eq!(to_value(&order).unwrap(), json!({"id": "a", "open": true, "count": "1", "x": 2}));
}

#[test]
fn what_is_there_wins() {
    let text = r#"{"limit":0,"after":"7","order":"","fields":[],"note":"n","hint":"h"}"#;
    let value: Search = from_str(text).unwrap();
    assert_eq!(value.limit, 0);
    assert!(value.order.is_empty() && value.fields.is_empty());
    assert_eq!(to_string(&value).unwrap(), text);
}

#[test]
fn setters_set_both_kinds_of_fields() {
    let value = Search::default().with_limit(5_i32).with_after(9).with_order("desc").with_note("n");
    let text = r#"{"limit":5,"after":"9","order":"desc","fields":["id"],"note":"n","hint":null}"#;
    assert_eq!(to_string(&value).unwrap(), text);
    let choice = Choice::default().with_first("a").with_second(2);
    assert_eq!(to_string(&choice).unwrap(), r#"{"second":"2","third":true}"#);
    let order: Order = from_str(r#"{"id":"a"}"#).unwrap();
    assert_eq!(order.with_note("n").note.as_deref(), Some("n"));
}

#[test]
fn generated_types_have_the_defaults_of_the_document() {
    use crate::filled::{Grouped, Kept, Order, Results, Search, SearchUnit, Unfilled};

    let search = Search::default();
    assert_eq!(from_str::<Search>("{}").unwrap(), search);
    assert_eq!((search.offset, search.after, search.most), (-1, 9007, u64::MAX));
    assert_eq!((search.order.clone(), search.reversed.clone()), (Order::Asc, Order::Desc));
    assert_eq!(
        search.unit,
        SearchUnit::Unknown("ly".into()),
        "an open enum takes what it lists not"
    );
    assert_eq!(search.sizes, [1, 2]);
    let written = to_value(&search).unwrap();
    assert_eq!(
        written,
        json!({
            "exact": false, "limit": 20, "offset": -1, "after": "9007", "most": u64::MAX,
            "text": "a \"b\"\n", "order": "asc", "reversed": "desc", "level": 2, "ratio": "auto",
            "unit": "ly", "fields": ["id", "name"], "orders": ["asc"], "sizes": ["1", "2"],
            "tags": [], "labels": {}, "words": [], "extra": {}
        })
    );
    assert!(search.validate().is_ok());
    let error = search.with_limit(0).validate().unwrap_err();
    assert_eq!(error.path(), "limit");

    let results = Results::new("a");
    assert_eq!(from_str::<Results>(r#"{"id":"a"}"#).unwrap(), results);
    assert_eq!((results.float, results.whole), (0.1, 5.0));
    assert_eq!(to_value(&results).unwrap()["legacy"], "yes");
    for text in [to_string(&Kept::default()), to_string(&Unfilled::default())] {
        assert_eq!(text.unwrap(), "{}");
    }
    assert_eq!(to_string(&Grouped::default()).unwrap(), r#"{"third":"c"}"#);
}

#[test]
fn faults_are_seen_as_without_defaults() {
    assert!(failure::<Search>(r#"{"limit":1,"limit":20}"#).starts_with("duplicate field `limit`"));
    assert!(failure::<Search>(r#"{"limit":"x"}"#).contains("invalid type"));
    assert!(failure::<Order>(r#"{"open":true}"#).starts_with("missing field `id`"));
    assert!(failure::<Order>(r#"{"id":null}"#).starts_with("missing field `id`"));
    assert!(failure::<Search>("[]").contains("expected an object"));
}
