//! A repository with a document, its choices and its crate, and programs to run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The choices of a project.
pub(crate) const CONFIG: &str = "\
# What the crate is.
package: {name: acme, version: 1.2.3, license: MIT} # the version is chosen by hand
";

/// The document of a project.
pub(crate) const SPEC: &str = r##"openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /pets/{pet_id}:
    get:
      operationId: getPet
      tags: [Pets]
      parameters:
        - {name: pet_id, in: path, required: true, schema: {type: string}}
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: {$ref: "parts/pet.yaml#/Pet"}
  /owners:
    get:
      operationId: listOwners
      tags: [Owners]
      responses:
        "200":
          description: The owners.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Owner"}}
components:
  schemas:
    Owner:
      type: object
      properties:
        email: {type: string}
        phone: {type: string}
"##;

/// A file that the document refers to.
pub(crate) const PET: &str = "\
Pet:
  type: object
  properties:
    name: {type: string}
    age: {type: integer, format: int32}
";

/// A folder, with the document in `spec/`.
pub(crate) struct Project {
    folder: TempDir,
}

/// What a run gave: its status, standard output and standard error.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Project {
    /// A folder without git.
    pub(crate) fn bare() -> Self {
        let project = Self { folder: TempDir::new().unwrap() };
        project.write("spec/openapi.yaml", SPEC);
        project.write("spec/parts/pet.yaml", PET);
        project.write("spec/generator.yaml", CONFIG);
        project
    }

    /// A repository whose branch `main` has the document and the crate that is made of it.
    pub(crate) fn committed() -> Self {
        let project = Self::bare();
        project.git("init --quiet --initial-branch main");
        project.generate();
        project.commit("first");
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Changes a text file.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} lacks {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn generate(&self) {
        let run = self.oasmith("generate");
        assert_eq!(run.status, 0, "{run:?}");
    }

    /// Generates, and leaves one file as it was.
    pub(crate) fn generate_over(&self, path: &str) {
        let text = self.read(path);
        self.generate();
        self.write(path, &text);
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git("add --all");
        self.git(&format!("commit --quiet --message {message}"));
    }

    pub(crate) fn git(&self, arguments: &str) -> String {
        let run = self.run("git", self.folder.path(), arguments);
        assert_eq!(run.status, 0, "git {arguments}: {run:?}");
        run.output.trim_end().to_owned()
    }

    /// Runs `oasmith` with the paths of the project.
    pub(crate) fn oasmith(&self, arguments: &str) -> Run {
        let paths = "--spec spec/openapi.yaml --config spec/generator.yaml";
        self.run(program(), self.folder.path(), &format!("{arguments} {paths}"))
    }

    /// Runs `oasmith` in a folder of the project with these arguments only.
    pub(crate) fn oasmith_in(&self, folder: &str, arguments: &str) -> Run {
        self.run(program(), &self.path(folder), arguments)
    }

    fn run(&self, program: &str, folder: &Path, arguments: &str) -> Run {
        let mut command = Command::new(program);
        // Who runs the tests has choices of their own.
        command.env("GIT_CONFIG_GLOBAL", self.path("none")).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_CEILING_DIRECTORIES", self.folder.path().parent().unwrap());
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Test");
            command.env(format!("GIT_{who}_EMAIL"), "test@example.com");
        }
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        // What callers depend on is there already, and is compiled once for all tests.
        command.env("CARGO_NET_OFFLINE", "true");
        command.env("CARGO_TARGET_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/.."));
        let run = command.args(arguments.split_whitespace()).current_dir(folder).output().unwrap();
        Run {
            status: run.status.code().unwrap(),
            output: String::from_utf8(run.stdout).unwrap(),
            errors: String::from_utf8(run.stderr).unwrap(),
        }
    }
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_oasmith")
}

#[track_caller]
pub(crate) fn assert_contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
}
