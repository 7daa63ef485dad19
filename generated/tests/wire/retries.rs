//! Retries of the five operations: what reads is tried again, what creates only where it did not
//! happen.

use std::time::Duration;

use conductorone::{Credentials, RetryPolicy};

use crate::operations::Operation;
use crate::setup::{BEARER, builder};
use crate::support::{Reply, Server};

#[tokio::test]
async fn what_creates_is_not_done_twice() {
    let table = [
        (Reply::json(429, "{}"), 2, 2),
        (Reply::json(500, "{}"), 2, 1),
        (Reply::raw("").then_reset(), 2, 1),
        (Reply::json(400, "{}"), 1, 1),
    ];
    for (fault, reads, writes) in table {
        for operation in Operation::ALL {
            let server = Server::sequence([fault.clone(), Reply::json(200, "{}")]).await;
            let brief = Duration::from_millis(1);
            let builder = builder(&server).retry(RetryPolicy::new().with_backoff(brief, brief));
            let client = builder.auth(Credentials::bearer(BEARER)).build().unwrap();
            let result = operation.call(&client, str::to_owned).await;
            let count = if operation.method() == "GET" { reads } else { writes };
            assert_eq!(server.requests().len(), count, "{operation:?}, {fault:?}");
            assert_eq!(result.is_ok(), count == 2, "{operation:?}, {fault:?}");
        }
    }
}
