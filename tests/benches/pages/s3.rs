//! S3's `ListObjectsV2`: 1,000 objects.

use super::{
    Comparison, Page, noise,
    xml::{self, Moment, shapes},
};
use myrina_test_services::s3::list_objects_v2::ListObjectsV2;
use std::fmt::Write as _;

pub(super) fn list_objects() -> [Comparison; 2] {
    let page = Page {
        name: "S3 ListObjectsV2, 1,000 objects, rest-xml",
        text: page().into_bytes(),
        library: "quick-xml",
        read: xml::read::<ListBucketResult>,
        write: |page| xml::write("ListBucketResult", page),
    };
    page.compare::<ListObjectsV2>()
}

fn page() -> String {
    let mut page = concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">",
        "<Name>measurements-eu-central-1</Name><Prefix>raw/2024/</Prefix><NextContinuationToken>1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/",
        "wm36Hy4vbOwM=</NextContinuationToken><KeyCount>1000</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>true</IsTruncated>"
    )
    .to_owned();
    for index in 0..1000 {
        let chance = noise(index);
        let (hour, minute, second, milli) =
            (chance % 24, chance / 24 % 60, chance / 1440 % 60, chance % 1000);
        let (tag, other, size) = (noise(index + 9999), noise(index + 7777), chance % 50_000_000);
        write!(
            page,
            "<Contents><Key>raw/2024/{:02}/sensor-{:05}/part-{index:05}.parquet</Key>\
             <LastModified>2024-05-{:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z</LastModified>\
             <ETag>&quot;{tag:016x}{other:016x}&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>\
             <ChecksumType>FULL_OBJECT</ChecksumType><Size>{size}</Size><StorageClass>STANDARD</StorageClass></Contents>",
            1 + index / 100,
            chance % 100_000,
            1 + chance % 28,
        )
        .expect("memory");
    }
    page + "</ListBucketResult>"
}

shapes! {
    ListBucketResult {
        is_truncated: bool = "IsTruncated";
        contents: Vec<Object> = "Contents";
        name: String = "Name";
        prefix: String = "Prefix";
        delimiter: String = "Delimiter";
        max_keys: i32 = "MaxKeys";
        common_prefixes: Vec<CommonPrefix> = "CommonPrefixes";
        encoding_type: String = "EncodingType";
        key_count: i32 = "KeyCount";
        continuation_token: String = "ContinuationToken";
        next_continuation_token: String = "NextContinuationToken";
        start_after: String = "StartAfter";
    }
    Object {
        key: String = "Key";
        last_modified: Moment = "LastModified";
        e_tag: String = "ETag";
        checksum_algorithm: Vec<String> = "ChecksumAlgorithm";
        checksum_type: String = "ChecksumType";
        size: i64 = "Size";
        storage_class: String = "StorageClass";
        owner: Owner = "Owner";
        restore_status: RestoreStatus = "RestoreStatus";
    }
    CommonPrefix {
        prefix: String = "Prefix";
    }
    Owner {
        display_name: String = "DisplayName";
        id: String = "ID";
    }
    RestoreStatus {
        is_restore_in_progress: bool = "IsRestoreInProgress";
        restore_expiry_date: Moment = "RestoreExpiryDate";
    }
}
