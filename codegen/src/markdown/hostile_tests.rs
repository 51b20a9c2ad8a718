//! Input that nobody would write.

use super::{catalog_tests::check, from_html};
use std::time::{Duration, Instant};

#[test]
fn long_and_deep_input_takes_little_time() {
    let hostile = [
        "<".repeat(131_072),
        "<a \"".repeat(32_768),
        "<a b=\"".repeat(32_768),
        "<!--".repeat(32_768),
        "&".repeat(131_072),
        "`".repeat(131_072),
        "*_[!".repeat(32_768),
        "http://".repeat(32_768),
        "https://a.b<".repeat(32_768),
        "<ul>".repeat(20_000) + "deep" + &"</ul>".repeat(20_000),
        "<ul><li>x".repeat(20_000),
        "<note>x".repeat(20_000),
        "<dl><dt>x<dd><note><pre>y</pre>".repeat(10_000),
        "<b><i><code>x".repeat(20_000),
        "<code>x</code>".repeat(20_000),
        "<code>`</code>".repeat(20_000),
        "<i>x</i><b>y</b>".repeat(20_000),
        "<a href=https://a.b>x</a>".repeat(20_000),
        "x<br>".repeat(20_000),
        "<td>".repeat(20_000),
    ];
    for html in hostile {
        let start = Instant::now();
        let markdown = from_html(&html).join("\n");
        assert!(start.elapsed() < Duration::from_secs(10), "{:?} for {:.20}…", start.elapsed(), html);
        assert!(markdown.len() < 40 * html.len(), "{} bytes for {:.20}…", markdown.len(), html);
    }
}

/// Pieces that have a meaning in HTML or in Markdown, in any order.
#[test]
fn no_input_breaks_the_rules() {
    const PIECES: &str = "<p> </p> <b> </b> <i> </i> <code> </code> <a> <a\u{a0}href=\"https://x.y/a_b(c)\"> </a> <ul> \
        </ul> <ol> <li> </li> <note> </note> <dl> <dt> <dd> </dl> <br/> <pre> </pre> <h2> </h2> <td> a B word Foo. * ** \
        _ ` `` ``` [ ] ( ) < > \\ # ## - -- + 1. 2) == | ~~~ & &lt; &amp;lt; &#96; ! [x]: [^1] :- http:// https://a.b/c_d \
        \" ' é — € <region> \u{202e} \u{200b} \u{1} <!-- --> \n ";
    let pieces: Vec<_> = PIECES.split(' ').map(|piece| piece.replace('\u{a0}', " ")).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for _ in 0..20_000 {
        let length = next(16);
        let html: String =
            (0..length).map(|_| pieces[next(pieces.len())].clone() + [" ", ""][next(2)]).collect();
        if let Err(error) = check(&from_html(&html).join("\n")) {
            panic!("{error} in the Markdown of {html:?}:\n{}", from_html(&html).join("\n"));
        }
    }
}
