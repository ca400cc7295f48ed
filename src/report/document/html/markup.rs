//! Markup under construction. What is not a literal of the source enters it only cleaned and
//! escaped, so that no text of an article can become markup.

use crate::model::amount::push_digits;
use crate::report::render::clean;

/// A page as far as it is written.
#[derive(Debug, Default)]
pub(in crate::report) struct Markup(String);

impl Markup {
    /// Adds markup; a literal, never text of an article.
    pub(in crate::report) fn raw(&mut self, literal: &'static str) -> &mut Self {
        self.0.push_str(literal);
        self
    }

    /// Adds text.
    pub(in crate::report) fn text(&mut self, text: &str) -> &mut Self {
        for character in clean(text).chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(character),
            }
        }
        self
    }

    /// Adds an attribute to the element that is open.
    pub(in crate::report) fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// Adds an attribute whose value is a letter, or a link to it, and a number: that needs no quotes. A long
    /// report has a hundred thousand of them.
    pub(in crate::report) fn numbered(
        &mut self,
        name_and_letter: &'static str,
        number: u64,
    ) -> &mut Self {
        push_digits(number, 1, &mut self.raw(" ").raw(name_and_letter).0);
        self
    }

    /// Adds an element that holds text alone; its tags are literals.
    pub(in crate::report) fn element(
        &mut self,
        open: &'static str,
        text: &str,
        close: &'static str,
    ) -> &mut Self {
        self.raw(open).text(text).raw(close)
    }

    /// The page.
    pub(in crate::report) fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let mut markup = Markup::default();
        markup.raw("<p").attribute("title", "\" onclick='x'\n").raw(">");
        markup.text("<script>&\u{202e}\u{1b}]8;;").raw("</p>");
        assert_eq!(
            markup.finish(),
            "<p title=\"&quot; onclick=&#39;x&#39; \">\
             &lt;script&gt;&amp;\u{fffd}\u{fffd}]8;;</p>"
        );
    }
}
