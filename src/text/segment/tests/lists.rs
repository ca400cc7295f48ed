//! What is a list, and what only looks like one.

use super::of_kind;
use crate::text::SegmentKind::{Bullet, Sentence};

#[test]
fn lines_that_open_with_a_name_and_a_colon_each_begin_anew() {
    let roll = "\
Germany: 300 million euros for long-range drones; two Patriot launchers
UK: thousands of long-range one-way attack drones
Norway: NOK 7 billion for air defence, jointly with Germany
Canada: CAD 165 million for ammunition and explosives
";
    assert_eq!(of_kind(roll, Bullet).len() + of_kind(roll, Sentence).len(), 4);
    let wrapped = "\
The minister said one thing about the shells that will go to the east of the
country: there will be more of them, and they will be there before the winter.
";
    assert_eq!(of_kind(wrapped, Sentence).len(), 1);
}

#[test]
fn numbered_paragraphs_of_a_release_are_no_list() {
    let release = "\
1. On January 11, the Ambassador of Japan and the Deputy Minister exchanged notes.

2. Under this cooperation, two patrol boats will be provided to the navy.

3. OSA is a framework of grants that was established in April 2023.
";
    assert_eq!(of_kind(release, Bullet), Vec::<String>::new());
    assert_eq!(of_kind(release, Sentence).len(), 3);
    let list = format!("The minister announced the following:\n\n{release}");
    assert_eq!(of_kind(&list, Bullet).len(), 3);
    let short = "Norway gives:\n\n1. 20 Leopard 2 tanks.\n\n2. 30 carriers.\n";
    assert_eq!(of_kind(short, Bullet).len(), 2);
}

#[test]
fn lists_are_known_by_numbers_by_dots_and_without_marks() {
    let numbered = "The authority to:\n\\(1\\) direct a drawdown; and\n\\(2\\) furnish aid.\n";
    assert_eq!(of_kind(numbered, Bullet), ["direct a drawdown; and", "furnish aid."]);
    let dots = "In it are:\n  • 6,000 AT-4\n  • 25,000 helmets\n    and vests\n";
    assert_eq!(of_kind(dots, Bullet), ["6,000 AT-4", "25,000 helmets     and vests"]);
    let bare = "Capabilities in this package include:\n\nMunitions for NASAMS;\n\nStingers; and\n\n\
                Spare parts.\n\nThe Department will go on with its work for Ukraine and its army.\n";
    assert_eq!(of_kind(bare, Bullet), ["Munitions for NASAMS;", "Stingers; and", "Spare parts."]);
}

#[test]
fn a_dash_that_a_wrapper_put_first_is_no_mark_of_a_list() {
    let text = "\
Like the minister said, she met thirteen presidents in her long life
— or fourteen presidents, if one counts all of them, which is hard to
do since the records of that time are not complete, as he added later
in the day when he spoke to the press.
";
    assert_eq!(of_kind(text, Bullet), Vec::<String>::new());
    assert_eq!(of_kind(text, Sentence).len(), 1);
}
