//! The algorithms, by their names in models.

use crate::codec::{CodecError, base64};
use http::HeaderName;
use sha2::{Sha256, Sha512};

/// An algorithm for checksums.
#[derive(Debug)]
pub(crate) struct Algorithm {
    /// The name in models and in inputs: `CRC32`.
    pub(crate) name: &'static str,
    /// The header field or trailer of the checksum.
    pub(crate) header: HeaderName,
    /// The number of bytes of a checksum.
    size: usize,
    /// The feature of the runtime that contains the algorithm; empty if it is always there.
    feature: &'static str,
    /// Starts a computation; `None` without the feature.
    start: Option<Start>,
}

type Start = fn() -> Box<dyn Hasher>;

/// A checksum that is being computed.
pub(crate) trait Hasher: Send {
    /// Takes the next bytes.
    fn update(&mut self, bytes: &[u8]);

    /// Returns the checksum.
    fn finish(self: Box<Self>) -> Vec<u8>;
}

/// The start of a computation that is behind a feature.
macro_rules! behind {
    ($feature:literal, $hasher:expr) => {{
        #[cfg(feature = $feature)]
        let start: Option<Start> = Some(|| Box::new($hasher));
        #[cfg(not(feature = $feature))]
        let start: Option<Start> = None;
        start
    }};
}

const fn algorithm(
    name: &'static str,
    header: &'static str,
    size: usize,
    feature: &'static str,
    start: Option<Start>,
) -> Algorithm {
    Algorithm { name, header: HeaderName::from_static(header), size, feature, start }
}

/// All algorithms. Of several checksums of a response, the first in this order counts that can be computed: the fast ones first.
static ALGORITHMS: [Algorithm; 10] = [
    algorithm(
        "XXHASH128",
        "x-amz-checksum-xxhash128",
        16,
        "xxhash",
        behind!("xxhash", Xxh3::<16>::default()),
    ),
    algorithm("XXHASH3", "x-amz-checksum-xxhash3", 8, "xxhash", behind!("xxhash", Xxh3::<8>::default())),
    algorithm(
        "CRC64NVME",
        "x-amz-checksum-crc64nvme",
        8,
        "crc64nvme",
        behind!("crc64nvme", CRC64NVME.digest()),
    ),
    algorithm(
        "XXHASH64",
        "x-amz-checksum-xxhash64",
        8,
        "xxhash",
        behind!("xxhash", xxhash_rust::xxh64::Xxh64::new(0)),
    ),
    algorithm("CRC32C", "x-amz-checksum-crc32c", 4, "crc32c", behind!("crc32c", CRC32C.digest())),
    algorithm(CRC32, "x-amz-checksum-crc32", 4, "", Some(|| Box::new(crc32fast::Hasher::new()))),
    algorithm("SHA1", "x-amz-checksum-sha1", 20, "sha1", behind!("sha1", Digest::<sha1::Sha1>::default())),
    algorithm("SHA256", "x-amz-checksum-sha256", 32, "", Some(|| Box::new(Digest::<Sha256>::default()))),
    algorithm("SHA512", "x-amz-checksum-sha512", 64, "", Some(|| Box::new(Digest::<Sha512>::default()))),
    algorithm("MD5", "x-amz-checksum-md5", 16, "md5", behind!("md5", Digest::<md5::Md5>::default())),
];

/// The default for requests.
pub(crate) const CRC32: &str = "CRC32";

#[cfg(feature = "crc32c")]
static CRC32C: crc::Crc<u32, crc::Table<16>> = crc::Crc::<u32, crc::Table<16>>::new(&crc::CRC_32_ISCSI);
#[cfg(feature = "crc64nvme")]
static CRC64NVME: crc::Crc<u64, crc::Table<16>> = crc::Crc::<u64, crc::Table<16>>::new(&crc::CRC_64_NVME);

