//! Papers beside a vote: what explains the agenda, scans of ballot papers, pictures taken at doors.

use ed25519_dalek::SigningKey;
use kernel::{Role, Scope};
use serde_json::{Value, json};
use testkit::{House, on_both_stores};

use crate::{
    forging::{Forger, read, write},
    mandates,
    records::{packed, recounts},
    story::{Cast, done, refused},
};

on_both_stores!(
    crate::story::house;
    what_explains_the_agenda_is_everybodys_once_it_is_noticed,
    paper_is_counted_when_every_sheet_has_a_scan,
    a_paper_put_beside_the_wrong_mandate_is_taken_back_with_a_reason,
    the_paper_a_mandate_rests_on_lies_sealed_and_its_digest_stands_in_the_log,
    a_visit_is_kept_with_its_picture_and_a_mark_is_taken_back,
);

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

// covers: BJ-032
async fn what_explains_the_agenda_is_everybodys_once_it_is_noticed(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let id = cast.draft(&[]).await;
    let to = format!("/assemblies/decisions/{id}/documents");
    assert_eq!(cast.street.upload(&to, "预算.pdf", PDF).await.status, 403);
    assert_eq!(cast.next_committee.upload(&to, "预算.pdf", PDF).await.status, 404);
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.upload(&to, "预算.pdf", b"MZ\x90\x00").await, "文件没有上传")
        .await;
    done(cast.committee.upload(&to, "预算.pdf", PDF).await);
    done(cast.committee.upload(&to, "旧稿.pdf", PDF).await);
    let page = cast.committee.get(&format!("/assemblies/decisions/{id}")).await.body;
    let link = |page: &str, name: &str| {
        let before = page.split(&format!("\">{name}</a>")).next().unwrap();
        before.rsplit("href=\"").next().unwrap().to_owned()
    };
    let (kept, old) = (link(&page, "预算.pdf"), link(&page, "旧稿.pdf"));
    done(cast.committee.submit(&format!("{old}/take-away"), &[]).await);
    assert_eq!(cast.street.get(&kept).await.bytes, PDF);
    assert_eq!(cast.street.get(&old).await.status, 404);
    assert_eq!(cast.next_committee.get(&kept).await.status, 404);
    let public = kept.replace("/decisions/", "/posted/");
    assert_eq!(cast.owner.get(&public).await.status, 404, "a draft is nobody's");
    cast.reviewed(id).await;
    let notice = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &notice).await);
    assert_eq!(cast.owner.get(&public).await.bytes, PDF);
    assert!(cast.owner.get(&format!("/assemblies/posted/{id}")).await.body.contains("预算.pdf"));
    // With the notice they stand fast.
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.upload(&to, "更改.pdf", PDF).await, "已公告").await;
    let answer = cast.committee.submit(&format!("{kept}/take-away"), &[]).await;
    refused(&house, &before, &answer, "已公告").await;
    let rows = house.rows().await;
    let log = &rows.iter().find(|it| it.0 == "assemblies_log").unwrap().1;
    assert!(log.contains("预算.pdf") && !log.contains("旧稿.pdf"), "{log}");
}

