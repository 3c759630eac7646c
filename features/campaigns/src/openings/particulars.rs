//! 通知要素: what a place's own notice says otherwise than the pack it is opened from, as typed and as meant. Pure.

use std::collections::BTreeMap;

use ::rules::{AdjustedDocument, Adjustment, Pack, Per, Quota};
use jiff::civil::Date;
use kernel::{FieldError, Problem, Ratio};

use super::types::Opening;

/// Most places a notice may give, and most communities a county may be said to have.
const MOST_PLACES: u32 = 10_000;
const MOST_COMMUNITIES: i64 = 100_000;

/// What a campaign is opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Particulars {
    pub(crate) title: String,
    pub(crate) adjustment: Adjustment,
    /// 小区数 as the notice counts them, where it says otherwise than the registers: by county.
    pub(crate) communities: BTreeMap<i64, i64>,
}

/// The form as the pack fills it in.
pub(crate) fn offered(pack: &Pack) -> Opening {
    let mut form = Opening::new();
    let mut put = |key: &str, value: String| {
        form.insert(key.to_owned(), value);
    };
    put("pack", pack.name.clone());
    put("title", pack.title.clone());
    if let Some(document) = &pack.document {
        put("issuer", document.issuer.clone());
        put("number", document.number.clone().unwrap_or_default());
        put("date", document.date.clone());
        put("document_title", document.title.clone());
        put("addressees", document.addressees.join("\n"));
        put("cites", document.cites.join("\n"));
        put("goal_on", document.goal_on.map_or(String::new(), |it| it.to_string()));
    }
    let day = |it: Option<Date>| it.map_or(String::new(), |it| it.to_string());
    for period in &pack.periods {
        put(&format!("from-{}", period.code), day(period.from));
        put(&format!("to-{}", period.code), day(period.to));
    }
    for selection in &pack.cascade.selections {
        let quota = match selection.quota {
            Quota::AtMost(most) => most.to_string(),
            Quota::Share { of_communities, .. } => percent(of_communities),
        };
        put(&format!("quota-{}", selection.code), quota);
        put(&format!("least-{}", selection.code), selection.at_least.to_string());
        for (n, honour) in selection.honours.iter().enumerate() {
            put(&format!("honour-{}-{n}", selection.code), honour.title.clone());
        }
    }
    form
}

/// Whether a county's places depend on how many communities it has.
pub(crate) fn counts_communities(pack: &Pack) -> bool {
    pack.cascade.selections.iter().any(|it| it.per == Per::County && matches!(it.quota, Quota::Share { .. }))
}

/// The form read against the pack: what is not in it, or as it was, is the pack's.
pub(crate) fn read(pack: &Pack, form: &Opening, today: Date) -> Result<Particulars, Problem> {
    let mut reader = Reader { form, was: offered(pack), errors: vec![] };
    let title = reader.line("title", "活动名称", 80);
    reader.must("title", &title, "请写活动名称，写明年份或批次");
    let mut adjustment = Adjustment::default();
    if ["issuer", "number", "date", "document_title", "addressees", "cites", "goal_on"]
        .iter()
        .any(|it| reader.differs(it))
    {
        adjustment.document = reader.document();
    }
    let last = pack.periods.iter().filter_map(|it| {
        let period = reader.period(&it.code, &it.title);
        if reader.differs(&format!("from-{}", it.code)) || reader.differs(&format!("to-{}", it.code)) {
            adjustment.periods.push((it.code.clone(), period.0, period.1));
        }
        period.1.or(period.0).map(|day| (day, it.code.clone()))
    });
    if let Some((day, code)) = last.max()
        && day < today
    {
        let message = format!("到{day}全部阶段都已过去，请按本次通知填写各阶段的日期");
        reader.errors.push(FieldError::new(format!("to-{code}"), message));
    }
    if let Some(goal) = reader.date("goal_on").filter(|it| *it < today) {
        reader.wrong("goal_on", format!("目标日期{goal}已经过去，请按本次通知填写，没有可留空"));
    }
    for selection in &pack.cascade.selections {
        let (quota, least) = (format!("quota-{}", selection.code), format!("least-{}", selection.code));
        if reader.differs(&quota) || reader.differs(&least) {
            let at_least = reader.number(&least, &selection.title);
            if let Some(quota) = reader.quota(&quota, &selection.title, selection.quota, at_least) {
                adjustment.quotas.push((selection.code.clone(), quota, at_least));
            }
        }
        for n in 0..selection.honours.len() {
            let key = format!("honour-{}-{n}", selection.code);
            if reader.differs(&key) {
                let title = reader.line(&key, "称号", 40);
                reader.must(&key, &title, "请写授予或申报的称号");
                adjustment.honours.push((selection.code.clone(), n, title));
            }
        }
    }
    let communities = if counts_communities(pack) { reader.communities() } else { BTreeMap::new() };
    if !adjustment.quotas.is_empty() {
        adjustment.says =
            Some("名额按本次通知改定，以“名额”栏为准；上面按原通知写的名额说法不再适用".to_owned());
    }
    if reader.errors.is_empty() {
        Ok(Particulars { title, adjustment, communities })
    } else {
        Err(Problem::Invalid(reader.errors))
    }
}

