//! Makes a module for Node.js of what rustc compiled: `oasmith-wasm-bindgen <file.wasm> <folder>`.
//!
//! It is the library of the command `wasm-bindgen`, whose other half is a server for tests.

use std::env;
use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("it needs a file and a folder".into());
    };
    Bindgen::new().input_path(input).nodejs(true)?.generate(output)?;
    Ok(())
}
