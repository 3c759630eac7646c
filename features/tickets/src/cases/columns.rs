//! What a list of cases may show, on the page and in its sheet. Who reported a case is in neither.

use web::Column;

use super::rows::TicketLine;

type Of = Column<TicketLine>;

const fn text(
    code: &'static str,
    title: &'static str,
    is_usual: bool,
    says: fn(&TicketLine) -> String,
) -> Of {
    Column { code, title, is_number: false, is_usual, says }
}

const fn number(code: &'static str, title: &'static str, says: fn(&TicketLine) -> String) -> Of {
    Column { code, title, is_number: true, is_usual: false, says }
}

fn said(it: Option<bool>) -> String {
    it.map_or("", |it| if it { "是" } else { "否" }).to_owned()
}

/// What the list shows before its state and deadline, which always stand there.
pub(crate) const COLUMNS: &[Of] = &[
    text("number", "编号", true, |it| it.number.clone()),
    text("category", "类别", true, |it| it.category.to_owned()),
    text("body", "内容", true, |it| it.body.clone()),
    text("county", "县区", false, |it| it.divisions[0].clone()),
    text("subdistrict", "街道（乡镇）", false, |it| it.divisions[1].clone()),
    text("neighborhood", "社区", false, |it| it.divisions[2].clone()),
    text("community", "小区", true, |it| it.community.clone()),
    text("building", "位置", true, |it| it.building.clone()),
    text("handler", "承办单位", true, |it| it.handler.clone()),
    text("filed", "受理时间", true, |it| it.filed.clone()),
    text("kind", "性质", false, |it| it.kind.to_owned()),
    text("class", "数字城管类别", false, |it| it.classes.0.to_owned()),
    text("hotline", "12345分类", false, |it| it.classes.1.to_owned()),
    text("channel", "来源", false, |it| it.channel.to_owned()),
    text("outside", "来件编号", false, |it| it.outside.clone()),
    text("urgency", "紧急程度", false, |it| it.urgency.to_owned()),
    text("dispatched", "按时派单", false, |it| said(it.verdicts.dispatched)),
    text("contacted", "按时联系", false, |it| said(it.verdicts.contacted)),
    text("answered", "按时答复", false, |it| said(it.verdicts.answered)),
    text("solved", "是否解决", false, |it| said(it.solved)),
    text("satisfied", "是否满意", false, |it| said(it.satisfied)),
    number("level", "吹哨级别", |it| it.level.to_string()),
    number("extended", "延期", |it| it.extended.to_string()),
    number("urged", "催办", |it| it.urged.to_string()),
    number("supervised", "督办", |it| it.supervised.to_string()),
    text("closed", "办结时间", false, |it| it.closed.clone()),
];

/// What stands at the end of every line.
pub(crate) const ALWAYS: &[Of] = &[
    text("stage", "状态", true, |it| it.stage.1.to_owned()),
    text("due", "答复时限", true, |it| it.due.clone()),
];

/// Whether what other systems call the cases has to be looked up.
pub(crate) fn wants_outside(chosen: &[String]) -> bool {
    chosen.iter().any(|it| it == "outside")
}
