//! What a notice declares beside the law, in words. Pure.

use super::{labels, types::Decision};
use crate::{HeadRule, rolls::types::Part};

fn range(it: &Decision) -> String {
    match it.terms.parts.as_slice() {
        [] => "全小区业主".to_owned(),
        parts => {
            let words: Vec<String> = parts.iter().map(Part::words).collect();
            format!("{}的业主；面积和人数只按这个范围计算", words.join("、"))
        }
    }
}

/// What the notice declares beside the law, in words.
pub(crate) fn terms(it: &Decision) -> Vec<(&'static str, String)> {
    let heads = match it.terms.head_rule {
        HeadRule::DistinctOwner => "按业主计，一人多套算一人，建设单位未出售部分合计一人",
        HeadRule::PerUnit => "按专有部分计，一套一人",
    };
    let revote = if it.terms.revote {
        "截止前可以改投，以最后一次为准；用绑定的账号投的，网上只能用这个账号改投"
    } else {
        "同一渠道投出后不能更改"
    };
    let clause = it.terms.silent_clause.clone().map_or_else(
        || "未投票的不计入任何一方".to_owned(),
        |it| format!("已送达而未投票的，按“{it}”计入多数票；两种结果都公布"),
    );
    vec![
        ("表决范围", range(it)),
        ("人数", heads.to_owned()),
        ("多套房屋", "面积逐套计；同一业主的几套选择不同的，人数计入参与、不计入任何一方".to_owned()),
        ("改投", revote.to_owned()),
        (
            "委托",
            format!(
                "可以书面委托他人，每人最多接受{}名业主委托；业主本人投票的，以本人的为准",
                it.terms.proxy_cap
            ),
        ),
        ("渠道", labels::precedence(it.terms.precedence).to_owned()),
        (
            "纸质票",
            if it.terms.scans {
                "两个人各录一遍、一致才算；每张都有扫描件才能计票"
            } else {
                "两个人各录一遍、一致才算"
            }
            .to_owned(),
        ),
        ("未投票", clause),
        ("结果公示", format!("初步结果公示满{}日，无异议或异议处理完毕后确认", it.terms.result_days)),
    ]
}