async fn paper_is_counted_when_every_sheet_has_a_scan(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("scans", "yes")]).await;
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(posted.contains("每张都有扫描件才能计票"), "{posted}");
    done(cast.paper(id, "3", "1幢201", "yes", "2024-09-13").await);
    let code = cast.code(id, "1幢", "1幢101").await;
    cast.cast(&code, "yes").await;
    cast.sealed(&house, id, "1").await;
    let before = house.rows().await;
    let count = format!("/assemblies/decisions/{id}/count");
    refused(&house, &before, &cast.committee.submit(&count, &[]).await, "还有1张纸质表决票没有扫描件").await;
    let to = format!("/assemblies/decisions/{id}/sheets/3/scans");
    assert_eq!(cast.company.upload(&to, "3.pdf", PDF).await.status, 403);
    assert_eq!(cast.committee.upload(&to.replace("/3/", "/9/"), "3.pdf", PDF).await.status, 404);
    done(cast.committee.upload(&to, "3.pdf", PDF).await);
    let page = cast.committee.get(&format!("/assemblies/decisions/{id}/sheets")).await.body;
    let href = page.split("/sheets/3/scans/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(cast.committee.get(&format!("{to}/{href}")).await.bytes, PDF);
    // Whoever has the folder, or a backup of it, sees nothing.
    for file in lying(&house) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(5).any(|it| it == b"%PDF-"), "{}", file.display());
    }
    // It shows a choice: before the count neither the observer looks, nor who types other sheets.
    assert_eq!(cast.neighborhood.get(&format!("{to}/{href}")).await.bytes, PDF);
    let another =
        house.as_somebody("另一名委员", Role::OwnersCommittee, Scope::Community(cast.community)).await;
    assert_eq!(another.get(&format!("{to}/{href}")).await.status, 403);
    assert_eq!(cast.observer.get(&format!("{to}/{href}")).await.status, 403);
    cast.counted(id).await;
    assert_eq!(cast.observer.get(&format!("{to}/{href}")).await.bytes, PDF);
    assert_eq!(another.get(&format!("{to}/{href}")).await.bytes, PDF);
    assert_eq!(cast.owner.get(&format!("{to}/{href}")).await.status, 303);
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.upload(&to, "换.pdf", PDF).await, "已经计票").await;
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    assert!(assemblies::verify_record(&record, None).is_ok());
    assert!(recounts(&record).is_ok());
    // A scan that took another's place is found by both programs.
    let mut files = crate::records::opened(&record);
    let sheets = files["sheets.ndjson"].clone();
    let digest = sheets.split("\"scans\":[\"").nth(1).unwrap().split('"').next().unwrap();
    files.insert("sheets.ndjson".to_owned(), sheets.replace(digest, &"0".repeat(64)));
    let touched = crate::records::packed(&files);
    assert_eq!(assemblies::verify_record(&touched, None).unwrap_err(), "纸质票的扫描件与日志登记的不符");
    assert!(recounts(&touched).unwrap_err().contains("纸质票的扫描件与日志登记的不符"));
}

/// Every file that lies in the folder.
pub(crate) fn lying(house: &House) -> Vec<std::path::PathBuf> {
    let folders = std::fs::read_dir(house.folder().join("files")).unwrap();
    let of = |it: std::path::PathBuf| std::fs::read_dir(it).unwrap().map(|it| it.unwrap().path());
    let files: Vec<_> = folders.flat_map(|it| of(it.unwrap().path())).collect();
    assert!(!files.is_empty());
    files
}

