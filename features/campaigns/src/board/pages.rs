//! The board's page. Thin: ask, show.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use web::{Caller, Chrome, PageResult, page};

use super::queries::{self, BoardView, CountyView};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/{id}/board", get(board))
}

#[derive(Template)]
#[template(path = "board.html")]
struct BoardPage {
    chrome: Chrome,
    view: BoardView,
}

async fn board(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let (chrome, vault, calendar) = (caller.chrome("活动看板"), app.vault.clone(), app.calendar.clone());
    let view = app.store.read(caller.ctx, move |tx| queries::board(tx, &vault, &calendar, id)).await?;
    page(&BoardPage { chrome, view })
}

impl BoardPage {
    /// The counties whose tile says that they are late.
    fn late(&self) -> Vec<&CountyView> {
        self.view.counties.iter().filter(|it| it.state.0 == "late").collect()
    }

    /// The counties that have not signed for the notice, whatever else they did.
    fn unsigned(&self) -> Vec<&CountyView> {
        self.view.counties.iter().filter(|it| !it.signed).collect()
    }

    /// What the picture of counties comes to, in a sentence.
    fn finding(&self) -> String {
        let done = self.view.counties.iter().filter(|it| 0 < it.recommended).count();
        let (all, places): (usize, i64) =
            (self.view.counties.len(), self.view.counties.iter().map(|it| it.places).sum());
        let used: i64 = self.view.counties.iter().map(|it| it.recommended).sum();
        format!(
            "{all}个县区中{done}个已报送，推荐{used}个小区，名额{places}个；{}个未到最低数，{}个逾期或不足，{}个没有签收通知",
            self.view.counties.iter().filter(|it| it.state.1 == "未到最低数").count(),
            self.late().iter().filter(|it| it.state.1 != "未签收").count(),
            self.unsigned().len()
        )
    }
}
