//! A second machine watches the log: what it reads is public, what it signs is checked, and a record tells whether it did.

use assemblies::witness::{Hash, cosign, grew, head_of};
use ed25519_dalek::SigningKey;
use testkit::{House, on_both_stores};

use crate::{
    records::{opened, packed, recounts},
    story::{Cast, done, refused},
};

on_both_stores!(
    crate::story::house;
    a_witness_follows_the_log_and_the_record_says_so,
    a_witness_is_registered_by_the_street_before_the_seal,
    a_receipt_is_kept_as_a_file,
);

const NAME: &str = "jiedao.example";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn public(key: &SigningKey) -> String {
    key.verifying_key().as_bytes().iter().map(|it| format!("{it:02x}")).collect()
}

async fn registered(cast: &Cast, id: i64) {
    let fields = [("name", NAME), ("key", &public(&key()))];
    done(cast.street.submit(&format!("/assemblies/decisions/{id}/witnesses"), &fields).await);
}

/// The newest head as somebody without a name reads it, and every leaf hash under it.
async fn read(house: &House, id: i64) -> (String, Vec<Hash>) {
    let anybody = house.as_stranger();
    let note = anybody.get(&format!("/assemblies/posted/{id}/checkpoint")).await;
    assert_eq!(note.status, 200, "{}", note.body);
    let head = note.body.split("\n\n").next().unwrap().to_owned() + "\n";
    let size = head_of(&head, &format!("jiayuan/vote/{id}")).unwrap().size;
    let tile = anybody.get(&format!("/assemblies/posted/{id}/tile/0/000.p/{size}")).await;
    assert_eq!(tile.status, 200, "{}", tile.body);
    let leaves: Vec<Hash> = tile.bytes.chunks(32).map(|it| it.try_into().unwrap()).collect();
    (head, leaves)
}

async fn a_witness_follows_the_log_and_the_record_says_so(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    registered(&cast, id).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    cast.cast(&code, "yes").await;
    cast.sealed(&house, id, "0").await;
    let (early, leaves) = read(&house, id).await;
    let before = head_of(&early, &format!("jiayuan/vote/{id}")).unwrap();
    assert_eq!(grew(None, &before, &leaves), Ok(()));
    cast.counted(id).await;
    let to = format!("/assemblies/decisions/{id}/record");
    // Nobody watched: the record is not taken for a watched one.
    let alone = cast.observer.submit(&to, &[]).await.bytes;
    assert_eq!(
        assemblies::verify_record(&alone, None).unwrap_err(),
        format!("见证{NAME}没有联署封票以后的检查点")
    );
    let (head, leaves) = read(&house, id).await;
    let now = head_of(&head, &format!("jiayuan/vote/{id}")).unwrap();
    assert!(before.size < now.size);
    assert_eq!(grew(Some(&before), &now, &leaves), Ok(()));
    let line = cosign(&key(), NAME, &head, 1_726_900_000);
    let size = now.size.to_string();
    let door = format!("/assemblies/posted/{id}/cosignatures");
    let anybody = house.as_stranger();
    let state = house.rows().await;
    let other = cosign(&SigningKey::from_bytes(&[8; 32]), NAME, &head, 1_726_900_000);
    for (size, line) in [(&*size, &*other), ("1", &line), ("99", &line), ("", &line), (&size, "")] {
        let answer = anybody.submit(&door, &[("size", size), ("line", line)]).await;
        refused(&house, &state, &answer, "签名与检查点不符").await;
    }
    for _ in 0..2 {
        assert_eq!(anybody.submit(&door, &[("size", &size), ("line", &line)]).await.status, 200);
    }
    // Sent again it changes nothing, not even what is written down about it.
    let told = "select count(*) as n from store_audit where event = 'assemblies.cosigned'";
    assert_eq!(house.count(told).await, 1);
    assert_eq!(house.count("select count(*) as n from assemblies_cosignatures").await, 1);
    let log = anybody.get(&format!("/assemblies/posted/{id}/log")).await.body;
    assert!(log.contains(&format!("联署了前{size}条")) && log.contains(NAME), "{log}");
    let record = cast.observer.submit(&to, &[]).await.bytes;
    assert_eq!(assemblies::verify_record(&record, None).unwrap().witnesses, 1);
    assert!(recounts(&record).is_ok());
    // A witness that fell behind is told of as it stood, however much the others have signed since.
    let ahead = "insert into assemblies_cosignatures (tenant, decision, size, name, line, at) values ($1, $2, $3, 'other.example', 'x', 0)";
    house
        .given(move |tx| {
            for size in 1000..1030_i64 {
                tx.change(ahead, &[1_i64.into(), id.into(), size.into()])?;
            }
            Ok(())
        })
        .await;
    let log = anybody.get(&format!("/assemblies/posted/{id}/log")).await.body;
    assert!(log.contains(&format!("联署了前{size}条")), "{log}");
    // A line that was touched is no line.
    let mut files = opened(&record);
    let lines = files["cosignatures.ndjson"].replace("\"size\":", "\"size\":1");
    files.insert("cosignatures.ndjson".to_owned(), lines);
    assert!(assemblies::verify_record(&packed(&files), None).unwrap_err().contains("没有联署"));
}

