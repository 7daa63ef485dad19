// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Bodies of `multipart/form-data` (RFC 7578).

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body::{Frame, SizeHint};
use serde::Serialize;

use super::body::{Source, media_type_header};
use super::tree::{self, Tree};
use super::{Body, BoxError, Error, ParameterValue, Request, TransportBody};

/// A body of several parts, in the order in which they are added.
#[must_use = "give it to `multipart`"]
#[derive(Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
    failure: Option<Error>,
}

/// A part of a [`Multipart`]: a file or anything else that is bytes.
///
/// Everything that becomes a [`Body`] becomes a part as well.
#[must_use = "give it to `Multipart`"]
pub struct Part {
    body: Body,
    file_name: Option<String>,
    /// The documented media type.
    content_type: Option<&'static str>,
    headers: HeaderMap,
}

impl Part {
    /// A part of bytes, in memory or a stream.
    pub fn new(body: impl Into<Body>) -> Self {
        let (file_name, content_type) = (None, None);
        Self { body: body.into(), file_name, content_type, headers: HeaderMap::new() }
    }

    /// The name of the file that the bytes are from.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type of the bytes, instead of the documented one.
    pub fn content_type(mut self, media_type: impl AsRef<str>) -> Self {
        self.body = self.body.content_type(media_type);
        self
    }

    /// Adds a header to the part.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }
}

impl<T: Into<Body>> From<T> for Part {
    fn from(body: T) -> Self {
        Self::new(body)
    }
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part.
    pub fn part(mut self, name: impl Into<String>, part: impl Into<Part>) -> Self {
        self.parts.push((name.into(), part.into()));
        self
    }

    /// Adds a file, whose media type is this one unless the part has its own.
    pub fn file(
        self,
        name: impl Into<String>,
        file: impl Into<Part>,
        media_type: &'static str,
    ) -> Self {
        let part = file.into();
        self.part(name, Part { content_type: part.content_type.or(Some(media_type)), ..part })
    }

    /// Adds files, each as a part of this name.
    pub fn files(
        mut self,
        name: &str,
        files: impl IntoIterator<Item = impl Into<Part>>,
        media_type: &'static str,
    ) -> Self {
        for file in files {
            self = self.file(name, file, media_type);
        }
        self
    }

    /// Adds a text.
    pub fn text(self, name: impl Into<String>, value: impl ParameterValue) -> Self {
        self.part(name, value.to_string())
    }

    /// Adds a value: a text, a number and `bool` as text, an object as JSON, and each member of a
    /// list as a part of its own (OpenAPI 3.1, section 4.8.15.1.1). What is null is left out.
    pub fn value(self, name: &str, value: impl Serialize) -> Self {
        self.add(name, tree::of(&value), None)
    }

    /// As [`value`](Self::value), of a media type.
    pub fn value_as(self, name: &str, value: impl Serialize, media_type: &'static str) -> Self {
        self.add(name, tree::of(&value), Some(media_type))
    }

    fn add(
        mut self,
        name: &str,
        value: Result<Tree, serde_json::Error>,
        media_type: Option<&'static str>,
    ) -> Self {
        let written = match &value {
            Ok(Tree::Leaf(serde_json::Value::Null)) => return self,
            Ok(Tree::Leaf(leaf)) if media_type.is_none_or(|one| !one.contains("json")) => {
                Ok((tree::text(leaf), media_type))
            }
            Ok(Tree::List(members)) if media_type.is_none_or(|one| !one.contains("json")) => {
                for member in members {
                    self = self.add(name, Ok(member.clone()), media_type);
                }
                return self;
            }
            Ok(other) => {
                let media_type = media_type.unwrap_or("application/json");
                tree::json(other).map(|text| (text, Some(media_type)))
            }
            Err(_) => Ok(Default::default()),
        };
        match value.and(written) {
            Ok((text, content_type)) => self.part(name, Part { content_type, ..Part::new(text) }),
            Err(error) => {
                let message = format!("the part `{name}` cannot be written");
                self.failure.get_or_insert(Error::build_from(message, error));
                self
            }
        }
    }
}

