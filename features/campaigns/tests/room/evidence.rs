//! 佐证材料: who may add, see and take away what, and that a file is only what its content is.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{House, on_both_stores};

use crate::story::Cast;

on_both_stores!(crate::story::house;
    evidence_is_added_while_writing_and_the_stamped_form_after,
    a_cousin_sees_no_evidence,
);

pub(crate) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";

// covers: LA-020, LA-056
async fn evidence_is_added_while_writing_and_the_stamped_form_after(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let community = cast.communities[0].to_string();
    let begun = cast
        .manager
        .submit(&format!("/campaigns/{campaign}/applications"), &[("community", &community)])
        .await;
    let path = begun.location.unwrap();
    let send = async |slot: &str, name: &str, bytes: &[u8]| {
        cast.manager.upload_with(&format!("{path}/files"), &[("slot", slot)], name, bytes).await
    };
    let before = house.rows().await;
    for (slot, bytes, words) in [
        ("g3", &b"<svg/>"[..], "这种文件不能上传"),
        ("g3", b"", "没有收到文件"),
        ("g3", b"%PDF-1.7 cut", "已损坏"),
        ("g9", PDF, "请选择这份材料证明哪一部分"),
    ] {
        let refused = send(slot, "照片.jpg", bytes).await;
        let said = refused.said() + &refused.body;
        assert!(said.contains(words), "{words}: {said}");
        assert!(refused.status != StatusCode::SEE_OTHER || said.starts_with('!'), "{said}");
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert!(send("g3", "../活动.jpg", PDF).await.said().starts_with("材料已上传"));
    let page = cast.county.get(&path).await.body;
    assert!(page.contains("活动.pdf") && page.contains("第3条"), "{page}");
    let file = house.count("select id as n from files_attachments").await;
    let shown = cast.county.get(&format!("{path}/files/{file}")).await;
    assert_eq!((shown.status, shown.body.as_bytes()), (StatusCode::OK, PDF));
    let stage = house.given(|tx| Ok(tx.given("update campaigns_applications set stage = 'submitted'")?));
    stage.await;
    assert!(send("g3", "晚了.pdf", PDF).await.said().starts_with("!申报已经提交"));
    let late = cast.manager.submit(&format!("{path}/files/{file}/take-away"), &[]).await;
    assert!(late.body.contains("申报已经提交"));
    assert!(send("sealed_form", "盖章.pdf", PDF).await.said().starts_with("材料已上传"));
    assert_eq!(house.count("select count(*) as n from files_attachments where taken_at is null").await, 2);
    house.given(|tx| Ok(tx.given("update campaigns_applications set stage = 'draft'")?)).await;
    let taken = cast.manager.submit(&format!("{path}/files/{file}/take-away"), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.county.get(&format!("{path}/files/{file}")).await.status, StatusCode::NOT_FOUND);
}

async fn a_cousin_sees_no_evidence(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.apply(campaign, 0).await;
    let path = format!("/campaigns/applications/{application}");
    let sealed = [("slot", "sealed_form")];
    let sent = cast.manager.upload_with(&format!("{path}/files"), &sealed, "盖章.pdf", PDF).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let file = house.count("select id as n from files_attachments").await;
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let rival =
        house.as_somebody("别的企业", Role::Enterprise, Scope::Enterprise(cast.other_enterprise)).await;
    let before = house.rows().await;
    for who in [&cousin, &rival] {
        assert_eq!(who.get(&format!("{path}/files/{file}")).await.status, StatusCode::NOT_FOUND);
        let put = who.upload_with(&format!("{path}/files"), &sealed, "x.pdf", PDF).await;
        assert_eq!(put.status, StatusCode::NOT_FOUND);
        let take = who.submit(&format!("{path}/files/{file}/take-away"), &[]).await;
        assert_eq!(take.status, StatusCode::NOT_FOUND);
    }
    // Another record's file is not there under this one.
    let other = cast.apply(campaign, 1).await;
    let elsewhere = format!("/campaigns/applications/{other}/files/{file}");
    assert_eq!(cast.county.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
    let stranger = house.as_stranger().get(&format!("{path}/files/{file}")).await;
    assert_eq!(stranger.location.as_deref(), Some("/accounts/sign-in"));
    assert_eq!(house.count("select count(*) as n from files_attachments").await, 1);
    assert!(house.changed_since(&before).await.contains(&"store_security_log".to_owned()));
}
