//! A web server on the loopback address, which answers what a test tells it and keeps what it was
//! asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// What is answered under a path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// How many bytes are promised, where it is not the truth.
    promised: Option<usize>,
}

impl Reply {
    pub(crate) fn page(body: impl Into<Vec<u8>>) -> Self {
        Self::of("text/html; charset=utf-8", body)
    }

    pub(crate) fn feed(body: impl Into<Vec<u8>>) -> Self {
        Self::of("application/xml", body)
    }

    pub(crate) fn of(kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", body: body.into(), ..Self::default() }.with("Content-Type", kind)
    }

    pub(crate) fn status(status: &'static str) -> Self {
        Self { status, ..Self::default() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Promises more than comes.
    pub(crate) fn cut(self, promised: usize) -> Self {
        Self { promised: Some(promised), ..self }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The same, or that nothing changed, as the request's headers ask.
    fn answer(&self, asked: &Asked) -> Self {
        let is_known = |validator: &str, condition: &str| {
            let known = self.header(validator);
            known.is_some() && asked.headers.get(condition).map(String::as_str) == known
        };
        if is_known("ETag", "if-none-match") || is_known("Last-Modified", "if-modified-since") {
            return Self { status: "304 Not Modified", ..Self::default() };
        }
        self.clone()
    }
}

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    /// Its headers, names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
struct State {
    replies: BTreeMap<String, Reply>,
    asked: Vec<Asked>,
    is_over: bool,
}

/// The server; it ends when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.lock().unwrap().is_over {
                    break;
                }
                // Who asks may hang up where it has read enough.
                let _ = serve(stream.unwrap(), &shared);
            }
        });
        Self { address, state, thread: Some(thread) }
    }

    /// What is answered under this path from now on.
    pub(crate) fn set(&self, path: &str, reply: Reply) -> &Self {
        self.state.lock().unwrap().replies.insert(path.to_owned(), reply);
        self
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked since the last time.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }

    /// The paths that were asked since the last time, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.asked().into_iter().map(|asked| asked.path).collect();
        paths.sort();
        paths
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.lock().unwrap().is_over = true;
        // Wakes the thread, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let asked = Asked { path, headers };
    let reply = {
        let mut state = state.lock().unwrap();
        let reply = state.replies.get(&asked.path).map(|reply| reply.answer(&asked));
        state.asked.push(asked);
        reply.unwrap_or_else(|| Reply::status("404 Not Found"))
    };
    let length = reply.promised.unwrap_or(reply.body.len());
    write!(
        stream,
        "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {length}\r\n",
        reply.status
    )?;
    for (name, value) in &reply.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    stream.write_all(b"\r\n")?;
    stream.write_all(&reply.body)
}
