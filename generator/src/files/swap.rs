//! Letting two places change what they hold, by one step of the file system where it has one.

use std::fs;
use std::io;
use std::path::Path;

/// Swaps two files or folders, either of which may be missing. Done twice, it changes nothing.
pub(super) fn swap(staged: &Path, place: &Path) -> io::Result<()> {
    match (exists(staged)?, exists(place)?) {
        (true, true) => exchange(staged, place),
        (true, false) => fs::rename(staged, place),
        (false, true) => fs::rename(place, staged),
        (false, false) => Ok(()),
    }
}

/// Makes `to` the same file as `from`, or a copy with its time stamp where there are no hard links.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    let modified = fs::metadata(from)?.modified()?;
    fs::File::options().write(true).open(to)?.set_modified(modified)
}

fn exists(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(staged: &Path, place: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, staged, CWD, place, RenameFlags::EXCHANGE) {
        // The file system or the kernel cannot do it.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => exchange_by_renames(staged, place),
        result => Ok(result?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(staged: &Path, place: &Path) -> io::Result<()> {
    exchange_by_renames(staged, place)
}

/// For a moment a folder is missing; a file is replaced at once.
fn exchange_by_renames(staged: &Path, place: &Path) -> io::Result<()> {
    let mut aside = staged.as_os_str().to_owned();
    aside.push(".old");
    let aside = Path::new(&aside);
    if place.is_file() && staged.is_file() {
        link_or_copy(place, aside)?;
        fs::rename(staged, place)?;
    } else {
        fs::rename(place, aside)?;
        if let Err(error) = fs::rename(staged, place) {
            fs::rename(aside, place)?;
            return Err(error);
        }
    }
    fs::rename(aside, staged)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a place holds: nothing, the text of a file, or that of the file in a folder.
    fn content(path: &Path) -> Option<String> {
        let file = if path.is_dir() { path.join("inner") } else { path.to_owned() };
        fs::read_to_string(file).ok()
    }

    #[test]
    fn both_ways_to_exchange_undo_themselves() {
        for exchange in [exchange, exchange_by_renames] {
            for folders in [[false, false], [false, true], [true, false], [true, true]] {
                let root = tempfile::tempdir().unwrap();
                let places = [root.path().join("staged"), root.path().join("place")];
                for ((place, is_folder), text) in places.iter().zip(folders).zip(["new", "old"]) {
                    let mut file = place.clone();
                    if is_folder {
                        fs::create_dir(place).unwrap();
                        file.push("inner");
                    }
                    fs::write(file, text).unwrap();
                }
                for expected in [["old", "new"], ["new", "old"]] {
                    exchange(&places[0], &places[1]).unwrap();
                    let found = places.each_ref().map(|place| content(place).unwrap());
                    assert_eq!(found, expected, "{folders:?}");
                    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2, "{folders:?}");
                }
            }
        }
    }

    #[test]
    fn a_missing_side_is_swapped_as_well() {
        let root = tempfile::tempdir().unwrap();
        let (staged, place) = (root.path().join("staged"), root.path().join("place"));
        swap(&staged, &place).unwrap();
        fs::write(&staged, "new").unwrap();
        swap(&staged, &place).unwrap();
        assert_eq!((content(&staged), content(&place).as_deref()), (None, Some("new")));
        swap(&staged, &place).unwrap();
        assert_eq!((content(&staged).as_deref(), content(&place)), (Some("new"), None));
    }
}
