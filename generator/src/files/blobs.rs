//! One child, `git cat-file --batch`, that is asked for many files: a document may have thousands,
//! and a child for each would take longer than all the rest.
//!
//! Symbolic links are followed within the commit, so nothing outside of it is ever read.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::MAX_SIZE;
use super::store::Content;

/// The child and its two ends.
#[derive(Debug)]
pub(super) struct Blobs {
    child: Child,
    /// Closed to let the child end.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    /// Starts it; `git` is the program with the folder that it works in.
    pub(super) fn start(git: &mut Command) -> io::Result<Self> {
        git.args(["cat-file", "--batch", "--follow-symlinks"]);
        let piped = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = piped.spawn()?;
        let questions = child.stdin.take();
        let answers = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Self { child, questions, answers: BufReader::new(answers) })
    }

    /// What the file with this name, `COMMIT:path`, holds.
    pub(super) fn content(&mut self, name: &str) -> io::Result<Content> {
        if name.contains('\n') {
            return Err(io::ErrorKind::NotFound.into());
        }
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(questions, "{name}")?;
        questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let head = head.trim_end_matches('\n');
        if head.ends_with(" missing") {
            return Err(io::Error::new(io::ErrorKind::NotFound, "there is no such file"));
        }
        let words: Vec<&str> = head.split(' ').collect();
        match words.as_slice() {
            [_, "blob", size] => self.blob(number(size)?),
            [_, "tree", size] => {
                self.skip(number(size)?)?;
                Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"))
            }
            ["symlink" | "dangling" | "loop" | "notdir", size] => {
                self.skip(number(size)?)?;
                Err(io::Error::new(io::ErrorKind::NotFound, "it is a link that leads nowhere"))
            }
            [] | [""] => Err(io::Error::other("git ended early")),
            _ => Err(io::Error::other(format!("git answered `{head}`"))),
        }
    }

    fn blob(&mut self, size: u64) -> io::Result<Content> {
        if size > MAX_SIZE {
            self.skip(size)?;
            return Ok(Content::TooLarge);
        }
        let mut bytes = Vec::new();
        self.answers.by_ref().take(size).read_to_end(&mut bytes)?;
        self.skip(0)?;
        Ok(Content::Whole(bytes))
    }

    /// Reads over an answer and the line end behind it.
    fn skip(&mut self, size: u64) -> io::Result<()> {
        io::copy(&mut self.answers.by_ref().take(size + 1), &mut io::sink())?;
        Ok(())
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        self.questions = None;
        // It ends when it has no more to read.
        let _ = self.child.wait();
    }
}

fn number(text: &str) -> io::Result<u64> {
    text.parse().map_err(|_| io::Error::other("git answered in a form that is not known"))
}
