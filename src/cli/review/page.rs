//! What a review shows: the package with its sentences beside its fields, and what the keys do.

use super::keys::FIELDS;
use crate::cli::ruled_page::package_text;
use crate::cli::screen::Screen;
use crate::cli::show::write_detail;
use crate::ledger::PackageDetail;
use crate::model::{Confidence, PackageId};
use crate::report::render::clean;
use std::io::{self, Write};

/// Which of the packages it is.
pub(super) struct Heading {
    pub(super) place: usize,
    pub(super) count: usize,
    pub(super) confidence: Confidence,
}

/// The package, why it waits, what it may be, and the words that it was read from.
pub(super) fn write(
    heading: &Heading,
    detail: &PackageDetail,
    maybe: Option<&PackageDetail>,
    screen: &mut Screen,
) -> io::Result<()> {
    let Heading { place, count, confidence } = heading;
    let text = format!("{place} of {count}, confidence {:.2}", confidence.as_f64());
    writeln!(screen, "\n{}", screen.paint.dim(&text))?;
    write_detail(detail, screen)?;
    if let Some(maybe) = maybe {
        let (text, standing) = (package_text(&maybe.package), maybe.package.standing);
        writeln!(screen, "{}  {}  {standing}", screen.paint.doubtful("may be"), clean(&text))?;
    }
    Ok(())
}

/// What the keys do, on one line.
pub(super) fn write_prompt(maybe: Option<PackageId>, screen: &mut Screen) -> io::Result<()> {
    let same = match maybe {
        Some(maybe) => {
            format!("[s]ame as {maybe}  [n]ot {maybe}  same as an[o]ther")
        }
        None => "[s]ame as ...".to_owned(),
    };
    write!(screen, "[a]ccept  [e]dit  [r]eject  {same}  s[k]ip  [u]ndo  [q]uit  [?] ")?;
    screen.flush()
}

/// What the keys do, a line each.
pub(super) fn write_help(screen: &mut Screen) -> io::Result<()> {
    for (key, meaning) in [
        ("a", "accept: it counts from now on"),
        ("e", "edit: set a field that is other than the article says"),
        ("r", "reject: it is no package, and stays rejected when it is told again"),
        ("s", "same: it is part of the package that it may be, or of one that you name"),
        ("o", "same as another package than the one that it may be"),
        ("n", "not the same as the package that it may be: it counts by itself"),
        ("k", "skip: it goes on waiting"),
        ("u", "undo the last decision of this review"),
        ("q", "quit: what was decided is saved"),
    ] {
        writeln!(screen, "  {key}  {meaning}")?;
    }
    Ok(())
}

/// Which fields can be set.
pub(super) fn write_fields(screen: &mut Screen) -> io::Result<()> {
    let fields: Vec<String> = FIELDS.iter().map(|(key, name)| format!("[{key}] {name}")).collect();
    write!(screen, "set {} ", fields.join("  "))?;
    screen.flush()
}
