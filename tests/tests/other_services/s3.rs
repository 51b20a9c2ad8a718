//! S3: rest-xml, and bodies of any length.

use crate::{relay::Relay, settings};
use http_body::{Body, Frame, SizeHint};
use myrina::{ByteStream, Bytes, Client, error::ServiceError, lens::OptionalLens as _};
use myrina_test_services::s3::{
    errors::{NoSuchBucket, NoSuchKey},
    get_object::GetObject,
    list_objects_v2::ListObjectsV2,
    put_object::PutObject,
};
use myrina_tests::{BoxError, ministack::Ministack};
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::mpsc::{Receiver, channel};

const BUCKET: &str = "pictures";
/// A key with what has to be encoded, and what has not.
const KEY: &str = "cats/größe +&%20(1)~.bin";
const PIECE: usize = 64 << 10;
const PIECES: usize = 128;
const LENGTH: usize = PIECE * PIECES;
/// The most that may be between the one end and the other: buffers of the client, of the relay and of the system's sockets.
const UNDER_WAY: usize = LENGTH / 2;

/// A piece that no other is equal to.
fn piece(number: usize) -> Bytes {
    (0..PIECE)
        .map(|index| ((index * 31 + number * 7) >> (number % 3)).to_le_bytes()[0])
        .collect::<Vec<_>>()
        .into()
}

/// A body of a known length whose pieces come through a channel.
struct Fed(Receiver<Bytes>);

impl Body for Fed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(LENGTH as u64)
    }
}

/// 8 MiB as a round trip, never more than half of them under way: the rest is not made before the server has what is before it,
/// and not let through before the caller has what is before it. Who collected a body would wait for ever.
pub(super) async fn streams_both_ways(server: &Ministack) -> Result<(), BoxError> {
    server.ask("s3", &format!("PUT /{BUCKET}"), "", "").await?;
    let relay = Relay::start(&server.endpoint, UNDER_WAY).await?;
    let client = settings(server).endpoint_url(&relay.url).build()?;

    let (sender, receiver) = channel(1);
    let mut sent = relay.sent.clone();
    let source = tokio::spawn(async move {
        for number in 0..PIECES {
            sent.wait_for(|sent| sent + UNDER_WAY > number * PIECE).await?;
            sender.send(piece(number)).await?;
        }
        Ok::<_, BoxError>(())
    });
    let put = PutObject::new(BUCKET, KEY)
        .body(ByteStream::from_body(Fed(receiver)))
        .content_type("image/x-cat")
        .metadata([("album", "cats")]);
    let stored = client.send(put).await?;
    source.await??;
    assert!(*relay.sent.borrow() > LENGTH);
    assert!(stored.e_tag.is_some_and(|tag| tag.len() == 34), "an MD5 sum in quotation marks");

    let mut object = client.send(GetObject::new(BUCKET, KEY)).await?;
    assert_eq!(object.content_length, Some(i64::try_from(LENGTH)?));
    assert_eq!(object.content_type.as_deref(), Some("image/x-cat"));
    assert_eq!(object.metadata.ok_or("no metadata")?["album"], "cats");
    let mut expected = (0..PIECES).flat_map(piece);
    let (mut length, mut largest) = (0, 0);
    while let Some(chunk) = object.body.next().await.transpose()? {
        assert!(
            expected.by_ref().take(chunk.len()).eq(chunk.iter().copied()),
            "within {} bytes from {length}",
            chunk.len()
        );
        (length, largest) = (length + chunk.len(), largest.max(chunk.len()));
        relay.allowed.add_permits(chunk.len());
    }
    assert_eq!(length, LENGTH);
    assert!(largest < UNDER_WAY, "{largest}");

    let part = client.send(GetObject::new(BUCKET, KEY).range("bytes=10-19")).await?;
    assert_eq!(part.content_range, Some(format!("bytes 10-19/{LENGTH}")));
    assert_eq!(part.body.collect().await?, piece(0).slice(10..20));
    Ok(())
}

pub(super) async fn lists_page_by_page(client: &Client) -> Result<(), BoxError> {
    for key in ["dogs/1", "dogs/2", "fish"] {
        client.send(PutObject::new(BUCKET, key).body(ByteStream::from(key))).await?;
    }
    let (mut keys, mut token) = (Vec::new(), None);
    loop {
        let mut request = ListObjectsV2::new(BUCKET).max_keys(3);
        request.continuation_token = token;
        let page = client.send(request).await?;
        assert!(page.key_count.is_some_and(|count| count <= 3), "{page:?}");
        keys.extend(page.contents.into_iter().flatten().map(|object| (object.key, object.size)));
        token = page.next_continuation_token;
        assert_eq!(page.is_truncated, Some(token.is_some()));
        if token.is_none() {
            break;
        }
    }
    let expected = [(KEY, i64::try_from(LENGTH)?), ("dogs/1", 6), ("dogs/2", 6), ("fish", 4)];
    assert_eq!(keys, expected.map(|(key, size)| (Some(key.to_owned()), Some(size))));

    let folders = client.send(ListObjectsV2::new(BUCKET).delimiter("/")).await?;
    let prefixes: Vec<_> =
        folders.common_prefixes.into_iter().flatten().map(|common| common.prefix).collect();
    assert_eq!(prefixes, [Some("cats/".to_owned()), Some("dogs/".to_owned())]);
    Ok(())
}

pub(super) async fn refuses(client: &Client) -> Result<(), BoxError> {
    let error = client.send(GetObject::new(BUCKET, "no such key")).await.err().ok_or("not rejected")?;
    assert!(NoSuchKey::IN_ERROR.preview(&error).is_some(), "{error}");
    assert_eq!(error.service().map(ServiceError::status), Some(404));
    assert!(error.request_id().is_some_and(|id| !id.is_empty()), "{error}");
    let error = client.send(ListObjectsV2::new("no-such-bucket")).await.err().ok_or("not rejected")?;
    assert!(NoSuchBucket::IN_ERROR.preview(&error).is_some(), "{error}");
    Ok(())
}