async fn a_visit_is_kept_with_its_picture_and_a_mark_is_taken_back(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let canvass = format!("/assemblies/decisions/{id}/canvass");
    let absent = [("building", "1幢"), ("unit", "1幢101"), ("unit", "1幢102"), ("what", "absent")];
    done(cast.committee.submit(&canvass, &absent).await);
    let undo = [("building", "1幢"), ("unit", "1幢102"), ("what", "undo")];
    done(cast.committee.submit(&canvass, &undo).await);
    let page = cast.committee.get(&format!("{canvass}?building=1%E5%B9%A2")).await.body;
    assert_eq!((page.matches("联系不上　").count(), page.matches("未联系　").count()), (1, 2), "{page}");
    let visits = format!("/assemblies/decisions/{id}/visits");
    let fields = [("unit", "1幢101"), ("what", "door"), ("note", "交给本人，电话13800138000")];
    let before = house.rows().await;
    refused(
        &house,
        &before,
        &cast.committee.upload_with(&visits, &fields, "门.pdf", PDF).await,
        "只上传照片",
    )
    .await;
    for (who, status) in [(&cast.company, 403), (&cast.next_committee, 404)] {
        assert_eq!(who.upload_with(&visits, &fields, "门.jpg", b"").await.status, status);
    }
    done(cast.committee.upload_with(&visits, &fields, "门.png", testkit::PNG).await);
    let unit = cast.neighborhood.get(&format!("{visits}?unit=1%E5%B9%A2101")).await.body;
    assert!(unit.contains("凭证已送达：当面送达") && unit.contains("联系不上"), "{unit}");
    assert!(unit.contains("交给本人，电话") && !unit.contains("13800138000"), "{unit}");
    let picture = unit.split("<a href=\"").find(|it| it.contains("门口照片")).unwrap();
    let picture = picture.split('"').next().unwrap().to_owned();
    assert_eq!(cast.neighborhood.get(&picture).await.status, 200);
    assert_eq!(cast.next_committee.get(&picture).await.status, 404);
    // Whoever has voted is done with.
    let code = cast.code(id, "1幢", "1幢101").await;
    cast.cast(&code, "yes").await;
    let page = cast.committee.get(&format!("{canvass}?building=1%E5%B9%A2")).await.body;
    assert!(page.contains("已完成"), "{page}");
    let sheet =
        cast.committee.get(&format!("/assemblies/decisions/{id}/attendance?building=1%E5%B9%A2")).await.body;
    assert!(
        sheet.contains("签到表　1幢") && sheet.contains("李*、王*") && !sheet.contains("李乙"),
        "{sheet}"
    );
    let elsewhere = format!("/assemblies/decisions/{id}/attendance?building=9%E5%B9%A2");
    assert_eq!(cast.committee.get(&elsewhere).await.status, 404);
}

