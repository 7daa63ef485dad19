//! The bodies of webhooks and callbacks.
#![expect(deprecated, reason = "one of the payloads is, and is read all the same")]

use crate::models::{Color, Kind};
use crate::support::Fails as _;
use crate::webhooks::{self, MovedPost, MovedPut, OwnReady, Painted};

#[test]
fn a_body_is_read() {
    let painted: Painted = webhooks::read(br#"{"R": 1}"#).unwrap();
    assert_eq!(painted, Color::default().with_r(1));
    let moved: MovedPost = webhooks::read(br#"{"to": "left"}"#).unwrap();
    assert_eq!(moved.to.unwrap().as_str(), "left");
    let moved: MovedPut = webhooks::read(br#"["very large"]"#).unwrap();
    assert_eq!(moved, [Kind::VeryLarge]);
    let ready: OwnReady = webhooks::read(br#"{"id": "5"}"#).unwrap();
    assert_eq!(ready.id, 5);
    webhooks::read::<OwnReady>(b"{}").fails();
}
