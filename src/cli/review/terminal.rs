//! Reads single keys and lines from the terminal. Knows nothing of what they mean.

use anyhow::Result;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, poll, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::{self, Write};
use std::time::Duration;
use unicode_width::UnicodeWidthChar;

/// What a person types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// A character.
    Char(char),
    /// The key that ends a line.
    Enter,
    /// The key that takes the last character back.
    Erase,
    /// Control and U: takes the whole line back.
    Clear,
    /// The key that leaves.
    Escape,
    /// Control and C, or the end of the input.
    Interrupt,
}

/// What a person answers who is asked for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// This, which may be nothing.
    Text(String),
    /// That it was not meant.
    Cancelled,
    /// To leave at once.
    Interrupt,
}

/// Where keys and lines come from: a terminal, or a script in tests.
pub(super) trait Keys {
    /// Takes keys as they are typed from now on: what is typed as soon as a question is shown is its answer.
    fn listen(&mut self) -> Result<()>;

    /// Waits for one key.
    fn key(&mut self) -> Result<Key>;

    /// Reads a line.
    fn line(&mut self) -> Result<Line>;

    /// Drops what was typed ahead: it was meant for a question that is asked no more.
    fn forget(&mut self) -> Result<()>;
}

/// The terminal of the process.
#[derive(Default)]
pub(super) struct Terminal {
    /// Held while a question is asked.
    raw: Option<Raw>,
}

/// Lets each key come at once, without echo, and puts the terminal back when it is dropped, however
/// the reading ends.
struct Raw;

impl Raw {
    fn new() -> io::Result<Self> {
        enable_raw_mode()?;
        Ok(Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // There is nothing more to try where this fails.
        let _ = disable_raw_mode();
    }
}

impl Terminal {
    fn raw(&mut self) -> io::Result<Raw> {
        self.raw.take().map_or_else(Raw::new, Ok)
    }
}

impl Keys for Terminal {
    fn listen(&mut self) -> Result<()> {
        self.raw = Some(self.raw()?);
        Ok(())
    }

    fn key(&mut self) -> Result<Key> {
        let _raw = self.raw()?;
        next_key()
    }

    fn line(&mut self) -> Result<Line> {
        let _raw = self.raw()?;
        let (mut typed, mut out) = (String::new(), io::stdout());
        loop {
            let shown = match next_key()? {
                Key::Char(letter) => {
                    typed.push(letter);
                    letter.to_string()
                }
                Key::Erase => typed.pop().map(blank).unwrap_or_default(),
                Key::Clear => std::mem::take(&mut typed).chars().map(blank).collect(),
                Key::Enter => return ended(&mut out, Line::Text(typed.trim().to_owned())),
                Key::Escape => return ended(&mut out, Line::Cancelled),
                Key::Interrupt => return ended(&mut out, Line::Interrupt),
            };
            out.write_all(shown.as_bytes())?;
            out.flush()?;
        }
    }

    fn forget(&mut self) -> Result<()> {
        let _raw = Raw::new()?;
        while poll(Duration::ZERO)? {
            read()?;
        }
        Ok(())
    }
}

fn next_key() -> Result<Key> {
    loop {
        if let Event::Key(event) = read()?
            && let Some(key) = key(event)
        {
            return Ok(key);
        }
    }
}

/// Goes to the next line, as the terminal does not by itself while each key comes at once.
fn ended(out: &mut io::Stdout, line: Line) -> Result<Line> {
    out.write_all(b"\r\n")?;
    out.flush()?;
    Ok(line)
}

/// What takes a character off the screen.
fn blank(letter: char) -> String {
    "\u{8} \u{8}".repeat(letter.width().unwrap_or(0))
}

fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Char('c' | 'd') if control => Some(Key::Interrupt),
        KeyCode::Char('u') if control => Some(Key::Clear),
        KeyCode::Char('h') if control => Some(Key::Erase),
        // What was typed ahead, or is pasted, ends its lines so.
        KeyCode::Char('j') if control => Some(Key::Enter),
        KeyCode::Char(_) if control => None,
        // So a terminal tells the key that leaves where another one follows at once.
        KeyCode::Char(_) if event.modifiers.contains(KeyModifiers::ALT) => Some(Key::Escape),
        KeyCode::Char(letter) => Some(Key::Char(letter)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Backspace => Some(Key::Erase),
        KeyCode::Esc => Some(Key::Escape),
        _ => None,
    }
}
