//! Owners are asked what they voted: by dice thrown after the opening, by those who watch, and nothing of what they say is kept.

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use testkit::{House, on_both_stores};

use crate::{
    forging::{Forger, read, write},
    records::{opened, packed, recounts},
    story::{Cast, done, refused},
};

on_both_stores!(
    crate::story::house;
    ballots_are_drawn_by_dice_and_owners_asked,
    a_draw_is_made_once_after_the_count_by_who_watches,
);

const DICE: &str = "3526 1146 25";

async fn counted(cast: &mut Cast, house: &House) -> i64 {
    let id = cast.open(house, &[]).await;
    for (building, unit, choice) in
        [("1幢", "1幢101", "yes"), ("1幢", "1幢201", "no"), ("2幢", "2幢101", "yes")]
    {
        let code = cast.code(id, building, unit).await;
        cast.cast(&code, choice).await;
    }
    cast.sealed(house, id, "0").await;
    cast.counted(id).await;
    id
}

async fn ballots_are_drawn_by_dice_and_owners_asked(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = counted(&mut cast, &house).await;
    let door = format!("/assemblies/decisions/{id}/spot-checks");
    done(cast.observer.submit(&door, &[("seed", DICE), ("share", "10")]).await);
    let page = cast.street.get(&door).await.body;
    assert!(page.contains("3526114625") && page.contains("待回访") && page.contains("张*"), "{page}");
    assert!(!page.contains("张甲"), "names are masked");
    // Four units were voted for, fewer than forty-four: all are asked.
    assert_eq!(house.count("select count(*) as n from assemblies_spot_check_calls").await, 4);
    let place = |unit: &str| {
        let row = page.split("<strong>").find(|it| it.contains(&format!(". {unit}</strong>"))).unwrap();
        row.split('.').next().unwrap().to_owned()
    };
    let calls = format!("{door}/calls");
    let (first, second) = (place("1幢101"), place("1幢201"));
    let asked = [("place", &*first), ("outcome", "asked"), ("item-1", "yes"), ("note", "电话13800138000")];
    let before = house.rows().await;
    for (fields, words) in [
        (vec![("place", &*first), ("outcome", "asked")], "请至少选一项业主说的选择"),
        (vec![("place", &*first)], "请选择问到了、没有投过，还是联系不上"),
        (vec![("place", &*first), ("outcome", "asked"), ("item-1", "maybe")], "的选择与表决票不符"),
    ] {
        refused(&house, &before, &cast.observer.submit(&calls, &fields).await, words).await;
    }
    assert_eq!(cast.observer.submit(&calls, &[("place", "9"), ("outcome", "asked")]).await.status, 404);
    done(cast.observer.submit(&calls, &asked).await);
    let told = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(told.contains("第1版结果抽出4户，问到1户，1户与票一致，还有3户待回访"), "{told}");
    assert!(!told.contains("把握"), "nobody is sure before all were asked");
    // Somebody voted in their stead, or the ballot was changed: that is for the street.
    done(cast.street.submit(&calls, &[("place", &*second), ("outcome", "asked"), ("item-1", "yes")]).await);
    done(cast.street.submit(&calls, &[("place", &*place("1幢102")), ("outcome", "unreached")]).await);
    done(cast.street.submit(&calls, &[("place", &*place("2幢101")), ("outcome", "denied")]).await);
    let told = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(told.contains("抽出4户，问到3户，1户与票一致，2户不一致，由街道核查，1户联系不上"), "{told}");
    assert!(!told.contains("把握"), "nobody is sure of anything now");
    // What was said is compared and forgotten, wherever one looks.
    for (table, rows) in house.rows().await {
        let own = table.starts_with("assemblies_spot") || table.starts_with("store_audit");
        assert!(!own || !rows.contains("\"yes\""), "{table}: {rows}");
        assert!(!rows.contains("13800138000"), "{table}");
    }
    // Put right when the owner calls back; what it was before stands in the log.
    assert!(cast.street.get("/messages").await.body.contains("抽查回访有一户与票不一致，请核查"));
    let changed = [("place", &*second), ("outcome", "asked"), ("item-1", "no")];
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&calls, &changed).await, "更改请写明理由").await;
    let fields = [&changed[..], &[("note", "业主来电更正")]].concat();
    done(cast.street.submit(&calls, &fields).await);
    assert!(
        cast.owner.get(&format!("/assemblies/posted/{id}")).await.body.contains("2户与票一致，1户不一致")
    );
    done(
        cast.street
            .submit(
                &calls,
                &[
                    ("place", &*place("2幢101")),
                    ("outcome", "asked"),
                    ("item-1", "yes"),
                    ("note", "业主来电更正"),
                ],
            )
            .await,
    );
    let told = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(
        told.contains("1户联系不上。只按全部一致的计，如果有10%以上的票有误，这样抽查有27.1%的把握已经发现"),
        "{told}"
    );
    let json = cast.owner.get(&format!("/api/v1/assemblies/posted/{id}")).await.body;
    assert!(json.contains("27.1%的把握"), "{json}");
    let log = cast.owner.get(&format!("/assemblies/posted/{id}/log")).await.body;
    assert!(log.contains("抽查抽票") && log.matches("抽查回访").count() == 6, "{log}");
    for (who, status) in [(&cast.committee, 403), (&cast.neighborhood, 403), (&cast.next_street, 404)] {
        assert_eq!(who.submit(&calls, &asked).await.status, status);
    }
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    assert!(assemblies::verify_record(&record, None).is_ok());
    recounts(&record).unwrap();
    // What is final is not asked about any more.
    cast.at(&house, "2024-09-30T01:00:00Z").await;
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/finalize"), &[]).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.observer.submit(&calls, &asked).await, "不再抽查和登记回访").await;
    let page = cast.observer.get(&door).await.body;
    assert!(!page.contains("<summary"), "{page}");
}

