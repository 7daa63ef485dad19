//! The runtime's sources as data, in the order of their paths.

/// A file of the runtime: its path below `src/` and its text.
pub type File = (&'static str, &'static str);

/// The files of `runtime`, which every generated crate takes as they stand.
pub const FILES: &[File] = &[
    ("runtime/any.rs", include_str!("runtime/any.rs")),
    ("runtime/auth.rs", include_str!("runtime/auth.rs")),
    ("runtime/auth/client_credentials.rs", include_str!("runtime/auth/client_credentials.rs")),
    ("runtime/auth/form.rs", include_str!("runtime/auth/form.rs")),
    ("runtime/auth/jwk.rs", include_str!("runtime/auth/jwk.rs")),
    ("runtime/auth/private_key_jwt.rs", include_str!("runtime/auth/private_key_jwt.rs")),
    ("runtime/auth/source.rs", include_str!("runtime/auth/source.rs")),
    ("runtime/auth/subject_token.rs", include_str!("runtime/auth/subject_token.rs")),
    ("runtime/auth/token.rs", include_str!("runtime/auth/token.rs")),
    ("runtime/auth/token_exchange.rs", include_str!("runtime/auth/token_exchange.rs")),
    ("runtime/builder.rs", include_str!("runtime/builder.rs")),
    ("runtime/client.rs", include_str!("runtime/client.rs")),
    ("runtime/codec.rs", include_str!("runtime/codec.rs")),
    ("runtime/codec/bytes.rs", include_str!("runtime/codec/bytes.rs")),
    ("runtime/codec/date_time.rs", include_str!("runtime/codec/date_time.rs")),
    ("runtime/codec/decimal.rs", include_str!("runtime/codec/decimal.rs")),
    ("runtime/codec/duration.rs", include_str!("runtime/codec/duration.rs")),
    ("runtime/enumeration.rs", include_str!("runtime/enumeration.rs")),
    ("runtime/error.rs", include_str!("runtime/error.rs")),
    ("runtime/error/api.rs", include_str!("runtime/error/api.rs")),
    ("runtime/error/auth.rs", include_str!("runtime/error/auth.rs")),
    ("runtime/error/build.rs", include_str!("runtime/error/build.rs")),
    ("runtime/error/decode.rs", include_str!("runtime/error/decode.rs")),
    ("runtime/error/headers.rs", include_str!("runtime/error/headers.rs")),
    ("runtime/error/place.rs", include_str!("runtime/error/place.rs")),
    ("runtime/error/text.rs", include_str!("runtime/error/text.rs")),
    ("runtime/error/transport.rs", include_str!("runtime/error/transport.rs")),
    ("runtime/exchange.rs", include_str!("runtime/exchange.rs")),
    ("runtime/macros.rs", include_str!("runtime/macros.rs")),
    ("runtime/mod.rs", include_str!("runtime/mod.rs")),
    ("runtime/modules.rs", include_str!("runtime/modules.rs")),
    ("runtime/object.rs", include_str!("runtime/object.rs")),
    ("runtime/object/read.rs", include_str!("runtime/object/read.rs")),
    ("runtime/object/write.rs", include_str!("runtime/object/write.rs")),
    ("runtime/parameter.rs", include_str!("runtime/parameter.rs")),
    ("runtime/path.rs", include_str!("runtime/path.rs")),
    ("runtime/request.rs", include_str!("runtime/request.rs")),
    ("runtime/response.rs", include_str!("runtime/response.rs")),
    ("runtime/send.rs", include_str!("runtime/send.rs")),
    ("runtime/server.rs", include_str!("runtime/server.rs")),
];

/// Modules for one API only, included where `generator.yaml` names them.
pub const MODULES: &[File] = &[("c1.rs", include_str!("c1.rs"))];

/// This crate's manifest, the one list of the runtime's dependencies and their versions.
pub const MANIFEST: &str = include_str!("../Cargo.toml");
