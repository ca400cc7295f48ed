//! What segments of whole texts look like, and what holds for any text.

use super::{Segment, SegmentKind, segment};
use crate::model::Article;
use crate::properties::some;
use crate::text::{Hint, read};
use SegmentKind::{Bullet, Heading, Meta, Row, Sentence, Title};
use proptest::prelude::*;

mod lists;

fn article(text: &str) -> Article {
    read(text.as_bytes(), &Hint::default()).unwrap()
}

/// Kind, block and text of each segment.
fn seen(article: &Article) -> Vec<(SegmentKind, u32, &str)> {
    let part = |segment: &Segment| (segment.kind, segment.block, segment.span.of(&article.text));
    segment(article).iter().map(part).collect()
}

fn kinds(text: &str) -> Vec<(SegmentKind, String)> {
    let article = article(text);
    seen(&article).into_iter().map(|(kind, _, text)| (kind, text.replace('\n', " "))).collect()
}

fn of_kind(text: &str, wanted: SegmentKind) -> Vec<String> {
    kinds(text).into_iter().filter(|(kind, _)| *kind == wanted).map(|(_, text)| text).collect()
}

const RELEASE: &str = "\
TITLE: Further aid for Ukraine
DATE: 2023-02-03
URL: https://example.org/aid

Today the Department announces a further package of security assistance
worth up to $425 million, approx. the size of the last one, and $1.75
billion under another authority, as Gen. Smith said in the U.S. capital.
The package includes:

-   14 launchers of the new type, with ammunition, spare parts and the
    crews' training;
-   2,000 anti-armor systems; and
-   4 radars.

**II. What comes next**

The equipment will be sent this month. “We stand with Ukraine.” More will
follow.

\\###
";

#[test]
fn a_wrapped_release_becomes_sentences_and_a_list_with_its_lead_in() {
    let article = article(RELEASE);
    assert_eq!(article.published.unwrap().to_string(), "2023-02-03");
    assert_eq!(article.source.url.as_deref(), Some("https://example.org/aid"));
    let seen = seen(&article);
    let kinds: Vec<_> = seen.iter().map(|(kind, block, _)| (*kind, *block)).collect();
    assert_eq!(
        kinds,
        [
            (Title, 0),
            (Sentence, 1),
            (Sentence, 2),
            (Bullet, 2),
            (Bullet, 2),
            (Bullet, 2),
            (Heading, 3),
            (Sentence, 4),
            (Sentence, 4),
            (Sentence, 4)
        ]
    );
    assert!(seen[1].2.ends_with("said in the U.S. capital."));
    assert_eq!(seen[2].2, "The package includes:");
    assert!(seen[3].2.starts_with("14 launchers") && seen[3].2.ends_with("training;"));
    assert_eq!(seen[6].2, "II. What comes next");
    assert_eq!(seen[8].2, "“We stand with Ukraine.”");
}

#[test]
fn lines_without_blank_lines_between_them_are_paragraphs() {
    let text = "\
Slovakia gives Kyiv 13 fighter jets and is the second country of the alliance to part with them.
The jets will go to Ukraine as a gift, the government in Bratislava made known on Friday at noon.
Other donors
Poland had promised four jets on Thursday, and wants to send them in a matter of days, it said then.
";
    assert_eq!(of_kind(text, Sentence).len(), 3);
    assert_eq!(of_kind(text, Heading), ["Other donors"]);
}