impl<B, T> Request<B, T> {
    /// A body of several parts. It is sent once, as a stream is: see [`Body`].
    pub fn multipart(mut self, media_type: &'static str, body: impl Into<Multipart>) -> Self {
        match boundary().and_then(|boundary| Ok((write(body.into(), &boundary)?, boundary))) {
            Ok((body, boundary)) => {
                let content_type = format!("{media_type}; boundary={boundary}");
                self.bytes(media_type, Body::from(body).content_type(content_type))
            }
            Err(error) => {
                self.prepared.fail(error);
                self
            }
        }
    }
}

/// A boundary that no part can hold: 128 random bits.
fn boundary() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::build_from("the system has no random bytes", error))?;
    let mut boundary = String::with_capacity(32);
    for byte in bytes {
        // Writing to a `String` does not fail.
        let _ = write!(boundary, "{byte:02x}");
    }
    Ok(boundary)
}

fn write(multipart: Multipart, boundary: &str) -> Result<TransportBody, Error> {
    let Multipart { parts, failure } = multipart;
    if let Some(error) = failure {
        return Err(error);
    }
    let mut chain = Chain(VecDeque::with_capacity(2 * parts.len() + 1));
    let mut before = format!("--{boundary}\r\n").into_bytes();
    for (name, Part { body, file_name, content_type, mut headers }) in parts {
        let mut disposition = format!("form-data; name=\"{}\"", quoted(&name));
        if let Some(file_name) = file_name {
            let _ = write!(disposition, "; filename=\"{}\"", quoted(&file_name));
        }
        let disposition = HeaderValue::try_from(disposition).map_err(|_| {
            Error::build(format!("the part `{name}` has a name that a header cannot carry"))
        });
        headers.insert(CONTENT_DISPOSITION, disposition?);
        let (body, own) = into_parts(body);
        if let Some(value) = own {
            headers.insert(CONTENT_TYPE, value?);
        } else if let Some(text) = content_type {
            headers.insert(CONTENT_TYPE, media_type_header(text)?);
        }
        for (header, value) in &headers {
            before.extend_from_slice(header.as_str().as_bytes());
            before.extend_from_slice(b": ");
            before.extend_from_slice(value.as_bytes());
            before.extend_from_slice(b"\r\n");
        }
        before.extend_from_slice(b"\r\n");
        chain.0.extend([std::mem::take(&mut before).into(), body]);
        before = format!("\r\n--{boundary}\r\n").into_bytes();
    }
    before.truncate(before.len() - 2);
    before.extend_from_slice(b"--\r\n");
    chain.0.push_back(before.into());
    Ok(TransportBody::new(chain))
}

/// The text in quotes as browsers write it (WHATWG HTML, section 4.10.22.8).
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The bytes of a part, and its own media type.
fn into_parts(body: Body) -> (TransportBody, Option<Result<HeaderValue, Error>>) {
    let bytes = match body.source {
        Source::Memory(bytes) => bytes.into(),
        Source::Stream(body) => body,
    };
    (bytes, body.content_type)
}

/// Bodies one after the other.
struct Chain(VecDeque<TransportBody>);

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while let Some(body) = self.0.front_mut() {
            if let Some(frame) = ready!(Pin::new(body).poll_frame(context)) {
                return Poll::Ready(Some(frame));
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let lengths = self.0.iter().map(|body| body.size_hint().exact());
        lengths.sum::<Option<u64>>().map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// The parts are left out, because they may hold what must not be logged.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.parts.iter().map(|(name, _)| &**name).collect();
        f.debug_struct("Multipart").field("parts", &names).finish_non_exhaustive()
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("body", &self.body).finish_non_exhaustive()
    }
}
