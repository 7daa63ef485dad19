//! Documents as texts, and the way from them to a crate.

use std::path::{Path, PathBuf};

use oasmith::config::Config;
use oasmith::diagnostic::Diagnostics;
use oasmith::source::{FileId, Source, Sources};
use oasmith::{Generated, config, yaml};

/// A document with its `generator.yaml`.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The name of the crate, unless `generator.yaml` has one.
    pub(crate) name: String,
    /// The OpenAPI document.
    pub(crate) text: String,
    /// `generator.yaml`; the section `package` may be missing.
    pub(crate) config: String,
}

impl Document {
    /// A document without choices.
    pub(crate) fn new(name: &str, text: impl Into<String>) -> Self {
        Self { name: name.to_owned(), text: text.into(), config: String::new() }
    }

    /// The same document with choices.
    pub(crate) fn with_config(mut self, config: impl Into<String>) -> Self {
        self.config = config.into();
        self
    }

    /// The crate, or what is wrong.
    pub(crate) fn try_generate(&self) -> Result<Generated, Diagnostics> {
        let (sources, config) = self.read();
        oasmith::generate(&sources, &config?)
    }

    /// The crate of a document that is known to be good.
    pub(crate) fn generate(&self) -> Generated {
        let (sources, config) = self.read();
        let generated = config.and_then(|config| oasmith::generate(&sources, &config));
        generated.unwrap_or_else(|faults| panic!("{}", faults.render_human(&sources)))
    }

    fn read(&self) -> (Sources, Result<Config, Diagnostics>) {
        let mut config = self.config.clone();
        if !config.lines().any(|line| line.starts_with("package:")) {
            let package = format!("package: {{name: {}, version: 0.1.0}}\n", self.name);
            config.insert_str(0, &package);
        }
        let mut sources = Sources::root(Source::new("openapi.yaml", &*self.text));
        let file: FileId = sources.add(Source::new("generator.yaml", config));
        let config = yaml::parse(&sources, file).and_then(|root| config::read(&root));
        (sources, config)
    }
}

/// The folder of this package.
pub(crate) fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The document of this repository with its choices.
pub(crate) fn own() -> Document {
    let spec = package().join("../spec");
    let read = |file: &str| std::fs::read_to_string(spec.join(file)).unwrap();
    Document::new("conductorone", read("conductorone.yaml")).with_config(read("generator.yaml"))
}

/// The vendor's document with the choices of this repository, where it is at hand.
pub(crate) fn vendors() -> Option<Document> {
    let path: PathBuf = package().join("../../shared/specs/real/conductorone/openapi.yaml");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is missing", path.display());
        return None;
    };
    Some(Document { text, ..own() })
}
