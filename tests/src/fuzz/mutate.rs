//! Reproducible mutations of inputs.

/// Pieces that mean something to some reader.
const PIECES: [&[u8]; 40] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b":",
    b",",
    b"null",
    b"true",
    b"1e999",
    b"-0",
    b"99999999999999999999",
    b"9223372036854775808",
    b"<",
    b">",
    b"</",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"&b;",
    b"&#0;",
    b"&#x110000;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<?x?>",
    b"xmlns:x=\"y\"",
    b"%",
    b"%ff",
    b"&",
    b"=",
    b"+",
    b"\xff",
    b"\xed\xa0\x80",
    b"\x00",
    b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xbf",
    b"\x7f\xff\xff\xff",
    b"\n",
];

/// Pieces that lead one level deeper.
const DEEPER: [&[u8]; 8] =
    [b"[", b"{\"one\":", b"{\"thing\":", b"<one>", b"\x81", b"\xa1\x63one", b"a.1.", b"<ul><li>"];

/// An endless row of changed inputs.
#[derive(Debug)]
pub struct Mutations<'a> {
    inputs: &'a [Vec<u8>],
    state: u64,
}

impl<'a> Mutations<'a> {
    /// Changes of these.
    pub fn of(inputs: &'a [Vec<u8>]) -> Self {
        Self { inputs, state: 0x9e37_79b9_7f4a_7c15 }
    }

    /// A number below `end`, which is at least 1.
    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 8).unwrap_or_default() % end.max(1)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let (place, end) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
        let (start, end) = (place.min(end), place.max(end).min(place + 64));
        let end = end.max(start);
        match self.below(9) {
            0 => bytes.truncate(place),
            1 => _ = bytes.drain(start..end),
            2 => {
                let part = bytes[start..end].to_vec();
                bytes.splice(place..place, part);
            }
            3 => {
                let piece = self.pick(&DEEPER);
                let piece = piece.repeat(1 + self.below(300));
                bytes.splice(place..place, piece);
            }
            4 => {
                let other = self.below(self.inputs.len());
                let other = &self.inputs[other];
                let (from, to) = (self.below(other.len() + 1), self.below(other.len() + 1));
                bytes.splice(start..end, other[from.min(to)..from.max(to)].iter().copied());
            }
            5 | 6 => {
                let piece = self.pick(&PIECES);
                bytes.splice(start..start, piece.iter().copied());
            }
            7 => {
                let piece = self.pick(&PIECES);
                bytes.splice(start..end, piece.iter().copied());
            }
            _ => {
                let byte = u8::try_from(self.below(256)).unwrap_or_default();
                if let Some(place) = bytes.get_mut(place) {
                    *place = byte;
                }
            }
        }
    }
}

impl Iterator for Mutations<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let index = self.below(self.inputs.len());
        let mut bytes = self.inputs.get(index)?.clone();
        for _ in 0..=self.below(4) {
            self.change(&mut bytes);
        }
        Some(bytes)
    }
}
