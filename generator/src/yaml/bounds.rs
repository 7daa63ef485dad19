//! The bounds that a hostile text cannot pass. Real documents stay far below each.

/// The largest text that is read, in bytes (64 MiB). The largest public documents have half of it.
pub const MAX_SIZE: usize = 64 * 1024 * 1024;

/// How many sequences and mappings may lie in each other, aliases expanded. Later stages recurse
/// over the tree, and at this depth they stay far below the 2 MiB stack of a thread.
pub const MAX_DEPTH: usize = 128;

/// How many values a document may have, aliases expanded.
pub const MAX_NODES: usize = 4_000_000;

/// How many values all aliases of a document may copy in total.
pub const MAX_COPIED_NODES: usize = 500_000;

/// How many bytes of text all aliases of a document may copy in total (32 MiB).
pub const MAX_COPIED_TEXT: usize = 32 * 1024 * 1024;

/// How many characters of a YAML text the scanner may read before it tells what they are (1 Mi): a
/// single scalar, a comment, or a flow collection where a key could stand. JSON has no such bound.
pub const MAX_LOOKAHEAD: usize = 1024 * 1024;

/// How many keys that are written twice are listed.
pub const MAX_DUPLICATES: usize = 100;