#[test]
fn what_stands_around_an_article_is_no_part_of_it() {
    let text = "\
Copenhagen gives arms worth DKK 5.8 billion

Tuesday April 16, 2024

Copenhagen gives arms worth DKK 5.8 billion

Published : 03 Apr 2024, 20:22

By Jane Doe
Photo: Ministry of Defence

KYIV, April 3 (Agency) - Denmark is giving Ukraine arms. The tanks come in May.

Read also: Stockholm weighs handing over 14 fighter jets

Ten tanks came last week, the ministry said to the press in the capital.

Our newsletter costs nothing.

Stockholm gives more

© 2024 The Paper. All rights reserved.
";
    let article = article(text);
    assert_eq!(article.published.unwrap().to_string(), "2024-04-03");
    assert_eq!(article.title.as_deref(), Some("Copenhagen gives arms worth DKK 5.8 billion"));
    assert_eq!(
        of_kind(text, Sentence),
        [
            "Denmark is giving Ukraine arms.",
            "The tanks come in May.",
            "Ten tanks came last week, the ministry said to the press in the capital."
        ]
    );
    assert_eq!(of_kind(text, Title).len(), 2);
    let meta = of_kind(text, Meta);
    assert!(meta.contains(&"KYIV, April 3 (Agency)".to_owned()), "{meta:?}");
    assert!(meta.contains(&"Stockholm gives more".to_owned()), "{meta:?}");
}

#[test]
fn a_cue_in_the_middle_does_not_hide_the_rest() {
    let text = "\
Berlin gives tanks to Kyiv

Berlin gives 14 tanks, the government in the capital said in a statement on Friday.

Subscribe to our newsletter

It also gives 40 vehicles, which will be delivered in the spring of the next year, it added.
";
    assert!(of_kind(text, Sentence).iter().any(|text| text.contains("40 vehicles")));
}

#[test]
fn speakers_of_a_transcript_are_told_with_what_they_say() {
    let text = "\
Oval Office

2:05 P.M. EDT

PRESIDENT DOE:  We give 14 tanks.  They go today.

And we give more.

Q    How many, Mr. President?

MR. ROE: (In English.) Thanks.
";
    let article = article(text);
    let said: Vec<_> = segment(&article)
        .iter()
        .map(|segment| {
            let speaker = segment.speaker.map(|span| span.of(&article.text));
            (speaker.unwrap_or("-"), segment.span.of(&article.text))
        })
        .collect();
    assert_eq!(
        said,
        [
            ("-", "Oval Office"),
            ("-", "2:05 P.M. EDT"),
            ("PRESIDENT DOE", "We give 14 tanks."),
            ("PRESIDENT DOE", "They go today."),
            ("PRESIDENT DOE", "And we give more."),
            ("Q", "How many, Mr. President?"),
            ("MR. ROE", "(In English.)"),
            ("MR. ROE", "Thanks.")
        ]
    );
}

#[test]
fn rows_of_tables_stay_whole() {
    let tabs = "What was given:\n\nSystem\tQuantity\nLeopard 2A6\t18\nMarder\t40\n";
    assert_eq!(of_kind(tabs, Row), ["System\tQuantity", "Leopard 2A6\t18", "Marder\t40"]);
    let bars = "| System | Quantity |\n|---|---|\n| Marder | 40 |\n";
    assert_eq!(of_kind(bars, Row), ["| System | Quantity |", "| Marder | 40 |"]);
}

#[test]
fn an_agency_or_a_source_after_the_last_sentence_is_no_sentence() {
    let text = "Aid goes to Kyiv, the ministry said. (ABC)\n\nTanks go to Kyiv, too. Source: OWN\n";
    assert_eq!(of_kind(text, Meta), ["(ABC)", "Source: OWN"]);
    assert_eq!(of_kind(text, Sentence).len(), 2);
}

#[test]
fn a_blank_that_joins_does_not_hide_where_a_wrapper_broke() {
    let text = "\
I am proud to welcome the President of Ukraine back to the White
House\u{a0}today.\u{a0} For nearly three years, the country has rallied the
world to stand with the people of Ukraine as they defend themselves
from the aggression, and it has been a top priority of my time.
";
    assert_eq!(of_kind(text, Sentence).len(), 2);
}

fn check(article: &Article) {
    let segments = segment(article);
    let mut end = 0;
    let mut block = 0;
    for segment in &segments {
        let text = article.text.get(segment.span.start..segment.span.end).expect("on boundaries");
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
        assert!(segment.span.start >= end, "overlap at {end}: {text:?}");
        assert!(segment.block >= block);
        if let Some(speaker) = segment.speaker {
            assert!(!speaker.of(&article.text).is_empty());
        }
        (end, block) = (segment.span.end, segment.block);
    }
    assert!(article.text.get(article.body.start..article.body.end).is_some());
    if let (Some(title), Some(span)) = (&article.title, article.title_span) {
        assert!(!title.is_empty() && !span.of(&article.text).is_empty());
    }
}

