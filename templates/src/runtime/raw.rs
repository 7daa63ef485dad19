// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Bodies other than JSON, as a request keeps them.

use bytes::Bytes;

use super::exchange::Payload;
use super::request::static_media_type;
use super::send::Prepared;

impl Prepared {
    pub(super) fn raw_body(&mut self, media_type: &'static str, body: Bytes) {
        match static_media_type(media_type) {
            Ok(value) => self.extras_mut().content_type = Some(value),
            Err(error) => self.fail(error),
        }
        self.body = Payload::Repeatable(body);
    }
}
