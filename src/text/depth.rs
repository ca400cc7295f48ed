//! How deep a page nests its elements, told by one cheap pass over its tags.
//! The parser's time grows with the square of the depth, so deep pages are refused before it.

use super::ReadError;

/// The deepest nesting that is read.
const LIMIT: usize = 512;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that end where the next of their kind begins; they nest only with what is counted.
const SELF_ENDING: &[&str] = &[
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option", "optgroup",
    "html", "head", "body", "colgroup", "rt", "rp", "a",
];
/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "iframe", "xmp"];
/// Elements that the parser opens again after the block in which they were left open.
const FORMATTING: &[&str] =
    &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Refuses a page that nests deeper than is read.
pub(super) fn check(page: &str) -> Result<(), ReadError> {
    let mut open: Vec<String> = Vec::new();
    let mut formatting = 0_usize;
    let mut at = 0;
    while let Some(found) = page[at..].find('<') {
        let start = at + found;
        let rest = &page[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(page.len(), |end| start + end + 3);
            continue;
        }
        let closing = rest.starts_with("</");
        let name_at = if closing { 2 } else { 1 };
        let name = tag_name(&rest[name_at..]);
        at = start + name_at + name.len();
        if name.is_empty() {
            continue;
        }
        at += tag_end(&page[at..]);
        let empty = page[..at].ends_with("/>");
        let formats = FORMATTING.contains(&name.as_str());
        if closing {
            formatting = formatting.saturating_sub(usize::from(formats));
            close(&mut open, &name);
        } else if RAW.contains(&name.as_str()) && !empty {
            at += raw_end(&page[at..], &name);
        } else if !VOID.contains(&name.as_str()) && !SELF_ENDING.contains(&name.as_str()) {
            formatting += usize::from(formats);
            open.push(name);
        }
        let depth = open.len().max(formatting);
        if depth > LIMIT {
            return Err(ReadError::TooDeep { at: start, depth, limit: LIMIT });
        }
    }
    Ok(())
}

fn tag_name(text: &str) -> String {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b':';
    if !text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
        return String::new();
    }
    let length = text.bytes().take_while(|byte| is_name(*byte)).count();
    text[..length].to_ascii_lowercase()
}

/// Bytes up to and with the `>` of a tag, past quoted values.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if text.as_bytes()[..at].ends_with(b"=") => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Bytes up to the closing tag of an element whose content is no markup.
fn raw_end(text: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(found) = text[at..].find("</") {
        at += found + 2;
        if tag_name(&text[at..]) == name {
            return at - 2;
        }
    }
    text.len()
}

/// Closes the nearest element of this name; a table keeps what is outside it open.
fn close(open: &mut Vec<String>, name: &str) {
    let barrier = |other: &str| other == "table" && name != "table";
    let near = open.iter().rposition(|other| other == name || barrier(other));
    if let Some(near) = near.filter(|near| open[*near] == name) {
        open.truncate(near);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_is_refused_and_long_pages_are_not() {
        assert!(check(&"<div>".repeat(513)).is_err());
        assert!(check(&"<div></b>".repeat(513)).is_err());
        assert!(check(&"<div><b></div>".repeat(513)).is_err());
        assert!(check(&"<div>".repeat(512)).is_ok());
        assert!(check(&"<p>a<br><li>b<td><img src='>'>".repeat(5000)).is_ok());
        assert!(check(&"<div><span></div>".repeat(5000)).is_ok());
        assert!(check(&format!("<script>{}</script>", "'<div>'".repeat(5000))).is_ok());
        assert!(check("<<<a<!--").is_ok());
    }
}