async fn a_witness_is_registered_by_the_street_before_the_seal(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let door = format!("/assemblies/decisions/{id}/witnesses");
    let hex = public(&key());
    let fields = [("name", NAME), ("key", &*hex)];
    for (who, status) in [(&cast.company, 403), (&cast.committee, 403), (&cast.next_committee, 404)] {
        assert_eq!(who.submit(&door, &fields).await.status, status);
    }
    assert_eq!(house.as_stranger().submit(&door, &fields).await.status, 303);
    assert_eq!(house.count("select count(*) as n from assemblies_witnesses").await, 0);
    let before = house.rows().await;
    for (name, key, words) in [
        ("街道", &*hex, "名称用3至60个字母"),
        (NAME, "12", "64位十六进制数字"),
        (NAME, &format!("02{}", "0".repeat(62)), "64位十六进制数字"),
        // A point of small order: every message has a signature of it.
        (NAME, &format!("01{}", "0".repeat(62)), "64位十六进制数字"),
    ] {
        let answer = cast.street.submit(&door, &[("name", name), ("key", key)]).await;
        assert!(answer.body.contains(words) && answer.body.contains(name), "{}", answer.body);
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    done(cast.street.submit(&door, &fields).await);
    assert!(cast.street.submit(&door, &fields).await.body.contains("已经登记"));
    let log = house.as_stranger().get(&format!("/assemblies/posted/{id}/log")).await.body;
    assert!(log.contains("还没有联署") && log.contains(&hex) && !log.contains("登记见证</summary>"), "{log}");
    // A key nobody has keeps no record waiting: the street takes it back, and the log tells both.
    let lost = [("name", "lost.example"), ("key", &*hex)];
    done(cast.street.submit(&door, &lost).await);
    let end = format!("{door}/end");
    assert_eq!(cast.committee.submit(&end, &lost[..1]).await.status, 403);
    assert_eq!(cast.street.submit(&end, &[("name", "nobody.example")]).await.status, 404);
    done(cast.street.submit(&end, &lost[..1]).await);
    let log = house.as_stranger().get(&format!("/assemblies/posted/{id}/log")).await.body;
    assert!(log.contains("撤销见证") && !log.contains("lost.example"), "{log}");
    cast.sealed(&house, id, "0").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&end, &[("name", NAME)]).await, "封票之前").await;
    let late = cast.street.submit(&door, &[("name", "late.example"), ("key", &*hex)]).await;
    refused(&house, &before, &late, "封票之前").await;
}

async fn a_receipt_is_kept_as_a_file(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    cast.cast(&code, "yes").await;
    cast.sealed(&house, id, "0").await;
    let anybody = house.as_stranger();
    let log = opened(&{
        cast.counted(id).await;
        cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes
    });
    let ballot = log["log.ndjson"].lines().find(|it| it.contains("\"ballot\"")).unwrap();
    let leaf: serde_json::Value = serde_json::from_str(ballot).unwrap();
    let n = leaf["n"].as_i64().unwrap();
    let hash = leaf["body"].as_str().unwrap();
    let file = anybody.get(&format!("/assemblies/posted/{id}/receipt.json?n={n}&hash={hash}")).await;
    assert_eq!(file.status, 200, "{}", file.body);
    let file = file.json();
    assert_eq!((&file["n"], &file["format"]), (&leaf["n"], &"jiayuan-receipt/1".into()));
    assert!(file["proof"].is_array() && file["note"].as_str().unwrap().starts_with("jiayuan/vote/"));
    let page = anybody.get("/assemblies/receipt-check.html").await;
    assert_eq!(page.status, 200);
    // It is kept and opened without a network: nothing in it is fetched from anywhere.
    for word in ["src=", "href=", "fetch(", "import ", "http"] {
        assert!(!page.body.contains(word), "{word}");
    }
    assert_eq!(
        anybody.get(&format!("/assemblies/posted/{id}/receipt.json?n=9999&hash={hash}")).await.status,
        404
    );
}
