//! The runtime's sources as data, in the order of their paths.

/// A file of the runtime: its path below `src/` and its text.
pub type File = (&'static str, &'static str);

/// The files of `runtime`, which every generated crate takes as they stand.
pub const FILES: &[File] = &[
    ("runtime/any.rs", include_str!("runtime/any.rs")),
    ("runtime/auth.rs", include_str!("runtime/auth.rs")),
    ("runtime/auth/access_token.rs", include_str!("runtime/auth/access_token.rs")),
    ("runtime/auth/cache.rs", include_str!("runtime/auth/cache.rs")),
    ("runtime/auth/client_credentials.rs", include_str!("runtime/auth/client_credentials.rs")),
    ("runtime/auth/clock.rs", include_str!("runtime/auth/clock.rs")),
    ("runtime/auth/form.rs", include_str!("runtime/auth/form.rs")),
    ("runtime/auth/jwk.rs", include_str!("runtime/auth/jwk.rs")),
    ("runtime/auth/keys.rs", include_str!("runtime/auth/keys.rs")),
    ("runtime/auth/private_key_jwt.rs", include_str!("runtime/auth/private_key_jwt.rs")),
    ("runtime/auth/source.rs", include_str!("runtime/auth/source.rs")),
    ("runtime/auth/subject_token.rs", include_str!("runtime/auth/subject_token.rs")),
    ("runtime/auth/subject_token/file.rs", include_str!("runtime/auth/subject_token/file.rs")),
    ("runtime/auth/token.rs", include_str!("runtime/auth/token.rs")),
    ("runtime/auth/token_exchange.rs", include_str!("runtime/auth/token_exchange.rs")),
    ("runtime/blocking.rs", include_str!("runtime/blocking.rs")),
    ("runtime/body.rs", include_str!("runtime/body.rs")),
    ("runtime/builder.rs", include_str!("runtime/builder.rs")),
    ("runtime/call.rs", include_str!("runtime/call.rs")),
    ("runtime/choice.rs", include_str!("runtime/choice.rs")),
    ("runtime/client.rs", include_str!("runtime/client.rs")),
    ("runtime/codec.rs", include_str!("runtime/codec.rs")),
    ("runtime/codec/base64_url.rs", include_str!("runtime/codec/base64_url.rs")),
    ("runtime/codec/bytes.rs", include_str!("runtime/codec/bytes.rs")),
    ("runtime/codec/date_time.rs", include_str!("runtime/codec/date_time.rs")),
    ("runtime/codec/decimal.rs", include_str!("runtime/codec/decimal.rs")),
    ("runtime/codec/duration.rs", include_str!("runtime/codec/duration.rs")),
    ("runtime/codec/full_date.rs", include_str!("runtime/codec/full_date.rs")),
    ("runtime/codec/local.rs", include_str!("runtime/codec/local.rs")),
    ("runtime/codec/tuple.rs", include_str!("runtime/codec/tuple.rs")),
    ("runtime/codec/url_text.rs", include_str!("runtime/codec/url_text.rs")),
    ("runtime/download.rs", include_str!("runtime/download.rs")),
    ("runtime/enumeration.rs", include_str!("runtime/enumeration.rs")),
    ("runtime/error.rs", include_str!("runtime/error.rs")),
    ("runtime/error/api.rs", include_str!("runtime/error/api.rs")),
    ("runtime/error/auth.rs", include_str!("runtime/error/auth.rs")),
    ("runtime/error/build.rs", include_str!("runtime/error/build.rs")),
    ("runtime/error/decode.rs", include_str!("runtime/error/decode.rs")),
    ("runtime/error/failure.rs", include_str!("runtime/error/failure.rs")),
    ("runtime/error/headers.rs", include_str!("runtime/error/headers.rs")),
    ("runtime/error/place.rs", include_str!("runtime/error/place.rs")),
    ("runtime/error/text.rs", include_str!("runtime/error/text.rs")),
    ("runtime/error/transport.rs", include_str!("runtime/error/transport.rs")),
    ("runtime/events.rs", include_str!("runtime/events.rs")),
    ("runtime/exchange.rs", include_str!("runtime/exchange.rs")),
    ("runtime/form.rs", include_str!("runtime/form.rs")),
    ("runtime/header_lines.rs", include_str!("runtime/header_lines.rs")),
    ("runtime/headers.rs", include_str!("runtime/headers.rs")),
    ("runtime/hooks.rs", include_str!("runtime/hooks.rs")),
    ("runtime/idempotency_key.rs", include_str!("runtime/idempotency_key.rs")),
    ("runtime/limits.rs", include_str!("runtime/limits.rs")),
    ("runtime/lines.rs", include_str!("runtime/lines.rs")),
    ("runtime/link.rs", include_str!("runtime/link.rs")),
    ("runtime/macros.rs", include_str!("runtime/macros.rs")),
    ("runtime/macros/choices.rs", include_str!("runtime/macros/choices.rs")),
    ("runtime/macros/defaults.rs", include_str!("runtime/macros/defaults.rs")),
    ("runtime/macros/pages.rs", include_str!("runtime/macros/pages.rs")),
    ("runtime/mod.rs", include_str!("runtime/mod.rs")),
    ("runtime/modules.rs", include_str!("runtime/modules.rs")),
    ("runtime/multipart.rs", include_str!("runtime/multipart.rs")),
    ("runtime/object.rs", include_str!("runtime/object.rs")),
    ("runtime/object/read.rs", include_str!("runtime/object/read.rs")),
    ("runtime/object/write.rs", include_str!("runtime/object/write.rs")),
    ("runtime/optional.rs", include_str!("runtime/optional.rs")),
    ("runtime/own_server.rs", include_str!("runtime/own_server.rs")),
    ("runtime/pages.rs", include_str!("runtime/pages.rs")),
    ("runtime/parameter.rs", include_str!("runtime/parameter.rs")),
    ("runtime/path.rs", include_str!("runtime/path.rs")),
    ("runtime/raw.rs", include_str!("runtime/raw.rs")),
    ("runtime/request.rs", include_str!("runtime/request.rs")),
    ("runtime/response.rs", include_str!("runtime/response.rs")),
    ("runtime/retry.rs", include_str!("runtime/retry.rs")),
    ("runtime/retry/attempts.rs", include_str!("runtime/retry/attempts.rs")),
    ("runtime/secret.rs", include_str!("runtime/secret.rs")),
    ("runtime/send.rs", include_str!("runtime/send.rs")),
    ("runtime/server.rs", include_str!("runtime/server.rs")),
    ("runtime/style.rs", include_str!("runtime/style.rs")),
    ("runtime/text.rs", include_str!("runtime/text.rs")),
    ("runtime/time.rs", include_str!("runtime/time.rs")),
    ("runtime/time/script.rs", include_str!("runtime/time/script.rs")),
    ("runtime/trace.rs", include_str!("runtime/trace.rs")),
    ("runtime/trace/silence.rs", include_str!("runtime/trace/silence.rs")),
    ("runtime/trace/spans.rs", include_str!("runtime/trace/spans.rs")),
    ("runtime/transport.rs", include_str!("runtime/transport.rs")),
    ("runtime/transport/body.rs", include_str!("runtime/transport/body.rs")),
    ("runtime/transport/over_fetch.rs", include_str!("runtime/transport/over_fetch.rs")),
    ("runtime/transport/over_reqwest.rs", include_str!("runtime/transport/over_reqwest.rs")),
    ("runtime/transport/over_tower.rs", include_str!("runtime/transport/over_tower.rs")),
    ("runtime/tree.rs", include_str!("runtime/tree.rs")),
    ("runtime/union.rs", include_str!("runtime/union.rs")),
    ("runtime/validate.rs", include_str!("runtime/validate.rs")),
    ("runtime/validate/checker.rs", include_str!("runtime/validate/checker.rs")),
    ("runtime/validate/number.rs", include_str!("runtime/validate/number.rs")),
    ("runtime/validate/pattern.rs", include_str!("runtime/validate/pattern.rs")),
];

