//! The README shows code that compiles.

#[expect(dead_code, reason = "it is there to be compiled")]
#[path = "readme_block.rs"]
mod block;

#[test]
fn the_call_in_the_readme_is_the_one_that_is_compiled() {
    let readme = include_str!("../../../README.md");
    let (_, code) = include_str!("readme_block.rs").split_once("\n\n").unwrap();
    let blocks: Vec<&str> = readme
        .split("```rust")
        .skip(1)
        .filter_map(|text| Some(text.split_once("```")?.0.split_once('\n')?.1))
        .collect();
    assert_eq!(blocks, [code]);
}
