//! Which machines are asked: what stands on the public web leads to nothing within this machine or its
//! network. It is the numbers that a name stands for which are looked at, and just those are asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// Which machines may be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// Any: a person named the address, or what stands on a machine nearby.
    #[default]
    Any,
    /// Only those of the public web.
    Public,
}

/// A name that stands for a machine which is not of the public web.
#[derive(Debug, thiserror::Error)]
#[error("{host} is at {address}")]
pub(super) struct Near {
    host: String,
    address: IpAddr,
}

/// Looks names up, and remembers whether the last one stood for a machine nearby.
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    public_only: AtomicBool,
    was_near: AtomicBool,
}

impl Guard {
    /// Lets only these be asked from now on.
    pub(super) fn allow(&self, reach: Reach) {
        self.state.public_only.store(reach == Reach::Public, Ordering::Relaxed);
    }

    /// How far what was asked last may lead.
    pub(super) fn reach_of_last(&self) -> Reach {
        let was_near = self.state.was_near.load(Ordering::Relaxed);
        if was_near { Reach::Any } else { Reach::Public }
    }

    /// Looks at an address that needs no looking up, or that a proxy looks up out of sight.
    pub(super) fn look_at(&self, url: &Url) -> Result<(), Near> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(name)) if is_localhost(name) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            _ => return Ok(()),
        };
        self.judge(url.host_str().unwrap_or_default(), &[address])
    }

    /// Looks at the numbers that a name stands for.
    fn judge(&self, host: &str, found: &[IpAddr]) -> Result<(), Near> {
        let is_near = found.iter().all(|address| !is_public(*address));
        self.state.was_near.store(is_near, Ordering::Relaxed);
        let near = found.iter().find(|address| !is_public(**address));
        match near.filter(|_| self.state.public_only.load(Ordering::Relaxed)) {
            None => Ok(()),
            Some(address) => Err(Near { host: host.to_owned(), address: *address }),
        }
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

/// Looks names up as is usual, and lets a guard look at what is found.
#[derive(Debug)]
pub(super) struct Guarded(pub(super) Guard);

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // Where a proxy asks, it is the proxy's own name that is looked up here.
        let proxy = config.proxy().and_then(|proxy| proxy.uri().host());
        if proxy.is_none() || proxy != uri.host() {
            let numbers: Vec<IpAddr> = found.iter().map(SocketAddr::ip).collect();
            let host = uri.host().unwrap_or_default();
            self.0.judge(host, &numbers).map_err(|near| ureq::Error::Other(Box::new(near)))?;
        }
        Ok(found)
    }
}

/// Whether a number stands for a machine of the public web.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// All but the blocks that the registry of special purposes keeps (RFC 6890).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && b & 0xc0 == 64)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && b & 0xfe == 18))
}

/// Those of the global block; what holds a number of the older kind is what that number is.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let within = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            within(high, low)
        }
        [0x2002, high, low, ..] => within(high, low),
        // Teredo and other protocols, then documentation.
        [0x2001, second, ..] => second > 0x1ff && second != 0xdb8,
        [first, ..] => first & 0xe000 == 0x2000 && first != 0x3fff,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_told_from_the_public_web() {
        for near in [
            "127.0.0.1",
            "127.8.9.10",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001:db8::1",
            "2001::1",
            "64:ff9b:1::1",
            "100::1",
        ] {
            assert!(!is_public(near.parse().unwrap()), "{near}");
        }
        for public in [
            "93.184.216.34",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "2001:4860:4860::8888",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn a_name_that_also_stands_for_a_machine_nearby_is_not_asked() {
        let guard = Guard::default();
        let both = ["8.8.8.8", "127.0.0.1"].map(|one| one.parse::<IpAddr>().unwrap());
        assert!(guard.judge("two.example", &both).is_ok());
        assert_eq!(guard.reach_of_last(), Reach::Public);
        guard.allow(Reach::Public);
        let refusal = guard.judge("two.example", &both).unwrap_err().to_string();
        assert_eq!(refusal, "two.example is at 127.0.0.1");
        assert!(guard.judge("two.example", &both[..1]).is_ok());
        guard.allow(Reach::Any);
        assert!(guard.judge("two.example", &both[1..]).is_ok());
        assert_eq!(guard.reach_of_last(), Reach::Any);
    }

    #[test]
    fn an_address_written_otherwise_is_the_same_address() {
        let guard = Guard::default();
        guard.allow(Reach::Public);
        for near in [
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://[::1]/",
            "http://[::ffff:a9fe:a9fe]/",
            "http://LOCALHOST./",
            "http://a.localhost:8080/",
        ] {
            assert!(guard.look_at(&Url::parse(near).unwrap()).is_err(), "{near}");
        }
        assert!(guard.look_at(&Url::parse("http://8.8.8.8/").unwrap()).is_ok());
        assert!(guard.look_at(&Url::parse("http://example.org/").unwrap()).is_ok());
    }
}
