//! The scan for secrets of `support/scan.rs` finds those that are there.

use std::env;
use std::process::Command;

use http::{HeaderName, HeaderValue};
use oasmith_templates::runtime::RequestOptions;

use crate::setup::{builder, get};
use crate::support::{Fails as _, Reply, Server};

const LEAKING: &str = "OASMITH_TEST_LEAK";

/// Not a test by itself: does what a leaking client would do, where it is asked to.
#[tokio::test]
async fn leaks() {
    let Ok(how) = env::var(LEAKING) else { return };
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = builder(&server).anonymous().build().unwrap();
    let call = || {
        let header = HeaderValue::from_static("a-secret-of-the-caller");
        let header = RequestOptions::new().header(HeaderName::from_static("x-api-key"), header);
        get(&client).options(header).send()
    };
    let log = |text: &'static str| tokio::spawn(async move { tracing::trace!("{text}") });
    match how.as_str() {
        "nothing" => {
            log("nothing to hide").await.unwrap();
            call().await.unwrap();
        }
        "before" => {
            log("it is a-secret-of-the-caller").await.unwrap();
            call().await.unwrap();
        }
        "after" => {
            call().await.unwrap();
            log("it is a-secret-of-the-caller").await.unwrap();
        }
        "form" => log("authorization: Bearer t").await.unwrap(),
        "error" => {
            call().await.unwrap();
            let text = "refused a-secret-of-the-caller";
            Err::<(), _>(std::io::Error::other(text)).fails();
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_leak_ends_the_process() {
    for how in ["nothing", "before", "after", "form", "error"] {
        let mut child = Command::new(env::current_exe().unwrap());
        let child = child.args(["--exact", "scan::leaks"]).env(LEAKING, how).output().unwrap();
        let said = [child.stdout, child.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(child.status.success(), how == "nothing", "{how}: {said}");
        assert_eq!(said.contains("a leak: "), how != "nothing", "{how}: {said}");
    }
}
