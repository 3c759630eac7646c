//! `jiayuan pack check`: what a pack comes to, and what cannot be right about it.

use calendar::Calendar;
use jiff::civil::Date;
use serde::Serialize;
use toml::Spanned;

use crate::{
    pack::{At, Notes, Pack},
    refine::{Difference, differences},
    select::{Per, Quota, Rounding, SelectionKind},
};

/// What a sound pack comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub pack: String,
    pub title: String,
    pub revision: String,
    pub document: Option<String>,
    pub groups: usize,
    pub items: usize,
    pub total: String,
    pub gates: usize,
    pub vetoes: usize,
    pub quotas: Vec<QuotaLine>,
    /// The notice's own dates that fall on a day off; they do not move by themselves.
    pub non_working_days: Vec<OffDay>,
    /// Figures the notice does not print, until somebody confirms them.
    pub unconfirmed: Vec<String>,
    pub parameters: Vec<crate::Parameter>,
    pub refines: Option<String>,
    pub differences: Vec<Difference>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotaLine {
    pub code: String,
    pub says: String,
}

/// A printed date on a day off, and the next day offices work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OffDay {
    pub code: String,
    pub title: String,
    pub date: Date,
    pub next_working_day: Date,
    /// The year's holiday notice is not out yet.
    pub provisional: bool,
}

/// Sums a pack up.
#[must_use]
pub fn summary(pack: &Pack, base: Option<&Pack>, calendar: &Calendar) -> Summary {
    let unconfirmed = pack.periods.iter().filter(|it| it.unconfirmed).map(|it| it.title.clone());
    let unconfirmed = unconfirmed
        .chain(pack.cascade.selections.iter().filter(|it| it.unconfirmed).map(|it| it.title.clone()));
    Summary {
        pack: pack.name.clone(),
        title: pack.title.clone(),
        revision: pack.revision.clone(),
        document: pack.document.as_ref().and_then(|it| it.number.clone()),
        groups: pack.standard.groups.len(),
        items: pack.standard.items().count(),
        total: pack.standard.total.exact(),
        gates: pack.standard.gates.len(),
        vetoes: pack.standard.vetoes.len(),
        quotas: pack
            .cascade
            .selections
            .iter()
            .map(|it| QuotaLine { code: it.code.clone(), says: it.to_string() })
            .collect(),
        non_working_days: off_days(pack, calendar),
        unconfirmed: unconfirmed.collect(),
        parameters: pack.parameters.clone(),
        refines: pack.refines.clone(),
        differences: base.map(|it| differences(it, pack)).unwrap_or_default(),
    }
}

fn off_days(pack: &Pack, calendar: &Calendar) -> Vec<OffDay> {
    let goal = pack
        .document
        .as_ref()
        .and_then(|it| it.goal_on)
        .map(|it| ("goal".to_owned(), "目标日期".to_owned(), it));
    let ends = pack.periods.iter().flat_map(|it| {
        let edge = |date: Option<Date>, which: &str| {
            date.map(|on| (it.code.clone(), format!("{}{which}", it.title), on))
        };
        [edge(it.from, "开始"), edge(it.to, "截止")].into_iter().flatten()
    });
    let off = |(_, _, on): &(String, String, Date)| !calendar.is_working_day(*on);
    ends.chain(goal)
        .filter(off)
        .map(|(code, title, date)| {
            let next = calendar.working_day_from(date);
            OffDay { code, title, date, next_working_day: next.on, provisional: next.provisional }
        })
        .collect()
}

/// What a parameter may be, for those the engine itself obeys.
pub(crate) fn parameter_admits(name: &str, value: &str) -> Result<(), String> {
    let one_of = |choices: &[&str]| {
        if choices.contains(&value) {
            Ok(())
        } else {
            Err(format!("参数 {name} 应为 {} 之一", choices.join("、")))
        }
    };
    match name {
        "quota_rounding" | "percentile_cut" if Rounding::from_code(value).is_none() => {
            Err(format!("参数 {name} 应为 floor、ceil、half_up 之一"))
        }
        "aggregate" => one_of(&["mean"]),
        "roll" => one_of(&["none", "next_workday"]),
        _ => Ok(()),
    }
}

/// Quotas that no campaign could keep.
pub(crate) fn cascade(pack: &Pack, text: &str, notes: &mut Notes) {
    let mut at = At { file: "pack.toml", text, notes };
    let selections = &pack.cascade.selections;
    for (n, selection) in selections.iter().enumerate() {
        // The place of the code in the text, so that the fault names its line.
        let needle = format!("code = \"{}\"", selection.code);
        let start = text.find(&needle).unwrap_or(0);
        let place = Spanned::new(start..start, ());
        if selections[..n].iter().any(|it| it.code == selection.code) {
            at.fault(&place, format!("选拔环节 {} 写了两次", selection.code));
        }
        let from = selection.from.as_ref().map(|from| selections[..n].iter().find(|it| it.code == *from));
        let most = match selection.quota {
            Quota::AtMost(most) => most,
            Quota::Share { of_communities, .. } => {
                if kernel::Ratio::ONE < of_communities || of_communities <= kernel::Ratio::ZERO {
                    at.fault(&place, format!("{}的比例应在0到100%之间", selection.title));
                }
                continue;
            }
        };
        if most == 0 || most < selection.at_least {
            at.fault(
                &place,
                format!("{}的名额不可能满足：最少{}个，最多{most}个", selection.title, selection.at_least),
            );
        }
        match from {
            Some(None) => {
                at.fault(&place, format!("{}要从前面的环节中产生，但找不到该环节", selection.title))
            }
            Some(Some(before)) => {
                let same_area = before.per == selection.per;
                if let Quota::AtMost(pool) = before.quota
                    && same_area
                    && pool < most
                {
                    at.fault(
                        &place,
                        format!(
                            "{}的名额{most}个多于其来源{}的{pool}个，不可能满足",
                            selection.title, before.title
                        ),
                    );
                }
            }
            None => {}
        }
    }
}

impl std::fmt::Display for crate::Selection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let area = match self.per {
            Per::County => "每个县区",
            Per::City => "全市",
        };
        write!(f, "{}：{area}", self.title)?;
        match self.quota {
            Quota::AtMost(most) if 0 < self.at_least && self.at_least < most => {
                write!(f, "{}至{most}个", self.at_least)?
            }
            Quota::AtMost(most) => write!(f, "不超过{most}个")?,
            Quota::Share { of_communities, rounding, at_least } => {
                let percent =
                    of_communities.times(kernel::Ratio::whole(100)).map(|it| it.exact()).unwrap_or_default();
                write!(f, "按小区数的{percent}%，{}，至少{at_least}个", rounding.says())?;
            }
        }
        if self.kind == SelectionKind::ByHand {
            f.write_str("（由人选定，须说明理由）")
        } else {
            Ok(())
        }
    }
}
