//! What an operation says of calls that are tried again.

use super::docs;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Location, Operation, Parameter, Presence, Type};

/// The number of characters of the keys that the runtime makes, which are UUIDs.
const KEY_LENGTH: usize = 36;

/// Whether a call may be repeated, where the document says so.
pub(super) fn idempotent(operation: &Operation, config: &Config) -> Option<bool> {
    text(operation, config)?.parse().ok()
}

/// The header of an idempotency key that the caller may leave out, if a UUID can be one.
pub(super) fn key(operation: &Operation) -> Option<&str> {
    let key = key_parameter(operation).filter(|key| key.presence == Presence::Optional)?;
    let limits = &key.docs.limits;
    let is_text = match &key.ty {
        Type::Text(format) => format.as_deref().is_none_or(|format| format == "uuid"),
        _ => false,
    };
    let fits = limits.length.least.is_none_or(|least| least <= KEY_LENGTH)
        && limits.length.most.is_none_or(|most| KEY_LENGTH <= most)
        && limits.pattern.is_none();
    (is_text && fits).then_some(&*key.name)
}

/// What the documentation of a method says.
pub(super) fn note(operation: &Operation) -> Option<String> {
    let key = docs::code(key(operation)?);
    Some(format!("A call without {key} sends a random one, so that it can be tried again."))
}

/// `Idempotency-Key`, also behind a prefix such as `X-`.
fn key_parameter(operation: &Operation) -> Option<&Parameter> {
    operation.parameters.iter().find(|one| {
        let name = one.name.to_ascii_lowercase();
        one.location == Location::Header
            && name
                .strip_suffix("idempotency-key")
                .is_some_and(|start| start.is_empty() || start.ends_with('-'))
    })
}

fn text<'a>(operation: &'a Operation, config: &Config) -> Option<&'a str> {
    operation.extensions.get(&config.idempotent.as_ref()?.value).map(String::as_str)
}

/// A value other than `true` and `false` is a mistake.
pub(super) fn check(operations: &[Operation], config: &Config, found: &mut Diagnostics) {
    let Some(key) = &config.idempotent else { return };
    for operation in operations {
        let text = text(operation, config);
        if text.is_some_and(|text| text.parse::<bool>().is_err()) {
            let message =
                format!("`{}` of this operation is neither `true` nor `false`", key.value);
            found.push(Diagnostic::error(Code::InvalidValue, operation.span, message));
        }
    }
}
