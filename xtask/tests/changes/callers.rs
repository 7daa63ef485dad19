//! The callers: a function for each case, in a module for each family. The same text is compiled
//! against the old crates, as a program, and against the new ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::crates::{cargo, write_if_new};
use crate::fixture::Family;
use crate::{Key, all};

/// The words for the two sides.
pub(crate) const SIDES: [&str; 2] = ["old", "new"];

/// What every crate of callers begins with.
const HEAD: &str = "#![allow(unused)]\n\n\
    pub type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;\n\n";

/// How the program of the old crates runs its callers: each against both servers, a line for each.
const MAIN: &str = r#"
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let server = std::env::args().nth(1).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for (family, number, case) in CASES {
            for side in ["old", "new"] {
                let base = format!("{server}/{side}/{family}/{number}");
                let limit = std::time::Duration::from_secs(20);
                let outcome = match tokio::time::timeout(limit, tokio::spawn(case(base))).await {
                    Err(_) => "it takes too long".to_owned(),
                    Ok(Err(panic)) => match panic.into_panic().downcast::<String>() {
                        Ok(text) => format!("panic: {text}"),
                        Err(_) => "panic".to_owned(),
                    },
                    Ok(Ok(Err(error))) => format!("{error:?}"),
                    Ok(Ok(Ok(()))) => "+".to_owned(),
                };
                println!("{family}\t{number}\t{side}\t{}", outcome.replace('\n', " "));
            }
        }
    });
}
"#;

/// The source files of both crates of callers, without the cases of the new side that are left out.
pub(crate) fn sources(
    families: &[Family],
    left_out: &dyn Fn(&Key) -> bool,
) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for side in SIDES {
        let mut root = String::from(HEAD);
        for family in families {
            writeln!(root, "pub mod {};", family.name).unwrap();
            let skip = |key: &Key| side == "new" && left_out(key);
            let path = format!("callers-{side}/src/{}.rs", family.name);
            files.insert(path, module(family, side, &skip));
        }
        if side == "new" {
            files.insert("callers-new/src/lib.rs".to_owned(), root);
            continue;
        }
        root.push_str(
            "\ntype Run = fn(String) -> std::pin::Pin<Box<dyn Future<Output = Outcome> + Send>>;\n\n",
        );
        root.push_str("const CASES: &[(&str, usize, Run)] = &[\n");
        for ((family, number), ..) in all(families) {
            let run = format!("|base| Box::pin({family}::run_{number}(base))");
            writeln!(root, "    ({family:?}, {number}, {run}),").unwrap();
        }
        root.push_str("];\n");
        root.push_str(MAIN);
        files.insert("callers-old/src/main.rs".to_owned(), root);
    }
    files
}

/// The module of a family. Its first lines build the client; each case begins with its marker.
fn module(family: &Family, side: &str, left_out: &dyn Fn(&Key) -> bool) -> String {
    let library = format!("{side}_{}", family.name);
    let mut code = format!(
        "use {library} as demo;\n\n\
         fn client(base: &str) -> Result<demo::Client, demo::Error> {{\n    {}.build()\n}}\n",
        family.client
    );
    for (number, case) in family.cases.iter().enumerate() {
        if left_out(&(family.name.clone(), number)) {
            continue;
        }
        let caller: String =
            case.caller.lines().fold(String::new(), |text, line| format!("{text}    {line}\n"));
        write!(
            code,
            "\n{MARK}{number}\npub async fn run_{number}(base: String) -> crate::Outcome {{\n    \
             let base = base.as_str();\n    let client = &client(base)?;\n{caller}    Ok(())\n}}\n"
        )
        .unwrap();
    }
    code
}

/// The comment before each case.
const MARK: &str = "// case ";

/// The case of a line of a module.
fn case_at(text: &str, line: usize) -> Option<usize> {
    let before = text.lines().take(line).filter_map(|line| line.strip_prefix(MARK));
    before.last()?.parse().ok()
}