/// The pages of `guide`, which are documentation alone. Every generated crate takes them with the name
/// of its library in place of [`LIBRARY`], so that their code is compiled as it is read.
pub const GUIDE: &[File] = &[
    ("guide/calls.rs", include_str!("guide/calls.rs")),
    ("guide/errors.rs", include_str!("guide/errors.rs")),
    ("guide/hooks.rs", include_str!("guide/hooks.rs")),
    ("guide/mod.rs", include_str!("guide/mod.rs")),
    ("guide/pages.rs", include_str!("guide/pages.rs")),
    ("guide/retries.rs", include_str!("guide/retries.rs")),
    ("guide/sign_in.rs", include_str!("guide/sign_in.rs")),
    ("guide/streams.rs", include_str!("guide/streams.rs")),
    ("guide/testing.rs", include_str!("guide/testing.rs")),
    ("guide/tracing.rs", include_str!("guide/tracing.rs")),
    ("guide/uploads.rs", include_str!("guide/uploads.rs")),
    ("guide/waiting.rs", include_str!("guide/waiting.rs")),
];

/// What stands for the name of the library in [`GUIDE`].
pub const LIBRARY: &str = "client_crate";

/// A part of the runtime that a crate has only where its document has a use for it.
///
/// Its lines in other files of the runtime and in [`MANIFEST`] end in a comment, `part: ` and its name; a
/// crate without the part does not have them, and a crate with it has them without the comment.
#[derive(Debug)]
pub struct Part {
    /// What the comment calls it.
    pub name: &'static str,
    /// Its files, by their paths in [`FILES`] and [`GUIDE`].
    pub files: &'static [&'static str],
    /// The parts that it calls.
    pub needs: &'static [&'static str],
}

