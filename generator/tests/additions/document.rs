//! Documents to add to: the real ones where they are at hand, and those of this repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use oasmith::config::{self, Config};
use oasmith::diagnostic::Diagnostics;
use oasmith::files::{Input, read_sources};
use oasmith::model::Api;
use oasmith::plan::{self, Crate};
use oasmith::read_from;
use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml::{self, Trees};

use super::face::face;

/// A document, read once.
pub(crate) struct Document {
    name: String,
    /// The bytes of all its files.
    pub(crate) size: usize,
    sources: Sources,
    trees: Trees,
    config: Config,
}

/// What a document becomes.
pub(crate) struct Outcome {
    /// What the API says.
    pub(crate) api: Api,
    /// What the crate will say.
    pub(crate) krate: Crate,
    /// What each public path stands for.
    pub(crate) face: BTreeMap<String, String>,
    /// What the user is told.
    pub(crate) gaps: Diagnostics,
}

impl Document {
    fn read(name: &str, path: &Path, root: &Path, config: &str) -> Self {
        let package = "package: {name: additions, version: 0.1.0}\n";
        let package = if config.contains("package:") { "" } else { package };
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("additions.yaml");
        std::fs::write(&file, format!("{package}{config}")).unwrap();
        let input = read_sources(path, Some(root), &[], &file);
        let Input { sources, trees, config } =
            input.unwrap_or_else(|error| panic!("{name}: {error}"));
        let files = sources.documents().filter_map(|(_, file)| sources.get(file));
        let size = files.map(|file| file.text.len()).sum();
        let config = yaml::parse(&sources, config).and_then(|root| config::read(&root));
        let config =
            config.unwrap_or_else(|faults| panic!("{name}: {}", faults.render_human(&sources)));
        Self { name: name.to_owned(), size, sources, trees, config }
    }

    /// Its path, or its topic.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The tree of its root.
    pub(crate) fn root(&self) -> &yaml::Node {
        self.trees.get(FileId::default()).unwrap()
    }

    /// What becomes of it with an overlay, or of it alone.
    pub(crate) fn outcome(&self, overlay: Option<&str>) -> Result<Outcome, String> {
        let mut sources = self.sources.clone();
        if let Some(overlay) = overlay {
            sources.add_overlay(Source::new("added.yaml", overlay));
        }
        let made = read_from(&sources, self.trees.clone(), &self.config);
        let made = made.and_then(|(api, mut gaps)| {
            let krate = plan::plan(&api, &self.config, &mut gaps)?;
            let face = face(&krate, &api);
            Ok(Outcome { api, krate, face, gaps })
        });
        made.map_err(|faults| faults.render_human(&sources))
    }
}

/// The documents of this repository, and the real ones where they are at hand.
pub(crate) fn all() -> Vec<Document> {
    own().into_iter().chain(real()).collect()
}

fn real() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    let Ok(index) = std::fs::read_to_string(folder.join("index.tsv")) else {
        println!("the real documents are missing: {}", folder.display());
        return Vec::new();
    };
    let paths = index.lines().filter_map(|line| line.split('\t').next());
    let paths = paths.filter(|path| path.starts_with("real/"));
    paths.map(|path| Document::read(path, &folder.join(path), &folder, "")).collect()
}

/// The documents of this repository.
fn own() -> Vec<Document> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let spec = package.join("../spec");
    let choices = text(&spec.join("generator.yaml"));
    let c1 = Document::read("conductorone", &spec.join("conductorone.yaml"), &spec, &choices);
    let folders = std::fs::read_dir(package.join("tests/cases")).unwrap();
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let cases = folders.iter().map(|folder| {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let choices = text(&folder.join("generator.yaml"));
        Document::read(name, &folder.join("openapi.yaml"), folder, &choices)
    });
    std::iter::once(c1).chain(cases).collect()
}
