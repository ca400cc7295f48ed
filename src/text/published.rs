//! The day of publication, where a document's first lines or its address tell it.

use super::boundary;
use super::date::{WrittenDate, written_dates};
use super::dateline::{date_line, dateline, place_line};
use super::words::words;
use crate::model::CivilDate;

/// How many lines with text are searched for a date of publication.
const LEADING_LINES: usize = 15;
/// The longest line of publication, in bytes.
const LINE_LIMIT: usize = 400;

/// Where a date of publication was found; the first has precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Header,
    Published,
    Updated,
    Dateline,
    Address,
    Page,
    Line,
}

/// The dates that may be a document's day of publication.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates(Vec<(Rank, WrittenDate)>);

impl Candidates {
    /// Adds the value of a header line.
    pub(super) fn add_header(&mut self, value: &str) {
        self.0.extend(written_dates(value).next().map(|date| (Rank::Header, date)));
    }

    /// Adds the date in the path of a web address.
    pub(super) fn add_address(&mut self, url: &str) {
        self.0.extend(address_date(url).map(|date| (Rank::Address, date)));
    }

    /// Adds the dates of the first of these lines that tell one by their shape.
    pub(super) fn add_lines<'t>(&mut self, lines: impl Iterator<Item = &'t str>) {
        for line in lines.filter(|line| !line.is_empty()).take(LEADING_LINES) {
            let head = &line[..boundary(line, LINE_LIMIT)];
            let stated = (head.len() == line.len()).then(|| publication(line)).flatten();
            let found = stated
                .or_else(|| Some((Rank::Page, date_line(head)?)))
                .or_else(|| Some((Rank::Dateline, place_line(head)?)))
                .or_else(|| Some((Rank::Dateline, dateline(head)?.date?)))
                .or_else(|| Some((Rank::Line, short_line(head)?)));
            self.0.extend(found);
        }
    }

    /// The date of the best rank; where it has no year, the latest year that another date allows.
    pub(super) fn choose(mut self) -> Option<CivilDate> {
        self.0.sort_by_key(|(rank, _)| *rank);
        let certain = self.0.iter().find_map(|(rank, date)| Some((*rank, date.civil()?)));
        let (rank, anchor) = certain?;
        let undated = self.0.iter().find(|(other, date)| *other < rank && date.year.is_none());
        let resolved = undated.and_then(|(_, date)| {
            let year = anchor.year_number();
            date.in_year(year).filter(|date| *date <= anchor).or_else(|| date.in_year(year - 1))
        });
        Some(resolved.unwrap_or(anchor))
    }
}

/// The date that an article's first lines tell, for documents whose own data has none.
pub(super) fn leading_date(text: &str, url: Option<&str>) -> Option<CivilDate> {
    let mut candidates = Candidates::default();
    candidates.add_lines(text.lines().map(str::trim));
    if let Some(url) = url {
        candidates.add_address(url);
    }
    candidates.choose()
}

/// Whether a line tells when the article was published or updated.
pub(super) fn is_publication_line(line: &str) -> bool {
    line.len() <= LINE_LIMIT && publication(line).is_some()
}

/// The date of a line such as `By A. Writer | Published: 10 November 2022`.
fn publication(line: &str) -> Option<(Rank, WrittenDate)> {
    line.split(['|', '•', '·']).find_map(|part| {
        let part = part.trim();
        // Few lines begin with the first letter of a form: the others are not made small.
        let first = part.chars().next()?.to_lowercase().next()?;
        let ranks = [(Rank::Published, &words().published), (Rank::Updated, &words().updated)];
        ranks.into_iter().find_map(|(rank, forms)| {
            let mut forms = forms.iter().filter(|form| form.starts_with(first));
            let rest = forms.find_map(|form| strip_form(part, form))?;
            let date = written_dates(&rest[..boundary(rest, 48)]).next()?;
            (date.day.is_some() && date.span.start <= 24).then_some((rank, date))
        })
    })
}

/// The full date in a short line that is no sentence: `News | 19.01.2023 11:05`, `By A. Writer |
/// Wednesday, February 12, 2025`.
fn short_line(line: &str) -> Option<WrittenDate> {
    // A caption is a sentence with its credit in brackets after it.
    let credited = line.strip_suffix([')', ']']).and_then(|line| line.rsplit_once(['(', '[']));
    let told = credited.map_or(line, |(told, _)| told.trim_end());
    let plain = line.len() <= 120 && !told.ends_with(['.', '!', '?', ':', ';', ',']);
    let whole = |date: &WrittenDate| date.year.is_some() && date.day.is_some();
    plain.then(|| written_dates(line).find(whole)).flatten()
}

/// What follows `form` at the beginning of `text`, in any case of letters.
fn strip_form<'t>(text: &'t str, form: &str) -> Option<&'t str> {
    let head = text.get(..form.len()).filter(|head| head.to_lowercase() == form)?;
    let rest = &text[head.len()..];
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// A date in the path of a web address: `/2022/11/10/` or `2022-11-10`.
fn address_date(url: &str) -> Option<WrittenDate> {
    let path = url.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let joined = parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let fits =
            year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        (digits && fits).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
    });
    let whole = |date: &WrittenDate| date.year.is_some() && date.day.is_some();
    written_dates(joined.as_deref().unwrap_or(path)).find(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &str, url: Option<&str>) -> Option<String> {
        leading_date(lines, url).map(|date| date.to_string())
    }

    #[test]
    fn the_published_line_outranks_the_updated_one_and_the_pages_own_date() {
        let page =
            "Tuesday April 16, 2024\nUpdated: 5 April 2024\nPublished : 03 Apr 2024, 20:22\n";
        assert_eq!(of(page, None).as_deref(), Some("2024-04-03"));
        assert_eq!(of("Updated Mar 16, 2022 - World", None).as_deref(), Some("2022-03-16"));
        let byline = "By Jane Doe | Published November 10, 2022 | 3 min read";
        assert_eq!(of(byline, None).as_deref(), Some("2022-11-10"));
        let dateline = "KYIV, 5 May 2023 — Ukraine got tanks.\nFriday June 2, 2023";
        assert_eq!(of(dateline, None).as_deref(), Some("2023-05-05"));
    }

    #[test]
    fn a_date_without_a_year_takes_it_from_another_date_or_is_none() {
        assert_eq!(of("25 June, 01:05 PM\nA drone.", None), None);
        assert_eq!(of("NEW DELHI, May 2 (Agency) - Aid", None), None);
        let page = "Monday January 2, 2023\nPublished: 30 December";
        assert_eq!(of(page, None).as_deref(), Some("2022-12-30"));
    }

    #[test]
    fn a_date_in_the_address_is_better_than_the_pages_own() {
        let url = "https://example.org/news/2022/11/9/aid-12345/";
        assert_eq!(of("Friday June 2, 2023", Some(url)).as_deref(), Some("2022-11-09"));
        assert_eq!(
            of("", Some("https://example.org/2022-11-10-aid")).as_deref(),
            Some("2022-11-10")
        );
        assert_eq!(of("", Some("https://example.org/?d=2022-11-10")), None);
    }

    #[test]
    fn the_day_of_a_photograph_is_no_day_of_publication() {
        let caption = "Sailors load a truck in Gdynia, June 3, 2021. (Photo by A. Nowak)";
        assert_eq!(of(caption, None), None);
        let below = format!("{caption}\nDefence (News) | 19.01.2023 11:05");
        assert_eq!(of(&below, None).as_deref(), Some("2023-01-19"));
        assert_eq!(of("Warsaw news desk (19.01.2023)", None).as_deref(), Some("2023-01-19"));
    }
}
