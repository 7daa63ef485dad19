//! The corpus as a user runs it, on small documents of its own; nothing is compiled.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const GOOD: &str = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {/a: {get: {responses: {}}}}\n\
    components: {schemas: {A: {type: object, properties: {a: {}}}}}\n";
const BAD: &str = "openapi: 3.1.0\ninfo: {version: '1'}\npaths: {}\n";

/// A folder of documents, empty at first.
struct Corpus(PathBuf);

impl Corpus {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("documents/deep")).unwrap();
        Self(folder)
    }

    fn with(self, path: &str, text: &str) -> Self {
        fs::write(self.0.join("documents").join(path), text).unwrap();
        self
    }

    fn run(&self, flags: &[&str]) -> Output {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        xtask.arg("corpus").arg(self.0.join("documents")).arg("--out").arg(self.0.join("out"));
        xtask.arg("--no-check").args(flags).output().unwrap()
    }

    /// The rows as JSON, and the exit status.
    fn rows(&self, flags: &[&str]) -> (Vec<Value>, i32) {
        let output = self.run(&[&["--message-format", "json"], flags].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        let rows = text.lines().map(|line| serde_json::from_str(line).unwrap());
        (rows.collect(), output.status.code().unwrap())
    }
}

#[test]
fn an_index_says_what_is_expected() {
    let index = "kind\texpect\tpath\nreal\tgenerate\tgood.yaml\npeer\treject\tbad.yaml\n\
        peer\tgenerate\tbad.yaml\npeer\treject\tgood.yaml\npeer\tany\tdeep/none.yaml\n";
    let corpus = Corpus::new("indexed").with("index.tsv", index);
    let corpus = corpus.with("good.yaml", GOOD).with("bad.yaml", BAD);
    let (rows, status) = corpus.rows(&[]);
    let told: Vec<_> = rows.iter().map(|row| (&row["verdict"], row["fault"].is_null())).collect();
    let verdicts = ["generated", "refused", "refused", "generated", "trouble"].map(Value::from);
    let expected: Vec<_> = verdicts.iter().zip([true, true, false, false, false]).collect();
    assert_eq!((told, status), (expected, 1));

    let made = &rows[0]["made"];
    assert_eq!(
        (&made["operations"], &made["schemas"], &made["untyped"]),
        (&1.into(), &1.into(), &1.into())
    );
    let error = &rows[1]["errors"][0];
    assert_eq!((&error["code"], &error["line"]), (&"missing-field".into(), &2.into()));

    let (rows, status) = corpus.rows(&["--only", "go*", "--only", "x"]);
    assert_eq!((rows.len(), status), (2, 1));
    let table = String::from_utf8(corpus.run(&["--every", "4"]).stdout).unwrap();
    assert!(table.contains("2 documents: 1 operations, 1 schemas, "), "{table}");
    assert!(table.contains("not as expected:\n  deep/none.yaml: trouble: "), "{table}");
}

#[test]
fn without_an_index_a_crate_is_expected_of_each_document() {
    let corpus = Corpus::new("plain").with("good.yaml", GOOD).with("deep/same.yaml", GOOD);
    let corpus = corpus.with("other.yaml", "a: b\n").with("notes.txt", GOOD);
    let corpus = corpus.with("deep/old.json", "{\"a\": 1, \"swagger\": \"2.0\"}");
    let (rows, status) = corpus.rows(&["--only", "*.yaml"]);
    let paths: Vec<_> = rows.iter().map(|row| row["path"].as_str().unwrap()).collect();
    assert_eq!((paths, status), (vec!["deep/same.yaml", "good.yaml"], 0));
    let (rows, _) = corpus.rows(&[]);
    assert_eq!(rows.len(), 3);
}

#[test]
fn what_is_wrong_with_the_folder_is_told() {
    let corpus = Corpus::new("empty");
    let nothing = corpus.run(&[]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8(nothing.stderr).unwrap().ends_with(" has no such documents\n"));
    let corpus = corpus.with("index.tsv", "path\tkind\texpect\na.yaml\treal\tperhaps\n");
    let errors = String::from_utf8(corpus.run(&[]).stderr).unwrap();
    assert!(errors.contains("index.tsv: line 2: `perhaps` is no expectation"), "{errors}");
}
