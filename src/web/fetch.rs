//! One GET request: http and https only, with limits on size, time and how often an address may
//! lead to another; no cookie and no referrer, and no name but the program's own.

use super::error::WebError;
use super::reach::{Guard, Guarded, Near, Reach};
use crate::model::Validators;
use std::io::{self, Read};
use std::time::{Duration, Instant};
use ureq::http::header::{CONTENT_TYPE, ETAG, LAST_MODIFIED, LOCATION};
use ureq::http::{HeaderMap, HeaderName, Response, StatusCode};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// A document has at most this many bytes, unpacked.
pub const SIZE_LIMIT: u64 = 16 * 1024 * 1024;

/// How long a whole request may take, with all addresses that lead to each other.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often an address may lead to another.
const REDIRECTS: u32 = 5;

/// A validator is at most this long; a longer one is not remembered.
const VALIDATOR_LIMIT: usize = 1000;

/// What kind of document is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Text or a web page.
    Article,
    /// A feed, of which servers state all kinds of media types: its content tells.
    Feed,
}

impl Wanted {
    const fn accept(self) -> &'static str {
        match self {
            Self::Article => "text/html, application/xhtml+xml, text/plain;q=0.9",
            Self::Feed => {
                "application/rss+xml, application/atom+xml, application/feed+json, \
                 application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
            }
        }
    }

    fn takes(self, media_type: &str) -> bool {
        match self {
            Self::Article => {
                media_type.starts_with("text/") || media_type == "application/xhtml+xml"
            }
            Self::Feed => true,
        }
    }
}

/// A document as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
    /// The address that sent it: the last one, where addresses led to each other.
    pub address: String,
    /// The encoding of its text, where the server states one.
    pub charset: Option<String>,
    /// By which the server knows this version.
    pub validators: Validators,
    /// How far it may lead: the machine that was asked first is nearby, or of the public web.
    pub reach: Reach,
}

/// What the server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The document is as it was.
    Unchanged,
    /// The document.
    Document(Fetched),
}

/// Reads an address as it is asked for: http or https, with a host, without a name and password,
/// which would stand in the ledger for ever, and without a place in the document.
///
/// # Errors
/// Where it is anything else.
pub fn check(address: &str) -> Result<String, WebError> {
    let mut url = Url::parse(address.trim()).map_err(|error| refused(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused(&format!("found the scheme \"{}\"", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("without a name and password"));
    }
    url.set_fragment(None);
    Ok(url.to_string())
}

fn refused(what: &str) -> WebError {
    WebError::Address { what: what.to_owned() }
}

/// Asks for a document within reach, and only for a newer version where one is known. What is of the
/// public web leads to no machine nearby.
///
/// # Errors
/// Where it does not come whole, is too large, is of another kind, or stands out of reach.
pub fn get(
    address: &str,
    known: &Validators,
    wanted: Wanted,
    reach: Reach,
) -> Result<Answer, WebError> {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("aidledger/", env!("CARGO_PKG_VERSION")))
        .accept(wanted.accept())
        .build();
    let guard = Guard::default();
    guard.allow(reach);
    let agent = Agent::with_parts(config, DefaultConnector::default(), Guarded(guard.clone()));
    let end = Instant::now() + PATIENCE;
    let mut address = check(address)?;
    let mut known = known.clone();
    let mut first = None;
    for _ in 0..=REDIRECTS {
        let url = Url::parse(&address).map_err(|error| refused(&error.to_string()))?;
        guard.look_at(&url).map_err(|near| WebError::Near(near.to_string()))?;
        let response = ask(&agent, &address, &known, end)?;
        let reach = *first.get_or_insert_with(|| guard.reach_of_last());
        guard.allow(reach);
        match response.status() {
            StatusCode::NOT_MODIFIED if !known.is_empty() => return Ok(Answer::Unchanged),
            // "Accepted" and "no content" come with a page that says so, and not with the document.
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {
                let fetched = document(response, address, wanted)?;
                return Ok(Answer::Document(Fetched { reach, ..fetched }));
            }
            status => {
                let next = response.headers().get(LOCATION).and_then(|next| next.to_str().ok());
                let Some(next) = next.filter(|_| status.is_redirection()) else {
                    return Err(WebError::Status { status: status.to_string() });
                };
                // Where an address leads is as little trusted as what a user or a feed names.
                let next = url.join(next).map_err(|error| refused(&error.to_string()))?;
                let next = Url::parse(&check(next.as_str())?)
                    .map_err(|error| refused(&error.to_string()))?;
                if url.scheme() == "https" && next.scheme() != "https" {
                    return Err(refused("an https address leads to one without encryption"));
                }
                // By what one server knows the document says nothing to another, nor is its
                // business.
                if next.origin() != url.origin() {
                    known = Validators::default();
                }
                address = next.to_string();
            }
        }
    }
    Err(WebError::SentOn { limit: REDIRECTS })
}

fn ask(
    agent: &Agent,
    address: &str,
    known: &Validators,
    end: Instant,
) -> Result<Response<Body>, WebError> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(WebError::Slow { seconds: PATIENCE.as_secs() });
    }
    let mut request = agent.get(address).config().timeout_global(Some(left)).build();
    let conditions = [("if-none-match", &known.etag), ("if-modified-since", &known.last_modified)];
    for (name, value) in conditions {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    request.call().map_err(failed)
}