impl Algorithm {
    /// All algorithms, in order of preference.
    pub(crate) fn all() -> impl Iterator<Item = &'static Self> {
        ALGORITHMS.iter()
    }

    /// Returns the algorithm with this name. Fails if there is none, or it needs a feature that is off.
    pub(crate) fn find(name: &str) -> Result<&'static Self, CodecError> {
        let found = Self::all().find(|algorithm| algorithm.name.eq_ignore_ascii_case(name));
        let found = found.ok_or_else(|| {
            let names: Vec<_> = Self::all().map(|algorithm| algorithm.name).collect();
            CodecError::expected(&format!("one of the checksum algorithms {}", names.join(", ")), name)
        })?;
        if found.start.is_none() {
            return Err(CodecError::new(format!(
                "the checksum algorithm {name} needs the feature `{0}` of the package `myrina`: `cargo add myrina --features {0}`",
                found.feature
            )));
        }
        Ok(found)
    }

    /// Starts a computation. `None` if the algorithm needs a feature that is off.
    pub(crate) fn start(&self) -> Option<Box<dyn Hasher>> {
        self.start.map(|start| start())
    }

    /// Returns the checksum of `bytes` in base64.
    pub(crate) fn of(&self, bytes: &[u8]) -> Option<String> {
        let mut hasher = self.start()?;
        hasher.update(bytes);
        Some(base64::encode(&hasher.finish()))
    }

    /// The number of characters of a checksum in base64.
    pub(crate) const fn encoded_size(&self) -> usize {
        self.size.div_ceil(3) * 4
    }

    /// Whether `value` is a checksum of this algorithm in base64. That of an object in parts may be followed by their number; it is
    /// no checksum of the body.
    pub(crate) fn is_checksum(&self, value: &str) -> bool {
        base64::decode(value).is_ok_and(|bytes| bytes.len() == self.size)
    }
}

impl Hasher for crc32fast::Hasher {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.finalize().to_be_bytes().into()
    }
}

/// A hash function of the crates of RustCrypto.
#[derive(Default)]
struct Digest<D>(D);

impl<D: sha2::Digest + Send> Hasher for Digest<D> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
}

#[cfg(feature = "crc32c")]
impl Hasher for crc::Digest<'static, u32, crc::Table<16>> {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.finalize().to_be_bytes().into()
    }
}

#[cfg(feature = "crc64nvme")]
impl Hasher for crc::Digest<'static, u64, crc::Table<16>> {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.finalize().to_be_bytes().into()
    }
}

#[cfg(feature = "xxhash")]
impl Hasher for xxhash_rust::xxh64::Xxh64 {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.digest().to_be_bytes().into()
    }
}

/// XXH3 with a result of so many bytes.
#[cfg(feature = "xxhash")]
#[derive(Default)]
struct Xxh3<const SIZE: usize>(xxhash_rust::xxh3::Xxh3Default);

#[cfg(feature = "xxhash")]
impl<const SIZE: usize> Hasher for Xxh3<SIZE> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        if SIZE == 16 {
            self.0.digest128().to_be_bytes().into()
        } else {
            self.0.digest().to_be_bytes().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::hex;

    /// The check values of the catalogue of CRCs, and what the reference implementations of the hashes return for the same text.
    const OF_DIGITS: [(&str, &str); 10] = [
        ("CRC32", "cbf43926"),
        ("CRC32C", "e3069283"),
        ("CRC64NVME", "ae8b14860a799888"),
        ("SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
        ("SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"),
        (
            "SHA512",
            "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
        ),
        ("MD5", "25f9e794323b453885f5181f1b624d0b"),
        ("XXHASH64", "8cb841db40e6ae83"),
        ("XXHASH3", "72dcb18b67a17dff"),
        ("XXHASH128", "33119477ede5dcd5e9716427681d5860"),
    ];

    #[test]
    fn known_answers() {
        for (name, expected) in OF_DIGITS {
            let algorithm = Algorithm::all().find(|algorithm| algorithm.name == name).unwrap();
            let Some(mut hasher) = algorithm.start() else {
                let error = Algorithm::find(name).unwrap_err().to_string();
                assert!(error.contains(&format!("--features {}", algorithm.feature)), "{error}");
                continue;
            };
            // In pieces as well as at once.
            for piece in ["1", "", "2345", "6789"] {
                hasher.update(piece.as_bytes());
            }
            let checksum = hasher.finish();
            assert_eq!(hex(&checksum), expected, "{name}");
            assert_eq!(checksum.len(), algorithm.size);
            let encoded = algorithm.of(b"123456789").unwrap();
            assert_eq!(encoded, base64::encode(&checksum));
            assert_eq!(encoded.len(), algorithm.encoded_size());
            assert!(algorithm.is_checksum(&encoded));
            for other in ["", "AA==", "?", &format!("{encoded}-3")] {
                assert!(!algorithm.is_checksum(other), "{name}: {other}");
            }
            assert_eq!(Algorithm::find(&name.to_lowercase()).unwrap().name, name);
        }
    }

    #[test]
    fn an_unknown_algorithm_is_an_error_that_lists_the_known_ones() {
        let error = Algorithm::find("CRC16").unwrap_err().to_string();
        assert!(error.contains("CRC64NVME") && error.ends_with("found CRC16"), "{error}");
    }
}