struct Reader<'a> {
    form: &'a Opening,
    was: Opening,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn typed(&self, key: &str) -> &str {
        self.form.get(key).or_else(|| self.was.get(key)).map_or("", |it| it.trim())
    }

    fn differs(&self, key: &str) -> bool {
        self.typed(key).replace('\r', "") != self.was.get(key).map_or("", |it| it.trim())
    }

    fn wrong(&mut self, key: &str, message: String) {
        self.errors.push(FieldError::new(key.to_owned(), message));
    }

    fn must(&mut self, key: &str, value: &str, message: &str) {
        if value.is_empty() {
            self.wrong(key, message.to_owned());
        }
    }

    fn line(&mut self, key: &str, name: &str, most: usize) -> String {
        let typed = self.typed(key).to_owned();
        if most < typed.chars().count() {
            self.wrong(key, format!("{name}不超过{most}个字"));
        }
        typed
    }

    fn lines(&mut self, key: &str, name: &str) -> Vec<String> {
        let typed = self.typed(key).to_owned();
        let lines = typed.lines().map(str::trim).filter(|it| !it.is_empty());
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        if 50 < lines.len() || lines.iter().any(|it| 80 < it.chars().count()) {
            self.wrong(key, format!("{name}每行一个，每个不超过80个字，最多50个"));
        }
        lines
    }

    fn date(&self, key: &str) -> Option<Date> {
        let typed = identifiers::narrowed(self.typed(key));
        typed.parse().ok().filter(|it: &Date| (2000..2100).contains(&it.year()))
    }

    fn day(&mut self, key: &str, name: &str) -> Option<Date> {
        let day = self.date(key);
        if day.is_none() && !self.typed(key).is_empty() {
            self.wrong(key, format!("{name}写成 2024-08-15"));
        }
        day
    }

    fn document(&mut self) -> Option<AdjustedDocument> {
        let (issuer, title) =
            (self.line("issuer", "发文机关", 60), self.line("document_title", "通知标题", 120));
        self.must("issuer", &issuer, "请写发文机关");
        self.must("document_title", &title, "请写通知标题");
        let number = self.line("number", "文号", 40);
        let shaped =
            number.is_empty() || (number.contains('〔') && number.contains('〕') && number.ends_with('号'));
        if !shaped {
            self.wrong(
                "number",
                "文号写成 六城管函〔2024〕87号，年份用六角括号〔〕；没有文号可留空".to_owned(),
            );
        }
        let date = self.day("date", "发文日期");
        if date.is_none() && self.errors.iter().all(|it| it.field != "date") {
            self.wrong("date", "请填写发文日期".to_owned());
        }
        let (addressees, cites) = (self.lines("addressees", "主送单位"), self.lines("cites", "上级文件"));
        let goal_on = self.day("goal_on", "目标日期");
        let number = Some(number).filter(|it| !it.is_empty());
        Some(AdjustedDocument { issuer, number, date: date?, title, addressees, cites, goal_on })
    }

    fn period(&mut self, code: &str, name: &str) -> (Option<Date>, Option<Date>) {
        let (first, last) = (format!("from-{code}"), format!("to-{code}"));
        let (from, to) = (self.day(&first, "开始日期"), self.day(&last, "截止日期"));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            self.wrong(&last, format!("“{name}”的截止日期早于开始日期"));
        }
        (from, to)
    }

    fn number(&mut self, key: &str, name: &str) -> u32 {
        let typed = identifiers::narrowed(self.typed(key));
        let number = if typed.is_empty() { Some(0) } else { typed.parse().ok() };
        number.filter(|it| *it <= MOST_PLACES).unwrap_or_else(|| {
            self.wrong(key, format!("“{name}”最少的个数应为0至{MOST_PLACES}的整数"));
            0
        })
    }

    fn quota(&mut self, key: &str, name: &str, was: Quota, at_least: u32) -> Option<Quota> {
        let typed = identifiers::narrowed(self.typed(key));
        match was {
            Quota::AtMost(_) => {
                let most = typed.parse().ok().filter(|it| (1..=MOST_PLACES).contains(it) && at_least <= *it);
                if most.is_none() {
                    self.wrong(key, format!("“{name}”的名额应为1至{MOST_PLACES}的整数，且不少于最少的个数"));
                }
                most.map(Quota::AtMost)
            }
            Quota::Share { rounding, .. } => {
                let share = Ratio::parse(typed.trim_end_matches('%'))
                    .ok()
                    .and_then(|it| it.times(Ratio::new(1, 100)));
                let share = share.filter(|it| Ratio::ZERO < *it && *it <= Ratio::ONE);
                if share.is_none() {
                    self.wrong(key, format!("“{name}”的比例应大于0，不超过100，如 3 表示百分之三"));
                }
                share.map(|it| Quota::Share { of_communities: it, rounding, at_least })
            }
        }
    }

    fn communities(&mut self) -> BTreeMap<i64, i64> {
        let mut counted = BTreeMap::new();
        let typed: Vec<(String, i64, String)> = self
            .form
            .iter()
            .filter_map(|(key, it)| {
                Some((key.clone(), key.strip_prefix("communities-")?.parse().ok()?, it.trim().to_owned()))
            })
            .filter(|it| !it.2.is_empty())
            .collect();
        for (key, tenant, typed) in typed {
            match identifiers::narrowed(&typed).parse().ok().filter(|it| (0..=MOST_COMMUNITIES).contains(it))
            {
                Some(n) => drop(counted.insert(tenant, n)),
                None => self.wrong(&key, format!("小区数应为0至{MOST_COMMUNITIES}的整数，留空按台账计算")),
            }
        }
        counted
    }
}

