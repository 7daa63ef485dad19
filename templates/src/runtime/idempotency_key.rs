// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Idempotency keys: what makes a server act once on a request that it gets twice.

use http::{HeaderName, HeaderValue};
use jiff::Timestamp;

use super::{Error, Request};

impl<B, T> Request<B, T> {
    /// The header that carries an idempotency key. Where the caller sets none, a random one is sent,
    /// the same with all attempts of the call.
    ///
    /// It is a UUID of version 7 (RFC 9562), as the IETF's draft on this header suggests a UUID.
    pub fn idempotency_key(mut self, header: &'static str) -> Self {
        match HeaderName::try_from(header) {
            Ok(name) => self.prepared.extras_mut().idempotency_key = Some((name, fresh)),
            Err(error) => {
                self.prepared.fail(Error::build_from("a header's name is not valid", error));
            }
        }
        self
    }
}

fn fresh() -> Result<HeaderValue, Error> {
    let failed = |_| Error::build("there are no random numbers for an idempotency key");
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(failed)?;
    let millis = u128::try_from(Timestamp::now().as_millisecond()).unwrap_or_default();
    let id = uuid(millis, u128::from_be_bytes(random));
    HeaderValue::from_str(&id).map_err(|_| Error::build("an idempotency key cannot be sent"))
}

/// The UUID of a time in milliseconds since 1970 and random bits (RFC 9562, section 5.7).
fn uuid(millis: u128, random: u128) -> String {
    const VERSION_AND_VARIANT: u128 = 0x7000_8000_0000_0000_0000;
    const RANDOM: u128 = 0x0fff_3fff_ffff_ffff_ffff;
    let bits = (millis << 80) | VERSION_AND_VARIANT | (random & RANDOM);
    let text = format!("{bits:032x}");
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}
