//! 通报 — a month's rates as an official paper, with its tables; ranked by what was solved, with n beside every rate.

use documents::{Block, Fault, FormCell, write_docx};
use jiff::civil::Date;

use super::{
    queries::{RateLine, RatesView},
    reviews::Reviews,
    rules,
};

/// The bulletin of `view`'s month, signed by `office` on `on`.
pub(crate) fn bulletin(view: &RatesView, office: &str, on: Date) -> Result<Vec<u8>, Fault> {
    let period = &view.period.label;
    let whole = &view.whole;
    let mut blocks = vec![
        Block::Title(format!("{period}物业管理诉求办理情况通报")),
        Block::Heading("一、总体情况".to_owned()),
        Block::Text(format!(
            "{period}受理诉求{}件，重办{}件。响应率{}，解决率{}，满意率{}，按时办结率{}。",
            whole.filed, whole.redone, whole.responded, whole.solved, whole.satisfied, whole.in_time
        )),
        Block::Text(
            "响应率＝按时联系/应联系；解决率＝群众确认解决/有效回访；满意率＝满意/有效回访；按时办结率＝按时答复/（已答复＋未答复且超期）。括号内为分子/分母，件数少的比率仅供参考。".to_owned(),
        ),
        Block::Text(format!("三率口径{}：{}。名次按解决率，评价和回访不足{}件的不排名。", rules::VERSION, rules::LEFT_OUT, rules::LEAST_RANKED)),
        Block::Heading("二、各区域办理情况".to_owned()),
        table("区域", &view.places),
        Block::Heading("三、物业服务企业办理情况".to_owned()),
        table("企业", &view.companies),
        Block::Heading("四、反映较多的问题".to_owned()),
    ];
    if view.commonest.is_empty() {
        blocks.push(Block::Text("没有诉求。".to_owned()));
    }
    blocks.extend(view.commonest.iter().enumerate().map(|(n, (title, filed, unsolved))| {
        Block::Text(format!("{}．{title}，{filed}件，其中群众认为未解决{unsolved}件。", n + 1))
    }));
    if !view.reviews.lines.is_empty() {
        blocks.push(Block::Heading("五、吹哨报到和双向评价".to_owned()));
        let Reviews { second, third, agenda, .. } = view.reviews;
        blocks.push(Block::Text(format!(
            "吹哨到社区{second}次，到乡镇（街道）和有关部门{third}次，列入联席会议议题{agenda}件。"
        )));
        blocks.extend(view.reviews.lines.iter().enumerate().map(|(n, it)| {
            Block::Text(format!(
                "{}．{}，被吹哨{}次，按时报到率{}，报到得分{}，吹哨得分{}。",
                n + 1,
                it.name,
                it.whistled,
                it.in_time,
                it.of_responder,
                it.of_blower
            ))
        }));
    }
    blocks.push(Block::Text(String::new()));
    blocks.push(Block::Signed(office.to_owned()));
    blocks.push(Block::Signed(format!("{}年{}月{}日", on.year(), on.month(), on.day())));
    write_docx(&blocks)
}

fn table(head: &str, lines: &[RateLine]) -> Block {
    // A rate stands above what it was divided by, so that neither is broken.
    let lines_of = |text: &str| match text.split_once('（') {
        Some((rate, of)) => vec![rate.to_owned(), format!("（{of}")],
        None => vec![text.to_owned()],
    };
    let cell = |text: &str, is_head: bool| FormCell {
        lines: if is_head { vec![text.to_owned()] } else { lines_of(text) },
        span: 1,
        is_head,
        least_height: 8,
    };
    let heads = ["名次", head, "诉求量", "响应率", "解决率", "满意率", "按时办结率"];
    let mut rows = vec![heads.iter().map(|it| cell(it, true)).collect::<Vec<_>>()];
    rows.extend(lines.iter().map(|it| {
        let filed = it.filed.to_string();
        let rank = it.rank.map_or("—".to_owned(), |it| it.to_string());
        [&rank, &it.name, &filed, &it.responded, &it.solved, &it.satisfied, &it.in_time]
            .iter()
            .map(|it| cell(it, false))
            .collect()
    }));
    Block::Form { widths: vec![26, 12, 15, 15, 15, 17], rows }
}