fn document(
    response: Response<Body>,
    address: String,
    wanted: Wanted,
) -> Result<Fetched, WebError> {
    let validators = Validators {
        etag: validator(response.headers(), &ETAG),
        last_modified: validator(response.headers(), &LAST_MODIFIED),
    };
    let stated = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = stated.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !media_type.is_empty() && !wanted.takes(&media_type.to_ascii_lowercase()) {
        let expected = "text or a web page";
        return Err(WebError::Kind { found: media_type.to_owned(), expected });
    }
    let charset = stated.and_then(charset);
    let mut bytes = Vec::new();
    let mut reader = response.into_body().into_reader().take(SIZE_LIMIT + 1);
    reader.read_to_end(&mut bytes).map_err(|error| broken(&error))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(WebError::TooLarge { limit: SIZE_LIMIT });
    }
    Ok(Fetched { bytes, address, charset, validators, reach: Reach::Public })
}

/// The encoding in `text/plain; charset=windows-1252`.
fn charset(media_type: &str) -> Option<String> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

/// A header that is given back as it came; one that is no plain text is not remembered.
fn validator(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (!value.is_empty() && value.len() <= VALIDATOR_LIMIT).then(|| value.to_owned())
}

fn failed(error: ureq::Error) -> WebError {
    match error {
        ureq::Error::Timeout(_) => WebError::Slow { seconds: PATIENCE.as_secs() },
        ureq::Error::HostNotFound => WebError::NoAnswer("no such host".to_owned()),
        ureq::Error::BadUri(what) => WebError::Address { what },
        ureq::Error::Io(error) => broken(&error),
        ureq::Error::Other(error) => match error.downcast::<Near>() {
            Ok(near) => WebError::Near(near.to_string()),
            Err(error) => WebError::NoAnswer(error.to_string()),
        },
        other => WebError::NoAnswer(other.to_string()),
    }
}

/// An error of a connection; the client hides its own in one of input and output.
fn broken(error: &io::Error) -> WebError {
    match error.kind() {
        io::ErrorKind::TimedOut => WebError::Slow { seconds: PATIENCE.as_secs() },
        io::ErrorKind::ConnectionRefused => WebError::NoAnswer("connection refused".to_owned()),
        _ => {
            let text = error.to_string();
            WebError::NoAnswer(text.split(" (os error").next().unwrap_or_default().to_lowercase())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_without_a_password_are_asked() {
        assert_eq!(check(" https://Example.org#top").unwrap(), "https://example.org/");
        assert_eq!(check("http://a.org/x?y=1#z").unwrap(), "http://a.org/x?y=1");
        for address in ["file:///etc/passwd", "ftp://a.org/x", "javascript:x", "data:,x", "a.org"] {
            assert!(matches!(check(address), Err(WebError::Address { .. })), "{address}");
        }
        let found = check("https://ann:secret@a.org/x").unwrap_err().to_string();
        assert!(found.ends_with("without a name and password"), "{found}");
    }

    #[test]
    fn the_encoding_is_read_from_the_media_type() {
        assert_eq!(charset("text/html; Charset=\"ISO-8859-2\"").as_deref(), Some("ISO-8859-2"));
        assert_eq!(charset("text/html; level=1"), None);
    }
}
