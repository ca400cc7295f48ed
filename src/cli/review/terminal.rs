//! Reads single keys and lines from the terminal. Knows nothing of what they mean.

use anyhow::Result;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io;

/// What a person types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// A character.
    Char(char),
    /// The key that leaves.
    Escape,
    /// Control and C, or the end of the input.
    Interrupt,
}

/// Where keys and lines come from: a terminal, or a script in tests.
pub(super) trait Keys {
    /// Waits for one key.
    fn key(&mut self) -> Result<Key>;

    /// Reads a line; `None` at the end of the input.
    fn line(&mut self) -> Result<Option<String>>;
}

/// The terminal of the process.
pub(super) struct Terminal;

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

impl Keys for Terminal {
    fn key(&mut self) -> Result<Key> {
        let _raw = Raw::new()?;
        loop {
            if let Event::Key(event) = read()?
                && let Some(key) = key(event)
            {
                return Ok(key);
            }
        }
    }

    fn line(&mut self) -> Result<Option<String>> {
        let mut line = String::new();
        let length = io::stdin().read_line(&mut line)?;
        Ok((length > 0).then(|| line.trim().to_owned()))
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    match event.code {
        KeyCode::Char('c' | 'd') if event.modifiers.contains(KeyModifiers::CONTROL) => {
            Some(Key::Interrupt)
        }
        KeyCode::Char(letter) => Some(Key::Char(letter)),
        KeyCode::Esc => Some(Key::Escape),
        _ => None,
    }
}
