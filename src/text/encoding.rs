//! Bytes become text: UTF-8 as it is, other encodings by mark, declaration or guess.
//! Refuses what is no text; never drops a byte unseen.

use super::ReadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// First bytes of formats that are often taken for articles.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "%PDF-"),
    (b"PK\x03\x04", "PK"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF8"),
    (b"{\\rtf", "{\\rtf"),
    (b"SQLite format 3\0", "SQLite format 3"),
    (b"\xd0\xcf\x11\xe0", "OLE2"),
];

/// How far into a document a declaration of its encoding is looked for, in bytes.
const DECLARATION_REACH: usize = 4096;

/// Decodes a document. UTF-8 comes back byte for byte, with its byte-order mark; other text is read
/// by the encoding that the server `stated`, else by the document's own word.
pub(super) fn decode(bytes: &[u8], stated: Option<&str>) -> Result<String, ReadError> {
    if let Some((_, name)) = SIGNATURES.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(ReadError::UnknownFormat { signature: (*name).to_owned() });
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => {
            encoding.decode(bytes).0.into_owned()
        }
        _ => decode_unmarked(bytes, stated)?,
    };
    if let Some(at) = text.find('\0') {
        return Err(ReadError::Binary { at, byte: 0 });
    }
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
    if text.chars().all(blank) {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

fn decode_unmarked(bytes: &[u8], stated: Option<&str>) -> Result<String, ReadError> {
    refuse_binary(bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) if is_mostly_utf8(bytes) => Ok(String::from_utf8_lossy(bytes).into_owned()),
        Err(_) => {
            let stated = stated.and_then(|label| Encoding::for_label(label.as_bytes()));
            let stated = stated.filter(|encoding| *encoding != encoding_rs::UTF_8);
            let encoding = stated.or_else(|| declared(bytes)).unwrap_or_else(|| guess(bytes));
            Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
        }
    }
}

/// A NUL, or more than one control character in fifty bytes, is no text.
fn refuse_binary(bytes: &[u8]) -> Result<(), ReadError> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(ReadError::Binary { at, byte: 0 });
    }
    let is_control = |byte: u8| matches!(byte, 1..=8 | 14..=26 | 28..=31 | 127);
    let controls = bytes.iter().filter(|byte| is_control(**byte)).count();
    if controls * 50 <= bytes.len() {
        return Ok(());
    }
    match bytes.iter().position(|byte| is_control(*byte)) {
        Some(at) => Err(ReadError::Binary { at, byte: bytes[at] }),
        None => Ok(()),
    }
}

/// Whether the bytes are UTF-8 with a few broken characters, as a cut file has.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        // Each character beyond ASCII has one leading byte.
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    let cut_at_end = std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    broken * 4 <= valid || (cut_at_end && broken == 1 && valid > 0)
}

/// The encoding that a page declares in `charset=`; UTF-8 is no answer, since the bytes are not.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_REACH)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let rest = &head[head.find(key)? + key.len()..];
        let label = rest
            .trim_start_matches(['"', '\'', ' '])
            .split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
            .next()?;
        Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != encoding_rs::UTF_8)
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_kept_byte_for_byte_with_its_mark() {
        let text = "\u{feff}Über 4 Stinger\r\n";
        assert_eq!(decode(text.as_bytes(), None).unwrap(), text);
    }

    #[test]
    fn windows_1252_and_utf_16_are_decoded() {
        let latin = b"Copenhagen donne 14 chars \xe0 l'Ukraine, a d\xe9clar\xe9 le minist\xe8re.";
        assert!(decode(latin, None).unwrap().contains("déclaré"));
        let wide: Vec<u8> = "\u{feff}Élan".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None).unwrap(), "Élan");
    }

    #[test]
    fn a_declared_encoding_is_obeyed() {
        let page = b"<meta charset=\"windows-1251\"><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>";
        assert!(decode(page, None).unwrap().contains("Привет"));
    }

    #[test]
    fn a_file_cut_inside_a_character_stays_utf8() {
        let cut = &"Zelenskyy sagte: “Danke”".as_bytes()[..26];
        assert!(std::str::from_utf8(cut).is_err());
        assert!(decode(cut, None).unwrap().starts_with("Zelenskyy sagte: “Danke"));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert_eq!(decode(b"ab\0c", None), Err(ReadError::Binary { at: 2, byte: 0 }));
        assert_eq!(decode(b"a\x01\x02", None), Err(ReadError::Binary { at: 1, byte: 1 }));
        assert_eq!(decode(b" \r\n\t", None), Err(ReadError::Empty));
        assert_eq!(decode(b"", None), Err(ReadError::Empty));
        assert!(matches!(decode(b"%PDF-1.7 ...", None), Err(ReadError::UnknownFormat { .. })));
    }
}
