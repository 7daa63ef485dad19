// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What is recorded, and its form as JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, TRANSFER_ENCODING,
};
use http::{HeaderMap, HeaderName, StatusCode, Uri, request};
use serde::de::Error as _;
use serde_json::{Error, Value, json};

use super::hiding::{self, HIDDEN, Hiding, Secrets};
use crate::runtime::{ApiKey, TransportErrorKind, TransportFailure};

/// What the client calls a request for a token.
pub(super) const TOKEN_REQUEST: &str = "token request";

/// The version of the form.
const VERSION: u64 = 1;

/// What stands for the token that a server gave, and for tokens that were not recorded.
pub(super) const TOKEN: &str =
    r#"{"access_token":"token-of-the-recording","token_type":"Bearer","expires_in":3600}"#;

/// What frames a message on its connection, which a recording has not.
const FRAMING: [HeaderName; 3] = [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING];

/// A request and what came of it.
#[derive(Clone)]
pub(super) struct Exchange {
    pub(super) operation: String,
    pub(super) method: String,
    pub(super) url: String,
    keys: &'static [ApiKey],
    headers: Headers,
    pub(super) request: Content,
    pub(super) outcome: Outcome,
}

pub(super) type Headers = Vec<(String, String)>;

#[derive(Clone)]
pub(super) enum Outcome {
    Answer(u16, Headers, Content),
    Failure { kind: TransportErrorKind, is_timeout: bool },
}

/// A body, or as much of it as there is.
#[derive(Clone, Default)]
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    /// Why the rest is not here.
    pub(super) cut: Option<String>,
}

impl Content {
    /// A body of which nothing came yet.
    pub(super) fn open() -> Self {
        let cut = Some("it was not read to its end when it was recorded".to_owned());
        Self { bytes: Vec::new(), cut }
    }

    /// Whether a body with these headers is kept.
    pub(super) fn keep(&mut self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map_or("", |value| value.to_str().unwrap_or("?"));
        let reason = if !matches!(text(CONTENT_ENCODING), "" | "identity") {
            "it is compressed, so that secrets in it could not be found"
        } else if text(CONTENT_TYPE).starts_with("multipart/") {
            "it has parts, so that secrets in it could not be found"
        } else {
            return true;
        };
        self.cut = Some(reason.to_owned());
        false
    }

    pub(super) fn add(&mut self, bytes: &[u8], limit: usize) {
        let room = limit.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        if bytes.len() > room {
            self.cut = Some(format!("it was longer than the {limit} bytes that were recorded"));
        }
    }

    /// The end of the body.
    pub(super) fn end(&mut self) {
        if self.cut == Self::open().cut {
            self.cut = None;
        }
    }

    /// The same without secrets.
    pub(super) fn without(
        self,
        hiding: &Hiding,
        secrets: &Secrets,
        media_type: Option<&str>,
    ) -> Self {
        let Self { bytes, cut } = self;
        let is_form = media_type.is_some_and(|one| one.starts_with("application/x-www-form"));
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = if is_form { hiding.pairs(&text, &[]) } else { hiding.json(&text) };
                Self { bytes: secrets.hide(&text).into_bytes(), cut }
            }
            Err(error) if secrets.are_in(error.as_bytes()) => {
                Self { bytes: Vec::new(), cut: Some("it holds a credential".to_owned()) }
            }
            Err(error) => Self { bytes: error.into_bytes(), cut },
        }
    }

    fn to_json(&self) -> Value {
        let mut value = match std::str::from_utf8(&self.bytes) {
            Ok(text) => json!({ "text": text }),
            Err(_) => json!({ "base64": STANDARD.encode(&self.bytes) }),
        };
        if let (Some(object), Some(cut)) = (value.as_object_mut(), &self.cut) {
            object.insert("cut".to_owned(), cut.as_str().into());
        }
        value
    }

    fn from_json(value: &Value) -> Result<Self, Error> {
        let cut = value.get("cut").map(|_| text(value, "cut").map(str::to_owned)).transpose()?;
        let bytes = match value.get("base64") {
            Some(_) => STANDARD.decode(text(value, "base64")?).map_err(Error::custom)?,
            None => text(value, "text")?.as_bytes().to_vec(),
        };
        Ok(Self { bytes, cut })
    }
}