/// 3 for three per cent.
fn percent(share: Ratio) -> String {
    share.times(Ratio::whole(100)).map_or_else(String::new, |it| it.exact())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luan() -> Pack {
        crate::packs::named("luan-2024-beautiful-home").unwrap()
    }

    fn opened(typed: &[(&str, &str)], today: &str) -> Result<Particulars, Vec<String>> {
        let form = typed.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        read(&luan(), &form, today.parse().unwrap()).map_err(|it| match it {
            Problem::Invalid(errors) => errors.into_iter().map(|it| it.message).collect(),
            other => vec![format!("{other:?}")],
        })
    }

    #[test]
    fn a_form_left_as_it_was_changes_nothing_of_the_pack() {
        let form = offered(&luan());
        let untouched = read(&luan(), &form, "2024-07-26".parse().unwrap()).unwrap();
        assert_eq!(untouched.adjustment, Adjustment::default());
        assert_eq!(untouched.title, luan().title);
        assert_eq!(opened(&[], "2024-07-26").unwrap(), untouched);
    }

    #[test]
    fn dates_quotas_and_titles_are_this_notices_own() {
        let typed = [
            ("title", "二〇二五年选树"),
            ("number", "六城管函〔2025〕9号"),
            ("to-apply", "２０２５-０８-２０"),
            ("goal_on", ""),
            ("quota-recommendation", "5"),
            ("least-recommendation", "2"),
            ("honour-city-0", "美好家园示范小区"),
            ("communities-1", "140"),
            ("communities-2", ""),
        ];
        let read = opened(&typed, "2025-07-01").unwrap();
        assert_eq!(read.title, "二〇二五年选树");
        let document = read.adjustment.document.unwrap();
        assert_eq!(document.number.as_deref(), Some("六城管函〔2025〕9号"));
        assert_eq!(document.issuer, luan().document.unwrap().issuer);
        let day = |it: &str| it.parse::<Date>().ok();
        assert_eq!(read.adjustment.periods, [("apply".to_owned(), day("2024-07-26"), day("2025-08-20"))]);
        let (_, quota, least) = &read.adjustment.quotas[0];
        assert_eq!((quota.places(Some(140)), *least), (Some(7), 2));
        assert_eq!(read.adjustment.honours, [("city".to_owned(), 0, "美好家园示范小区".to_owned())]);
        assert_eq!(read.communities, BTreeMap::from([(1, 140)]));
    }

    #[test]
    fn what_cannot_be_is_refused_in_words_all_at_once() {
        let typed = [
            ("number", "六城管函(2024)87号"),
            ("issuer", ""),
            ("to-apply", "2024-07-01"),
            ("from-assess", "八月"),
            ("quota-recommendation", "0"),
            ("quota-city", "0"),
            ("honour-city-0", ""),
            ("communities-1", "很多"),
        ];
        let told = opened(&typed, "2024-07-26").unwrap_err().join("；");
        for words in [
            "六角括号",
            "请写发文机关",
            "截止日期早于开始日期",
            "开始日期写成",
            "比例应大于0",
            "名额应为1至",
            "请写授予",
            "小区数应为",
        ] {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert!(opened(&[], "2025-07-26").unwrap_err().join("").contains("全部阶段都已过去"));
    }
}
