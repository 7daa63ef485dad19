//! How long a page of models takes to be read and written, against serde's derive.
//!
//! The two forms take turns, and the shortest of many rounds counts: what else the machine does can
//! only add to a round.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops and speaks up")]

mod derived;
mod table;

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[path = "../../src/runtime"]
mod runtime {
    mod limits;
    mod macros;
    mod modules;

    pub(crate) use macros::*;
    pub(crate) use oasmith_templates::runtime::*;
}

const ROUNDS: u32 = 400;

fn main() {
    let text = page().to_string();
    assert_eq!(
        serde_json::to_value(read::<table::Page>(&text)).ok(),
        serde_json::to_value(read::<derived::Page>(&text)).ok(),
    );
    println!("one page: 100 objects, {} bytes", text.len());

    let [table, derived] =
        race(|| drop(read::<table::Page>(&text)), || drop(read::<derived::Page>(&text)));
    report("read text", table, derived);

    let value: Value = page();
    let [table, derived] = race(
        || drop(<table::Page as serde::Deserialize>::deserialize(&value)),
        || drop(<derived::Page as serde::Deserialize>::deserialize(&value)),
    );
    report("read a value", table, derived);

    let [table, derived] = race(
        || drop(serde_json::from_reader::<_, table::Page>(text.as_bytes())),
        || drop(serde_json::from_reader::<_, derived::Page>(text.as_bytes())),
    );
    report("read a reader", table, derived);

    let accounts = (0..500).map(account).collect::<Value>().to_string();
    assert_eq!(
        serde_json::to_value(read::<Vec<table::Account>>(&accounts)).ok(),
        serde_json::to_value(read::<Vec<derived::Account>>(&accounts)).ok(),
    );
    let [table, derived] = race(
        || drop(read::<Vec<table::Account>>(&accounts)),
        || drop(read::<Vec<derived::Account>>(&accounts)),
    );
    report("read required", table, derived);

    let (first, second) = (read::<table::Page>(&text), read::<derived::Page>(&text));
    let [table, derived] = race(|| drop(write(&first)), || drop(write(&second)));
    report("write text", table, derived);
}

fn report(what: &str, table: Duration, derived: Duration) {
    let ratio = table.as_secs_f64() / derived.as_secs_f64();
    println!("{what:<14} table {table:>9.1?}   derive {derived:>9.1?}   ratio {ratio:.3}");
}

/// The shortest round of each.
fn race(first: impl Fn(), second: impl Fn()) -> [Duration; 2] {
    let mut shortest = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        shortest = [shortest[0].min(time(&first)), shortest[1].min(time(&second))];
    }
    shortest
}

fn time(work: impl Fn()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(black_box(text)).expect("the page fits the models")
}

fn write(page: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(black_box(page)).expect("the page can be written")
}

/// A page as the API sends it: every field there, unset messages as null, and one field too many.
fn page() -> Value {
    let list: Vec<Value> = (0..100).map(entitlement).collect();
    json!({ "list": list, "nextPageToken": "eyJvZmZzZXQiOjEwMH0", "estimatedTotal": 12_345 })
}

fn entitlement(number: u32) -> Value {
    let id = |kind: u32| format!("2{number:03}{kind:02}TTwLhQmz7YBnKfSW5aEx");
    let prose = "Members of this group may read the repositories, open pull requests \"and\" approve them. ".repeat(20);
    json!({
        "alias": format!("github-reader-{number}"),
        "annotations": {"owner": "platform", "tier": "2"},
        "appId": id(1),
        "appResourceId": id(2),
        "appResourceTypeId": id(3),
        "certifyPolicyId": "",
        "complianceFrameworkValueIds": [id(4), id(5)],
        "createdAt": "2024-03-01T10:20:30.123456789Z",
        "defaultValuesApplied": false,
        "deletedAt": null,
        "deprovisionerPolicy": null,
        "description": prose,
        "displayName": format!("Reader of organisation {number}"),
        "durationGrant": "604800s",
        "durationUnset": null,
        "emergencyGrantEnabled": true,
        "emergencyGrantPolicyId": id(6),
        "externalId": format!("group:{number}:member"),
        "grantCount": (u64::from(number) * 9_007_199_254_740_993 % 1_000_000_007).to_string(),
        "grantPolicyId": id(7),
        "id": id(8),
        "isAutomationEnabled": false,
        "isManuallyManaged": number.is_multiple_of(2),
        "matchBatonId": "",
        "overrideAccessRequestsDefaults": false,
        "provisionerPolicy": {
            "connectorProvision": {"account": null, "defaultBehavior": true},
            "delegatedProvision": {"appId": id(9), "entitlementId": id(10), "implicit": false},
            "manualProvision": {"instructions": "Ask the team", "userIds": [id(11), id(12), id(13)]},
            "unconfiguredProvision": {},
        },
        "purpose": "PURPOSE_PERMISSION",
        "requestSchemaId": "",
        "revokePolicyId": id(14),
        "riskLevelValueId": id(15),
        "slug": "member",
        "sourceConnectorIds": {(id(16)): id(17)},
        "systemBuiltin": false,
        "updatedAt": "2025-01-02T03:04:05.000000001Z",
        "userEditedMask": null,
        "addedLater": {"a": [1, 2, 3]},
    })
}

/// An object in which nearly every member must be there.
fn account(number: u32) -> Value {
    let name = format!("person-{number}");
    json!({
        "createdAt": "2024-03-01T10:20:30Z",
        "displayName": name,
        "email": format!("{name}@example.com"),
        "grantCount": number.to_string(),
        "groups": ["readers", "writers"],
        "id": format!("2{number:03}TTwLhQmz7YBnKfSW5aEx"),
        "isActive": number.is_multiple_of(3),
        "managerId": null,
        "status": "STATUS_ENABLED",
        "timezone": "Europe/Berlin",
        "updatedAt": "2025-01-02T03:04:05.000000001Z",
        "userId": format!("2{number:03}XXwLhQmz7YBnKfSW5aEx"),
    })
}