/// The parts that not every crate has. What a part needs stands after it.
pub const PARTS: &[Part] = &[
    part("multipart", &["runtime/multipart.rs"], &["body", "tree"]),
    part("events", &["runtime/events.rs"], &["lines"]),
    part("lines", &["runtime/lines.rs"], &["download"]),
    part("download", &["guide/streams.rs", "runtime/download.rs"], &["choice", "futures"]),
    part("choice", &["runtime/choice.rs"], &["text"]),
    part("text", &["runtime/text.rs"], &[]),
    part("idempotency_key", &["runtime/idempotency_key.rs"], &[]),
    part("headers", &["runtime/headers.rs"], &[]),
    part("optional", &["runtime/optional.rs"], &[]),
    part(
        "pages",
        &["guide/pages.rs", "runtime/link.rs", "runtime/macros/pages.rs", "runtime/pages.rs"],
        &["futures"],
    ),
    part("own_server", &["runtime/own_server.rs"], &[]),
    part("body", &["guide/uploads.rs", "runtime/body.rs"], &["raw", "futures"]),
    part("form", &["runtime/form.rs"], &["raw", "style"]),
    part("style", &["runtime/style.rs"], &["tree"]),
    part("raw", &["runtime/raw.rs"], &[]),
    part("tree", &["runtime/tree.rs"], &[]),
    part("futures", &[], &[]),
    part("base64url", &["runtime/codec/base64_url.rs"], &[]),
    part("date", &["runtime/codec/full_date.rs"], &[]),
    part("decimal", &[], &[]),
    part("defaults", &["runtime/macros/defaults.rs"], &[]),
    part("ip", &[], &[]),
    part("local", &["runtime/codec/local.rs"], &[]),
    part("secret", &["runtime/secret.rs"], &[]),
    part("tuple", &["runtime/codec/tuple.rs"], &[]),
    part("url", &["runtime/codec/url_text.rs"], &[]),
    part("uuid", &[], &[]),
    part(
        "assertion",
        &["runtime/auth/clock.rs", "runtime/auth/jwk.rs", "runtime/auth/private_key_jwt.rs"],
        &[],
    ),
    part("mock", &[], &[]),
    part("wait", &["guide/waiting.rs"], &[]),
    part("pattern", &["runtime/validate/pattern.rs"], &["validate"]),
    part(
        "validate",
        &[
            "runtime/limits.rs",
            "runtime/validate.rs",
            "runtime/validate/checker.rs",
            "runtime/validate/number.rs",
        ],
        &[],
    ),
];

const fn part(
    name: &'static str,
    files: &'static [&'static str],
    needs: &'static [&'static str],
) -> Part {
    Part { name, files, needs }
}

/// Modules beside the runtime, included where `generator.yaml` names them: those for one API only,
/// the transports for tests, and waits. Files of a module stand in its folder.
pub const MODULES: &[File] = &[
    ("c1.rs", include_str!("c1.rs")),
    ("mock.rs", include_str!("mock.rs")),
    ("recorder.rs", include_str!("recorder.rs")),
    ("recorder/cassette.rs", include_str!("recorder/cassette.rs")),
    ("recorder/hiding.rs", include_str!("recorder/hiding.rs")),
    ("recorder/player.rs", include_str!("recorder/player.rs")),
    ("wait.rs", include_str!("wait.rs")),
];

/// Modules with the part of the runtime that they call, or that tells of them.
pub const MODULE_PARTS: &[(&str, &str)] =
    &[("c1", "assertion"), ("mock", "mock"), ("wait", "wait")];

/// Modules that bring credentials which know their server, with the expression for a first call.
pub const MODULE_CREDENTIALS: &[(&str, &str)] = &[("c1", "Credentials::from_env()?")];

/// This crate's manifest, the one list of the runtime's dependencies and their versions.
pub const MANIFEST: &str = include_str!("../Cargo.toml");