impl Outcome {
    pub(super) fn failure(failure: &TransportFailure) -> Self {
        Self::Failure { kind: failure.kind().clone(), is_timeout: failure.is_timeout() }
    }
}

impl Exchange {
    /// A request that nothing came of yet.
    pub(super) fn new(operation: &str, head: &request::Parts, keys: &'static [ApiKey]) -> Self {
        Self {
            operation: operation.to_owned(),
            method: head.method.to_string(),
            url: head.uri.to_string(),
            keys,
            headers: headers(&head.headers),
            request: Content::open(),
            // Of a future that is dropped there is nothing else: it took too long.
            outcome: Outcome::Failure { kind: TransportErrorKind::Send, is_timeout: true },
        }
    }

    pub(super) fn is_token(&self) -> bool {
        self.operation == TOKEN_REQUEST
    }

    pub(super) fn answer(&mut self) -> Option<&mut Content> {
        match &mut self.outcome {
            Outcome::Answer(_, _, content) => Some(content),
            Outcome::Failure { .. } => None,
        }
    }

    /// The same without secrets: its request without its own, as one that is played has no others, and
    /// its answer without those of `all` requests.
    pub(super) fn without(mut self, hiding: &Hiding, own: &Secrets, all: &Secrets) -> Self {
        self.url = url(&self.url, hiding, self.keys);
        if self.is_token() {
            (self.headers, self.request) = (Headers::new(), Content::default());
            if let Outcome::Answer(status, headers, content) = &mut self.outcome {
                let kept = [CONTENT_TYPE.as_str(), RETRY_AFTER.as_str()];
                headers.retain(|(name, _)| kept.contains(&&**name));
                let text = match StatusCode::from_u16(*status) {
                    Ok(status) if status.is_success() => TOKEN.to_owned(),
                    _ => token_error(&content.bytes),
                };
                *content = Content { bytes: text.into_bytes(), cut: None };
            }
            return self;
        }
        let clean = |headers: &mut Headers, secrets: &Secrets| {
            for (name, value) in headers {
                *value = secrets.hide(value);
                hiding.header(name, value);
            }
        };
        clean(&mut self.headers, own);
        let media_type = header(&self.headers, &CONTENT_TYPE);
        self.request = self.request.without(hiding, own, media_type);
        if let Outcome::Answer(_, headers, content) = &mut self.outcome {
            clean(headers, all);
            let media_type = header(headers, &CONTENT_TYPE);
            *content = std::mem::take(content).without(hiding, all, media_type);
        }
        self
    }

    fn to_json(&self) -> Value {
        let outcome = match &self.outcome {
            Outcome::Answer(status, headers, body) => {
                json!({ "status": status, "headers": headers, "body": body.to_json() })
            }
            Outcome::Failure { kind, is_timeout } => {
                json!({ "failure": kind_name(kind), "timeout": is_timeout })
            }
        };
        json!({
            "operation": self.operation,
            "request": {
                "method": self.method,
                "url": self.url,
                "headers": self.headers,
                "body": self.request.to_json(),
            },
            "answer": outcome,
        })
    }

    fn from_json(value: &Value) -> Result<Self, Error> {
        let (request, answer) = (member(value, "request")?, member(value, "answer")?);
        let outcome = if answer.get("failure").is_some() {
            let is_timeout = answer.get("timeout").and_then(Value::as_bool).unwrap_or_default();
            Outcome::Failure { kind: kind(text(answer, "failure")?), is_timeout }
        } else {
            let status = member(answer, "status")?.as_u64().and_then(|one| u16::try_from(one).ok());
            let status = status.and_then(|status| StatusCode::from_u16(status).ok());
            let status = status.ok_or_else(|| Error::custom("`status` is none of HTTP"))?;
            let content = Content::from_json(member(answer, "body")?)?;
            Outcome::Answer(status.as_u16(), headers_of(answer)?, content)
        };
        let url = text(request, "url")?.to_owned();
        url.parse::<Uri>().map_err(Error::custom)?;
        Ok(Self {
            operation: text(value, "operation")?.to_owned(),
            method: text(request, "method")?.to_owned(),
            url,
            keys: &[],
            headers: headers_of(request)?,
            request: Content::from_json(member(request, "body")?)?,
            outcome,
        })
    }
}