async fn a_draw_is_made_once_after_the_count_by_who_watches(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let door = format!("/assemblies/decisions/{id}/spot-checks");
    let fields = [("seed", DICE), ("share", "10")];
    let before = house.rows().await;
    refused(&house, &before, &cast.observer.submit(&door, &fields).await, "计票并公示初步结果以后才能抽查")
        .await;
    let code = cast.code(id, "1幢", "1幢101").await;
    cast.cast(&code, "yes").await;
    cast.sealed(&house, id, "0").await;
    cast.counted(id).await;
    for (who, status) in [
        (&cast.committee, 403),
        (&cast.neighborhood, 403),
        (&cast.company, 403),
        (&cast.next_committee, 404),
        (&cast.next_street, 404),
    ] {
        assert_eq!(who.submit(&door, &fields).await.status, status);
        assert_eq!(who.get(&door).await.status, status);
    }
    let before = house.rows().await;
    for (seed, share, words) in [
        ("352611462", "10", "掷骰子10至60次"),
        ("3526114627", "10", "只有1到6"),
        (DICE, "7", "多大比例的错票"),
    ] {
        let answer = cast.observer.submit(&door, &[("seed", seed), ("share", share)]).await;
        assert!(answer.body.contains(&format!("value=\"{seed}\"")), "{}", answer.body);
        refused(&house, &before, &answer, words).await;
    }
    done(cast.observer.submit(&door, &fields).await);
    let before = house.rows().await;
    let again = cast.street.submit(&door, &[("seed", "1111111111"), ("share", "2")]).await;
    refused(&house, &before, &again, "第1版结果已经抽取过").await;
    // A draw that was not the dice's, or was made again until it pleased, is found by both programs though everything is signed anew.
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    let (files, forger) = (opened(&record), Forger(SigningKey::from_bytes(&house.app.vault.log_seed())));
    assert!(assemblies::verify_record(&packed(&forger.mended(files.clone())), None).is_ok());
    let forged = |change: &dyn Fn(&mut Vec<Value>)| {
        let (mut files, mut leaves) = (files.clone(), read(&files, "log.ndjson"));
        change(&mut leaves);
        for (n, leaf) in leaves.iter_mut().enumerate() {
            leaf["n"] = json!(n);
        }
        write(&mut files, "log.ndjson", &leaves);
        let heads: Vec<String> = files.keys().filter(|it| it.starts_with("checkpoints/")).cloned().collect();
        let newest = heads.last().unwrap().clone();
        let note = files[&newest].replacen(
            &format!("\n{}\n", read(&opened(&record), "log.ndjson").len()),
            &format!("\n{}\n", leaves.len()),
            1,
        );
        files.insert(newest, note);
        packed(&forger.mended(files))
    };
    let other_seed = forged(&|leaves| {
        let leaf = leaves.iter_mut().find(|it| it["kind"] == "spot_check").unwrap();
        let mut body: Value = serde_json::from_str(leaf["body"].as_str().unwrap()).unwrap();
        body["ballots"].as_array_mut().unwrap().pop();
        leaf["body"] = json!(body.to_string());
    });
    let again = forged(&|leaves| {
        let at = leaves.iter().position(|it| it["kind"] == "spot_check").unwrap();
        let leaf = leaves[at].clone();
        leaves.insert(at + 1, leaf);
    });
    for (record, words) in [(other_seed, "抽出的票不是骰子点数所定的"), (again, "不是那一版结果唯一的一次")]
    {
        let ours = assemblies::verify_record(&record, None).unwrap_err();
        assert!(ours.contains(words), "{ours}");
        let theirs = recounts(&record).unwrap_err();
        assert!(theirs.contains(words), "{theirs}");
    }
}
