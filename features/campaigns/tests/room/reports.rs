//! 书面报告 from the draft to the city's table of who is late.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_report_is_written_handed_in_and_sent_back,
    a_cousin_reads_no_report,
);

const TEXT: [(&str, &str); 3] =
    [("section-0", "建立联席会议"), ("section-1", "老旧小区收费难"), ("section-2", "加大奖补")];

// covers: LA-025
async fn a_report_is_written_handed_in_and_sent_back(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let page = format!("/campaigns/{campaign}/reports/work-report");
    let draft = story::submit_version(&cast.county, &page, &page, &TEXT[..1]).await;
    assert_eq!(draft.status, StatusCode::SEE_OTHER, "{}", draft.body);
    let gaps = [("section-0", "建立联席会议"), ("submit", "yes")];
    let refused = story::submit_version(&cast.county, &page, &page, &gaps).await;
    assert!(refused.body.contains("请填写“存在问题”后再报送"), "{}", refused.body);
    // A draft is not the city's to read.
    let id = house.count("select id as n from campaigns_reports").await;
    assert_eq!(cast.city.get(&format!("/campaigns/reports/{id}")).await.status, StatusCode::NOT_FOUND);
    house.it_is("2024-09-16T01:00:00Z");
    let cast = cast.again(&house).await;
    let overview = cast.city.get(&format!("/campaigns/{campaign}/reports")).await.body;
    assert!(overview.contains("逾期2份") && overview.contains("逾期1天"), "{overview}");
    let all: Vec<(&str, &str)> = TEXT.into_iter().chain([("submit", "yes")]).collect();
    assert!(cast.county.submit(&page, &all).await.body.contains("别人已保存了这份报告"));
    let handed = story::submit_version(&cast.county, &page, &page, &all).await;
    assert_eq!(handed.location, Some(format!("/campaigns/reports/{id}")));
    let overview = cast.city.get(&format!("/campaigns/{campaign}/reports")).await.body;
    assert!(overview.contains("逾期1份") && overview.contains("报送，迟1天"), "{overview}");
    assert!(cast.city.get(&format!("/campaigns/reports/{id}")).await.body.contains("老旧小区收费难"));
    let paper = cast.city.get(&format!("/campaigns/reports/{id}/paper.docx")).await;
    assert_eq!(paper.status, StatusCode::OK);
    let again = cast.county.submit(&page, &all).await;
    assert!(again.body.contains("报告已经报送，不能再修改"));
    let back = format!("/campaigns/reports/{id}/send-back");
    assert_eq!(cast.county.submit(&back, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.city.submit(&back, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(cast.city.submit(&back, &[]).await.body.contains("报告还没有报送"));
    assert_eq!(story::submit_version(&cast.county, &page, &page, &all).await.status, StatusCode::SEE_OTHER);
}

async fn a_cousin_reads_no_report(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let page = format!("/campaigns/{campaign}/reports/work-report");
    let all: Vec<(&str, &str)> = TEXT.into_iter().chain([("submit", "yes")]).collect();
    let id = story::submit_version(&cast.county, &page, &page, &all).await.id();
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let before = house.rows().await;
    for path in [format!("/campaigns/reports/{id}"), format!("/campaigns/reports/{id}/paper.docx")] {
        assert_eq!(cousin.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        cousin.submit(&format!("/campaigns/reports/{id}/send-back"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(!cousin.get(&format!("/campaigns/{campaign}/reports")).await.body.contains("09:00报送"));
    assert!(cast.county.get(&format!("/campaigns/{campaign}/reports")).await.body.contains("09:00报送"));
    assert_eq!(
        cast.manager.get(&format!("/campaigns/{campaign}/reports")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(cast.street.get(&page).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}