async fn the_paper_a_mandate_rests_on_lies_sealed_and_its_digest_stands_in_the_log(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("proxy_cap", "1")]).await;
    let code = mandates::code_in(&mandates::register(&cast, id, "1幢101", &[]).await);
    let mandate = house.count("select id as n from assemblies_mandates").await;
    let door = format!("{}/{mandate}/papers", mandates::at(id));
    for (who, status) in [(&cast.committee, 403), (&cast.company, 403), (&cast.next_committee, 404)] {
        assert_eq!(who.upload(&door, "委托书.pdf", PDF).await.status, status);
    }
    let before = house.rows().await;
    let wrong = cast.neighborhood.upload(&door, "委托书.pdf", b"PK\x03\x04").await;
    refused(&house, &before, &wrong, "文件没有上传").await;
    assert_eq!(
        cast.neighborhood.upload(&format!("{}/9/papers", mandates::at(id)), "x.pdf", PDF).await.status,
        404
    );
    done(cast.neighborhood.upload(&door, "委托书.pdf", PDF).await);
    for file in lying(&house) {
        assert!(!std::fs::read(&file).unwrap().windows(5).any(|it| it == b"%PDF-"), "{}", file.display());
    }
    let page = cast.neighborhood.get(&mandates::at(id)).await.body;
    let href = page.split(&format!("{door}/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(cast.neighborhood.get(&format!("{door}/{href}")).await.bytes, PDF);
    // A committee's member calls at doors, sees the registration, and not the certificate; a watcher does after the count.
    assert!(!cast.committee.get(&mandates::at(id)).await.body.contains("委托书.pdf"));
    assert_eq!(cast.committee.get(&format!("{door}/{href}")).await.status, 403);
    assert_eq!(cast.observer.get(&format!("{door}/{href}")).await.status, 403);
    assert_eq!(cast.next_committee.get(&format!("{door}/{href}")).await.status, 404);
    cast.cast(&code, "yes").await;
    for n in 2..=4 {
        done(cast.neighborhood.upload(&door, &format!("{n}.pdf"), PDF).await);
    }
    let before = house.rows().await;
    refused(&house, &before, &cast.neighborhood.upload(&door, "5.pdf", PDF).await, "已有4份材料").await;
    let ended = [("mandate", mandate.to_string()), ("reason", "委托人撤回".to_owned())];
    let ended = ended.each_ref().map(|it| (it.0, it.1.as_str()));
    done(cast.neighborhood.submit(&format!("{}/end", mandates::at(id)), &ended).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.neighborhood.upload(&door, "6.pdf", PDF).await, "已终止，不能再补材料")
        .await;
    cast.sealed(&house, id, "0").await;
    cast.counted(id).await;
    assert_eq!(cast.observer.get(&format!("{door}/{href}")).await.bytes, PDF);
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    let files = crate::records::opened(&record);
    assert_eq!(files["log.ndjson"].matches("mandate_paper").count(), 4);
    assert!(assemblies::verify_record(&record, None).is_ok() && recounts(&record).is_ok());
    // Two owners' proxies said to be one person, signed anew: both programs count them.
    let forger = Forger(SigningKey::from_bytes(&house.app.vault.log_seed()));
    let (mut forged, mut leaves) = (files.clone(), read(&files, "log.ndjson"));
    let made = leaves.iter_mut().find(|it| it["kind"] == "mandate_paper").unwrap();
    let mandate = read(&files, "log.ndjson").into_iter().find(|it| it["kind"] == "mandate").unwrap();
    let mut body: Value = serde_json::from_str(mandate["body"].as_str().unwrap()).unwrap();
    (body["mandate"], body["unit"]) = (json!("9"), json!("2幢101"));
    (made["kind"], made["body"]) = (json!("mandate"), json!(body.to_string()));
    write(&mut forged, "log.ndjson", &leaves);
    let forged = packed(&forger.mended(forged));
    let words = "同一名受托人代表的业主超过公告写明的1名";
    assert!(assemblies::verify_record(&forged, None).unwrap_err().contains(words));
    assert!(recounts(&forged).unwrap_err().contains(words));
    // What the committee calls at doors with is not what it may open, counted or not.
    assert_eq!(cast.committee.get(&format!("{door}/{href}")).await.status, 403);
    assert_eq!(cast.street.get(&format!("{door}/{href}")).await.bytes, PDF);
}

async fn a_paper_put_beside_the_wrong_mandate_is_taken_back_with_a_reason(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("proxy_cap", "1")]).await;
    mandates::register(&cast, id, "1幢101", &[]).await;
    let mandate = house.count("select id as n from assemblies_mandates").await;
    let door = format!("{}/{mandate}/papers", mandates::at(id));
    done(cast.neighborhood.upload(&door, "别家的委托书.pdf", PDF).await);
    let file = house.count("select id as n from files_attachments where slot = 'mandate'").await;
    let back = format!("{door}/{file}/take-back");
    let before = house.rows().await;
    refused(&house, &before, &cast.neighborhood.submit(&back, &[]).await, "请写明撤下的理由").await;
    let why = [("reason", "传错了房屋")];
    for (who, status) in [(&cast.committee, 403), (&cast.observer, 403), (&cast.next_committee, 404)] {
        assert_eq!(who.submit(&back, &why).await.status, status);
    }
    let elsewhere = format!("{}/9/papers/{file}/take-back", mandates::at(id));
    assert_eq!(cast.neighborhood.submit(&elsewhere, &why).await.status, 404);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    done(cast.neighborhood.submit(&back, &why).await);
    let page = cast.neighborhood.get(&mandates::at(id)).await.body;
    assert!(!page.contains("别家的委托书"), "{page}");
    assert_eq!(cast.neighborhood.get(&format!("{door}/{file}")).await.status, 404);
    assert_eq!(cast.neighborhood.submit(&back, &why).await.status, 404, "only once");
    done(cast.neighborhood.upload(&door, "委托书.pdf", PDF).await);
    cast.sealed(&house, id, "0").await;
    cast.counted(id).await;
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    let log = &crate::records::opened(&record)["log.ndjson"];
    assert_eq!((log.matches("\"mandate_paper\"").count(), log.matches("mandate_paper_end").count()), (2, 1));
    assert!(assemblies::verify_record(&record, None).is_ok() && recounts(&record).is_ok());
}