/// Builds the program of all callers and the old crates.
pub(crate) fn build_old(workspace: &Path) -> PathBuf {
    let output = cargo(workspace)
        .args(["build", "--offline", "--quiet", "--package", "callers-old"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("debug/callers-old")
}

/// What the compiler says of the callers and the new crates.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// The first error of each case.
    pub(crate) errors: BTreeMap<Key, String>,
    /// The cases that use what is deprecated.
    pub(crate) warned: BTreeSet<Key>,
}

/// Compiles the callers against the new crates. An error of names hides those of types in other
/// functions, so what failed is left out and the rest is compiled again, until all of it works.
pub(crate) fn check_new(workspace: &Path, families: &[Family]) -> Checked {
    let mut checked = Checked::default();
    loop {
        let files = sources(families, &|key| checked.errors.contains_key(key));
        let texts: BTreeMap<&String, &String> =
            files.iter().filter(|(path, _)| path.starts_with("callers-new/")).collect();
        for (path, text) in &texts {
            write_if_new(&workspace.join(path), text);
        }
        let output = cargo(workspace)
            .args(["check", "--offline", "--quiet", "--message-format=json"])
            .args(["--package", "callers-new"])
            .output()
            .unwrap();
        let before = checked.errors.len();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            let (message, target) = (&message["message"], &message["target"]["name"]);
            if target != "callers_new" {
                assert!(message["level"] != "error", "{}", message["rendered"]);
                continue;
            }
            let Some(key) = place(message, &texts) else {
                assert!(message["level"] != "error", "{}", message["rendered"]);
                continue;
            };
            let text = message["message"].as_str().unwrap_or_default().to_owned();
            if message["level"] == "error" {
                checked.errors.entry(key).or_insert(text);
            } else if message["code"]["code"] == "deprecated" {
                checked.warned.insert(key);
            }
        }
        if output.status.success() {
            return checked;
        }
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(checked.errors.len() > before, "no error is of a case: {said}");
    }
}

/// The case that a message of the compiler is about. What a macro brings is where the macro is called.
fn place(message: &Value, texts: &BTreeMap<&String, &String>) -> Option<Key> {
    let spans = message["spans"].as_array()?;
    let (first, rest): (Vec<&Value>, Vec<&Value>) =
        spans.iter().partition(|span| span["is_primary"] == true);
    first.into_iter().chain(rest).find_map(|span| {
        let mut span = span;
        while !span.is_null() {
            let file = span["file_name"].as_str()?;
            if let Some((path, text)) = texts.iter().find(|(path, _)| file.ends_with(path.as_str()))
            {
                let line = usize::try_from(span["line_start"].as_u64()?).ok()?;
                let family = path.rsplit('/').next()?.strip_suffix(".rs")?;
                return Some((family.to_owned(), case_at(text, line)?));
            }
            span = &span["expansion"]["span"];
        }
        None
    })
}

/// The cases whose manifest names a feature that the new crate does not have, with cargo's words.
pub(crate) fn missing_features(workspace: &Path, families: &[Family]) -> BTreeMap<Key, String> {
    let mut missing = BTreeMap::new();
    for (key, family, case) in all(families).filter(|(.., case)| !case.features.is_empty()) {
        for side in SIDES {
            let name = format!("features-{}-{}-{side}", key.0, key.1);
            let folder = workspace.with_file_name("changes-features").join(&name);
            let path = workspace.join(format!("{side}-{}", family.name)).display().to_string();
            let manifest = format!(
                "[workspace]\n[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\
                 [dependencies]\ndemo = {{ package = \"{side}-{}\", path = {path:?}, features = {:?} }}\n",
                family.name, case.features
            );
            write_if_new(&folder.join("Cargo.toml"), &manifest);
            write_if_new(&folder.join("src/lib.rs"), "");
            let lock = std::fs::read_to_string(workspace.join("Cargo.lock")).unwrap();
            write_if_new(&folder.join("Cargo.lock"), &lock);
            // Needs the crates of this platform alone, unlike `cargo metadata`.
            let output =
                cargo(&folder).args(["tree", "--offline", "--depth", "0"]).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            match (side, output.status.success()) {
                ("old", false) => panic!("{name}: {said}"),
                ("new", false) => drop(missing.insert(key.clone(), said)),
                _ => {}
            }
        }
    }
    missing
}

/// Runs all callers; tells what each says of each server, and nothing of what succeeds.
pub(crate) fn run(program: &Path, server: &str) -> BTreeMap<(Key, String), Option<String>> {
    let output = Command::new(program).arg(server).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let results = text.lines().map(|line| {
        let [family, number, side, said] =
            line.splitn(4, '\t').collect::<Vec<_>>().try_into().unwrap();
        let key = (family.to_owned(), number.parse().unwrap());
        ((key, side.to_owned()), Some(said.to_owned()).filter(|said| said != "+"))
    });
    results.collect()
}
