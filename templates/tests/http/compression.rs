//! Answers that are compressed: what they expand to is what the bounds count, and a cut is an error.

use std::io::Write as _;

use oasmith_templates::runtime::{Client, DecodeErrorKind, Error};
use tokio::runtime::Builder;

use crate::setup::{builder, client, get, shown};
use crate::streams::{download, is_cut};
use crate::support::{Fails as _, Reply, Server};

/// What a bomb expands to.
const EXPANDED: usize = 64 * 1024 * 1024;

const CODINGS: [&str; 3] = ["gzip", "br", "zstd"];

fn compress(coding: &str, bytes: &[u8]) -> Vec<u8> {
    match coding {
        "gzip" => {
            let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap()
        }
        "br" => {
            let mut compressed = Vec::new();
            {
                let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 5, 22);
                writer.write_all(bytes).unwrap();
            }
            compressed
        }
        _ => zstd::encode_all(bytes, 3).unwrap(),
    }
}

fn answer(coding: &str, body: &[u8]) -> Reply {
    let headers = ["content-type: application/json", &format!("content-encoding: {coding}")];
    Reply::new(200, &headers, body)
}

#[tokio::test]
async fn an_answer_is_expanded() {
    for coding in CODINGS {
        let body = compress(coding, br#"{"a":[1,2,3]}"#);
        let server = Server::always(answer(coding, &body)).await;
        let value = get(&client(&server)).send().await.unwrap();
        assert_eq!(*value, serde_json::json!({"a": [1, 2, 3]}), "{coding}");
        let request = server.only_request();
        let accepted = request.header("accept-encoding").unwrap();
        assert!(accepted.contains(coding), "{coding} in {accepted}");
    }
}

/// The error of an answer that is too large, and the most memory that it took at once.
fn memory(reply: Reply, build: impl FnOnce(&Server) -> Client) -> (Error, u64) {
    let runtime = Builder::new_multi_thread().enable_all().worker_threads(1).build().unwrap();
    // The server has a thread of its own, and the client this one.
    let server = runtime.block_on(async { Server::always(reply).await });
    let client = build(&server);
    let own = Builder::new_current_thread().enable_all().build().unwrap();
    let mut error = None;
    let used = allocation_counter::measure(|| {
        error = Some(own.block_on(async { get(&client).send().await.fails() }));
    });
    (error.unwrap(), used.bytes_max)
}

#[test]
fn a_small_answer_that_expands_to_a_large_one_is_refused_early() {
    for coding in CODINGS {
        let body = compress(coding, &vec![b' '; EXPANDED]);
        assert!(body.len() < EXPANDED / 500, "{coding}: {}", body.len());
        let (error, used) = memory(answer(coding, &body), |server| {
            builder(server).anonymous().response_limit(1024 * 1024).build().unwrap()
        });
        let Error::Decode(refused) = &error else { panic!("{}", shown(&error)) };
        let limit = matches!(refused.kind(), DecodeErrorKind::TooLarge { limit: 1_048_576 });
        assert!(limit, "{coding}: {error}");
        // Brotli's window and zstd's are 4 and 8 MiB large.
        assert!((1..16 * 1024 * 1024).contains(&used), "{coding}: {used}");
    }
}

#[tokio::test]
async fn a_cut_of_what_is_compressed_is_an_error() {
    let numbers: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
    let text = numbers.join(",");
    for coding in CODINGS {
        let whole = compress(coding, text.as_bytes());
        let cut = &whole[..whole.len() / 2];
        // The connection holds what it announced: only the coding can tell.
        let server = Server::always(answer(coding, cut)).await;
        let error = get(&client(&server)).send().await.fails();
        assert!(is_cut(&error), "{coding}: {}", shown(&error));
        let mut file = download(&client(&server)).send().await.unwrap().into_inner();
        let mut read = 0;
        let error = loop {
            match file.chunk().await.seen() {
                Ok(Some(bytes)) => read += bytes.len(),
                Ok(None) => panic!("{coding}: a short success"),
                Err(error) => break error,
            }
        };
        assert!(read < text.len() && is_cut(&error), "{coding}: {}", shown(&error));
    }
}

#[tokio::test]
async fn a_download_expands_as_it_comes_and_counts_what_it_gives() {
    for coding in CODINGS {
        let body = compress(coding, &vec![7; 3 * 1024 * 1024]);
        let server = Server::always(answer(coding, &body)).await;
        let file = download(&client(&server)).send().await.unwrap().into_inner();
        assert_eq!(file.bytes(4 * 1024 * 1024).await.unwrap().len(), 3 * 1024 * 1024, "{coding}");
        let file = download(&client(&server)).send().await.unwrap().into_inner();
        file.bytes(1024 * 1024).await.fails();
    }
}
