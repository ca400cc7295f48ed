//! Fields one after the other in a single text, as folios hold them: whoever needs only some passes over the
//! others.
//!
//! Before a field stands its length and one, five bits a letter with the lowest first, from `@` on where more
//! follow and from the blank on where none does; a blank alone where it is not stated. So all of it is text,
//! and is looked at but once.

/// What is wrong with a text of fields that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a folio ends too early, expected one that verify --rebuild writes")]
pub struct Damaged;

/// The fields that are not read yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fields<'a>(pub &'a str);

/// Adds a field to a text of fields.
pub fn push(field: Option<&str>, out: &mut String) {
    let mut length = field.map_or(0, |field| field.len() + 1);
    while length > 0x1f {
        out.push(letter(0x40, length));
        length >>= 5;
    }
    out.push(letter(0x20, length));
    out.push_str(field.unwrap_or_default());
}

/// The letter that holds the lowest five bits.
fn letter(first: u8, length: usize) -> char {
    char::from(first | u8::try_from(length & 0x1f).unwrap_or_default())
}

impl<'a> Fields<'a> {
    /// The next field, where it is stated. Most are short: of those one letter is the length.
    #[inline]
    pub fn field(&mut self) -> Result<Option<&'a str>, Damaged> {
        let (length, start) = match self.0.as_bytes().first() {
            Some(letter @ 0x20..0x40) => (usize::from(letter & 0x1f), 1),
            _ => self.long()?,
        };
        let rest = self.0.get(start..).ok_or(Damaged)?;
        let Some(length) = length.checked_sub(1) else {
            self.0 = rest;
            return Ok(None);
        };
        let (field, rest) = rest.split_at_checked(length).ok_or(Damaged)?;
        self.0 = rest;
        Ok(Some(field))
    }

    /// A length of several letters, and how many they are.
    fn long(&self) -> Result<(usize, usize), Damaged> {
        let (mut length, mut place) = (0_usize, 0_u32);
        for letter in self.0.bytes() {
            length |= usize::from(letter & 0x1f).checked_shl(place * 5).ok_or(Damaged)?;
            place += 1;
            match letter {
                0x20..0x40 => return Ok((length, place as usize)),
                0x40..0x60 => {}
                _ => break,
            }
        }
        Err(Damaged)
    }

    /// A field that is always stated.
    #[inline]
    pub fn text(&mut self) -> Result<&'a str, Damaged> {
        self.field()?.ok_or(Damaged)
    }

    /// The fields that stand in the next one.
    pub fn part(&mut self) -> Result<Self, Damaged> {
        self.text().map(Self)
    }

    /// Whether all are read.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What `read` makes of the fields, again and again to their end.
    pub fn each<T>(
        mut self,
        read: impl Fn(&mut Self) -> Result<T, Damaged>,
    ) -> impl Iterator<Item = Result<T, Damaged>> {
        std::iter::from_fn(move || {
            if self.is_empty() {
                return None;
            }
            let one = read(&mut self);
            if one.is_err() {
                self.0 = "";
            }
            Some(one)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_any_length_come_back_and_a_damaged_text_is_refused() {
        let long = "é".repeat(20_000);
        let fields = [Some(""), None, Some("a"), Some(&long[..30]), Some(&long[..32]), Some(&long)];
        let mut content = String::new();
        for field in fields {
            push(field, &mut content);
        }
        let mut read = Fields(&content);
        for field in fields {
            assert_eq!(read.field().unwrap(), field);
        }
        assert!(read.is_empty() && read.field().is_err());
        content.pop();
        let mut read = Fields(&content);
        assert!((0..6).any(|_| read.field().is_err()));
        assert_eq!(Fields(&content).each(Fields::field).filter(Result::is_err).count(), 1);
        let ends_within_a_letter = "\"é";
        let endless = "_".repeat(40);
        for damaged in ["a", "\"", ends_within_a_letter, &endless, "\u{1}"] {
            assert!(Fields(damaged).field().is_err(), "{damaged}");
        }
    }
}