/// Pieces of which articles are made, good and broken.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "TITLE: ",
        "DATE: ",
        "2022-11-10",
        " date 2022-11-11 ",
        "\n",
        "\n\n",
        "\r\n",
        "  \n",
        "\t",
        "• ",
        "- ",
        "-   ",
        "— ",
        "(1) ",
        "\\(1\\) ",
        "1. ",
        "| a | b |",
        "\\###",
        "---",
        "**",
        "*",
        "PRESIDENT DOE: ",
        "Q    ",
        "KYIV, 5 May 2023 — ",
        "WASHINGTON: ",
        "Published: ",
        "May 5",
        "U.S.",
        "Gen. ",
        "etc.",
        "...",
        "?!",
        "”",
        "“",
        "\"",
        "(",
        ")",
        ".",
        ":",
        ";",
        "€1.5bn",
        "Україна",
        "é",
        "\u{feff}",
        "\u{a0}",
        "\u{200b}",
        "中文。",
        "Read also:",
        "By Jane Doe",
        "© All rights reserved",
        "<p>",
        "</p>",
        "<ul><li>",
        "<table><tr><td>",
        "<!doctype html>",
        "<script>",
        "&amp;",
        "\u{1F600}",
        "2:05 P.M. EDT",
        "newsletter",
        "a sentence of words here.",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => "[a-zA-Z ,.]{0,80}"]
}

proptest! {
    #![proptest_config(some())]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(article) = read(&bytes, &Hint::default()) {
            check(&article);
        }
    }

    #[test]
    fn any_text_is_cut_in_order_on_boundaries(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        if let Ok(article) = read(text.as_bytes(), &Hint::default()) {
            if article.format == crate::model::DocumentFormat::Text {
                prop_assert_eq!(&article.text, &text);
            }
            check(&article);
            prop_assert_eq!(segment(&article), segment(&article));
        }
    }
}

#[test]
fn a_line_with_a_capital_below_a_short_entry_is_no_part_of_it() {
    let text = "\
The donation that the ministry made public in the afternoon of the same day consists of:
- 8 launchers
- spare parts for the howitzers that were given in spring
The launcher has a range of up to eighty kilometres and fires within a minute,
which is more than the crews had hoped for when they first heard of it, and
the ministry says that more of them will follow as soon as they are repaired.
";
    let entries = of_kind(text, Bullet);
    assert_eq!(entries, ["8 launchers", "spare parts for the howitzers that were given in spring"]);
}

#[test]
fn cells_on_lines_of_their_own_are_rows() {
    let text = "Minister visits depot.\n\nType\nquantity\nHowitzers with tractors\n24\n\
        Grenade launchers\nhundreds\nRounds for them\nmore than 1,000\n\nHe left on Monday.\n";
    let rows = of_kind(text, Row);
    assert_eq!(
        rows,
        [
            "Type quantity",
            "Howitzers with tractors 24",
            "Grenade launchers hundreds",
            "Rounds for them more than 1,000"
        ]
    );
    let text = "Type / quantity\nHowitzers with tractors / 24\nRounds for them / 1,000\n";
    assert_eq!(of_kind(text, Row).len(), 3);
    let prose = "On Monday and / or Tuesday he left.\n\nNobody saw him.\n";
    assert!(of_kind(prose, Row).is_empty());
    let prose = "He came in\n2022\nand left the town again.\nNobody saw him.\n";
    assert!(of_kind(prose, Row).is_empty());
}

#[test]
fn a_segment_has_no_blanks_at_its_edges() {
    for text in
        ["2022-11-10-   - PRESIDENT DOE: ", "\tetc.TITLE: •", "WASHINGTON: \t• \u{a0}**\n\n• "]
    {
        check(&read(text.as_bytes(), &Hint::default()).unwrap());
    }
}
