//! The servers of all documents on one port: `/old/<family>/<case>` is where the server of a family's
//! old document listens to a case, and `/new/…` that of the new one.
//!
//! A server does what its document says and knows nothing else: it refuses what does not fit, and
//! otherwise sends the answer of the case, which must itself fit the document.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::checks::{self, Document};
use crate::crates::side_of;
use crate::fixture::{Answer, Family};
use crate::http::{self, Reply, Request};

/// What a client has to show as a key, a token or a password.
const CREDENTIAL: &str = "good";

/// All servers.
pub(crate) struct Server {
    url: String,
    shared: Arc<Shared>,
}

struct Shared {
    /// By side and family.
    documents: BTreeMap<(String, String), Document>,
    families: Vec<Family>,
    /// How many requests each case has made of each side.
    counts: Mutex<BTreeMap<(String, String, usize), usize>>,
    faults: Mutex<Vec<String>>,
}

impl Server {
    /// Starts the servers; their threads end with the test.
    pub(crate) fn start(families: &[Family]) -> Self {
        let mut documents = BTreeMap::new();
        for family in families {
            for side in crate::callers::SIDES {
                let text = &side_of(family, side).document;
                let tree: Value = serde_yaml::from_str(text).unwrap();
                documents.insert((side.to_owned(), family.name.clone()), Document::new(tree));
            }
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (counts, faults) = (Mutex::default(), Mutex::default());
        let families = families.to_vec();
        let shared = Arc::new(Shared { documents, families, counts, faults });
        let state = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&state);
                std::thread::spawn(move || http::serve(&stream, &|request| state.answer(request)));
            }
        });
        Self { url, shared }
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// What is wrong with the fixtures themselves.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.shared.faults.lock().unwrap().clone()
    }
}

impl Shared {
    fn answer(&self, request: &Request) -> Reply {
        let mut steps = request.path.splitn(5, '/').skip(1);
        let (side, family) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
        let number = steps.next().and_then(|text| text.parse::<usize>().ok());
        let path = format!("/{}", steps.next().unwrap_or_default());
        let key = (side.to_owned(), family.to_owned());
        let (Some(document), Some(number)) = (self.documents.get(&key), number) else {
            return Reply::refusal(404, "no such server");
        };
        if document.token_paths().any(|known| known == path) && request.method == "post" {
            let token =
                json!({"access_token": CREDENTIAL, "token_type": "Bearer", "expires_in": 600});
            return json_reply(200, &token);
        }
        let Some((operation, variables)) = document.find(&request.method, &path) else {
            return Reply::refusal(404, "no such operation");
        };
        if let Err((status, reason)) =
            checks::request(document, operation, &variables, request, CREDENTIAL)
        {
            return Reply::refusal(status, &reason);
        }
        let count = {
            let mut counts = self.counts.lock().unwrap();
            let count = counts.entry((key.0.clone(), key.1.clone(), number)).or_default();
            *count += 1;
            *count
        };
        let family = self.families.iter().find(|one| one.name == family).unwrap();
        let case = &family.cases[number];
        let mut answer = match (&case.old_answer, side) {
            (Some(old), "old") => old,
            _ => &case.answer,
        };
        if let (true, Some(then)) = (count > 1, &answer.then) {
            answer = then;
        }
        match self::answer(document, operation, answer) {
            Ok(reply) => reply,
            Err(fault) => {
                let fault = format!("{} {number}: {side} answer: {fault}", family.name);
                self.faults.lock().unwrap().push(fault.clone());
                Reply::refusal(400, &fault)
            }
        }
    }
}

fn json_reply(status: u16, body: &Value) -> Reply {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Reply { status, headers, body: body.to_string().into_bytes() }
}

/// The answer of a case, if it is one that the document describes.
fn answer(document: &Document, operation: &Value, answer: &Answer) -> Result<Reply, String> {
    let responses = operation["responses"].as_object().ok_or("no responses")?;
    let first = responses.keys().find(|key| key.starts_with('2'));
    let first = first.and_then(|key| key.replace("XX", "00").parse().ok());
    let status = answer.status.or(first).unwrap_or(200);
    let range = format!("{}XX", status / 100);
    let described = [status.to_string(), range, "default".to_owned()];
    let Some(response) = described.iter().find_map(|key| responses.get(key)) else {
        // Statuses of errors may come without a word.
        return if status >= 400 {
            Ok(json_reply(status, &json!({})))
        } else {
            Err(format!("{status} is not described"))
        };
    };
    let response = document.resolve(response);
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .collect();
    for (name, header) in response["headers"].as_object().into_iter().flatten() {
        let sent = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        match sent {
            None if header["required"] == true => return Err(format!("no header {name}")),
            None => {}
            Some((_, value)) => {
                document
                    .check_text(&document.resolve(header)["schema"], value)
                    .map_err(|fault| format!("{name}: {fault}"))?;
            }
        }
    }
    let content = response["content"].as_object();
    let media = headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| value);
    let media = media.or_else(|| content?.keys().next()).cloned();
    let Some(media) = media else {
        return Ok(Reply { status, headers, body: Vec::new() });
    };
    let described = content.and_then(|content| content.get(&media));
    let described = described.ok_or_else(|| format!("{media} is not described"))?;
    let body: Value = match &answer.body {
        Some(body) => serde_json::to_value(body).map_err(|error| error.to_string())?,
        None => return Err("the document describes a body, and there is none".to_owned()),
    };
    let is_json = media.contains("json");
    if is_json {
        document.check(&described["schema"], &body)?;
    }
    headers.retain(|(name, _)| name != "content-type");
    headers.push(("content-type".to_owned(), media));
    let text = match body {
        Value::String(text) if !is_json => text,
        body => body.to_string(),
    };
    Ok(Reply { status, headers, body: text.into_bytes() })
}