/// The recording as JSON.
pub(super) fn write(hiding: &Hiding, exchanges: impl Iterator<Item = Exchange>) -> String {
    let exchanges: Vec<Value> = exchanges.map(|exchange| exchange.to_json()).collect();
    let value = json!({ "recording": VERSION, "hidden": hiding.0, "exchanges": exchanges });
    format!("{value:#}\n")
}

/// The recording from JSON.
pub(super) fn read(text: &str) -> Result<(Hiding, Vec<Exchange>), Error> {
    let value: Value = serde_json::from_str(text)?;
    if member(&value, "recording")?.as_u64() != Some(VERSION) {
        return Err(Error::custom(format!("`recording` is not {VERSION}")));
    }
    let hidden: Vec<String> = serde_json::from_value(member(&value, "hidden")?.clone())?;
    let exchanges = member(&value, "exchanges")?.as_array();
    let exchanges = exchanges.ok_or_else(|| Error::custom("`exchanges` is no list"))?;
    let exchanges = exchanges.iter().map(Exchange::from_json).collect::<Result<_, _>>()?;
    Ok((Hiding(hidden.into_iter().collect()), exchanges))
}

fn member<'a>(value: &'a Value, name: &str) -> Result<&'a Value, Error> {
    value.get(name).ok_or_else(|| Error::custom(format!("`{name}` is missing")))
}

fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str, Error> {
    let text = member(value, name)?.as_str();
    text.ok_or_else(|| Error::custom(format!("`{name}` is no text")))
}

fn headers_of(value: &Value) -> Result<Headers, Error> {
    serde_json::from_value(member(value, "headers")?.clone())
}

/// Headers without credentials and without what frames the message.
pub(super) fn headers(headers: &HeaderMap) -> Headers {
    let kept = headers.iter().filter(|(name, _)| !FRAMING.contains(name));
    let texts = kept.map(|(name, value)| {
        let text = if hiding::is_credential(name, value) {
            HIDDEN.to_owned()
        } else {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        (name.to_string(), text)
    });
    texts.collect()
}

fn header<'a>(headers: &'a Headers, name: &HeaderName) -> Option<&'a str> {
    headers.iter().find(|(known, _)| *known == name.as_str()).map(|(_, value)| &**value)
}

/// A URL without the secrets of its query.
pub(super) fn url(url: &str, hiding: &Hiding, keys: &[ApiKey]) -> String {
    match url.split_once('?') {
        Some((before, query)) => format!("{before}?{}", hiding.pairs(query, keys)),
        None => url.to_owned(),
    }
}

/// What a token endpoint says where it gives no token: its code alone (RFC 6749, section 5.2).
fn token_error(body: &[u8]) -> String {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = value.get("error").and_then(Value::as_str).unwrap_or_default();
    let is_code =
        code.len() < 40 && code.bytes().all(|one| one.is_ascii_lowercase() || one == b'_');
    json!({ "error": if is_code { code } else { HIDDEN } }).to_string()
}

fn kind_name(kind: &TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::Connect => "connect",
        TransportErrorKind::Send => "send",
        TransportErrorKind::Unprocessed => "unprocessed",
        TransportErrorKind::Body => "body",
        TransportErrorKind::Receive => "receive",
        _ => "other",
    }
}

fn kind(name: &str) -> TransportErrorKind {
    match name {
        "connect" => TransportErrorKind::Connect,
        "send" => TransportErrorKind::Send,
        "unprocessed" => TransportErrorKind::Unprocessed,
        "body" => TransportErrorKind::Body,
        "receive" => TransportErrorKind::Receive,
        _ => TransportErrorKind::Other,
    }
}
