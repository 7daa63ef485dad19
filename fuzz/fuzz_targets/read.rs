//! Any text: it is refused or becomes a model, without a panic and in bounded time and memory.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| oasmith_fuzz::read(text));
