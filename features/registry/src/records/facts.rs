//! What the registers know of one community on a day, each fact with the record it came from.

use std::collections::BTreeMap;

use ::store::Tx;
use jiff::{ToSpan as _, civil::Date};
use kernel::{Problem, Ratio};
use rules::{Facts, Value};

use super::{
    standings::{self, Standing, Standings},
    store,
    types::Record,
};
use crate::communities::Community;

/// Where a fact came from, in words: which register, which record, which day.
pub type FactSource = BTreeMap<&'static str, String>;

/// The facts of `community` on `today`: of it and of the city it is ranked in, nothing that happened later counts. Households, the
/// enterprise and whether a finding was put right are as the registers say now. What no record tells stays unknown.
///
/// # Errors
/// When the store refuses.
pub fn facts_of(tx: &mut Tx<'_>, community: &Community, today: Date) -> Result<(Facts, FactSource), Problem> {
    let records: Vec<Record> =
        store::bearing_on(tx, &community.place)?.into_iter().filter(|it| it.happened_on <= today).collect();
    let mut found = Found { records, today, facts: Facts::default(), sources: BTreeMap::new() };
    found.rates(community.households);
    found.counts();
    found.standing_facts();
    let Found { mut facts, mut sources, .. } = found;
    note(
        &mut facts,
        &mut sources,
        "households",
        Value::Number(Ratio::whole(i128::from(community.households))),
        "小区台账".into(),
    );
    let managed = community.service_mode.is_managed();
    note(
        &mut facts,
        &mut sources,
        "professional_service",
        Value::YesNo(managed),
        "小区台账：物业服务方式".into(),
    );
    let city = standings::of_city(tx, community.place.city, today)?;
    ranks(&city, community, &mut facts, &mut sources);
    Ok((facts, sources))
}

struct Found {
    /// Newest first.
    records: Vec<Record>,
    today: Date,
    facts: Facts,
    sources: FactSource,
}

fn note(facts: &mut Facts, sources: &mut FactSource, name: &'static str, value: Value, source: String) {
    // A value the catalogue does not admit is left unknown rather than believed.
    if facts.note(name, value).is_ok() {
        sources.insert(name, source);
    }
}

impl Found {
    fn note(&mut self, name: &'static str, value: Value, source: String) {
        note(&mut self.facts, &mut self.sources, name, value, source);
    }

    fn newest(&self, kind: &str) -> Option<&Record> {
        self.records.iter().find(|it| it.kind == kind)
    }

    fn within(&self, kind: &str, months: i64) -> impl Iterator<Item = &Record> {
        let since = self.today.saturating_sub(months.months());
        let kind = kind.to_owned();
        self.records.iter().filter(move |it| it.kind == kind && since < it.happened_on)
    }

    fn rates(&mut self, households: i64) {
        let share = |it: &Record| Ratio::share(i128::from(it.part?), i128::from(it.whole?));
        let source = |it: &Record, name: &str| {
            format!(
                "{name}：{}，{}，{} / {}",
                it.title,
                it.happened_on,
                it.part.unwrap_or(0),
                it.whole.unwrap_or(0)
            )
        };
        for (kind, fact, name) in [
            ("survey", "owner_satisfaction_rate", "满意度调查"),
            ("fee_collection", "fee_collection_rate", "物业费收缴"),
            ("committee", "committee_party_ratio", "业委会与物管会"),
        ] {
            let read = self.newest(kind).and_then(|it| Some((share(it)?, source(it, name), it.whole)));
            if let Some((rate, source, whole)) = read {
                if let (true, Some(valid)) = (kind == "survey", whole) {
                    self.note(
                        "survey_valid_answers",
                        Value::Number(Ratio::whole(i128::from(valid))),
                        source.clone(),
                    );
                }
                self.note(fact, Value::Number(rate), source);
            }
        }
        let score = self
            .newest("credit")
            .and_then(|it| Some((it.part?, format!("企业信用：{}，{}", it.title, it.happened_on))));
        if let Some((score, source)) = score {
            self.note("enterprise_credit_score", Value::Number(Ratio::whole(i128::from(score))), source);
        }
        let complaints = self
            .newest("complaints")
            .and_then(|it| Some((it.part?, format!("投诉统计：{}，{}件", it.title, it.part?))));
        if let Some((count, source)) = complaints {
            self.note("complaint_count", Value::Number(Ratio::whole(i128::from(count))), source.clone());
            if let Some(rate) = Ratio::share(i128::from(count), i128::from(households)) {
                self.note("complaint_rate", Value::Number(rate), format!("{source}，{households}户"));
            }
        }
    }

    /// Registers in which no record means none happened: they are kept complete by the regulator.
    fn counts(&mut self) {
        let larger = |it: &&Record| matches!(it.class.as_str(), "larger" | "major" | "extraordinary");
        let counted = [
            ("safety_incidents_24m", self.within("incident", 24).count(), "安全事故登记，近24个月"),
            (
                "major_safety_incidents",
                self.within("incident", 24).filter(larger).count(),
                "安全事故登记（较大及以上），近24个月",
            ),
            (
                "major_opinion_events",
                self.within("opinion_event", 24).filter(larger).count(),
                "社会舆情登记（较大及以上），近24个月",
            ),
            ("enterprise_penalties_12m", self.within("penalty", 12).count(), "行政处罚登记，近12个月"),
            ("culture_activities_12m", self.within("activity", 12).count(), "文化活动登记，近12个月"),
            (
                "enforcement_visits_12m",
                self.within("enforcement_visit", 12).count(),
                "执法进小区登记，近12个月",
            ),
            ("utility_visits_12m", self.within("utility_visit", 12).count(), "专业服务进小区登记，近12个月"),
            (
                "committee_meetings_12m",
                self.within("committee_meeting", 12).count(),
                "业委会会议登记，近12个月",
            ),
            ("patrol_reports_12m", self.within("patrol", 12).count(), "巡查劝阻报告登记，近12个月"),
            ("mediations_12m", self.within("mediation", 12).count(), "纠纷调解登记，近12个月"),
        ];
        for (fact, count, source) in counted {
            self.note(fact, Value::Number(Ratio::whole(count as i128)), format!("{source}共{count}条"));
        }
        let open = |class: &str| {
            self.records
                .iter()
                .filter(|it| it.kind == "finding" && it.class == class && it.status == "open")
                .count()
        };
        let seen = |class: &str| self.within("finding", 12).filter(|it| it.class == class).count();
        let findings = [
            ("findings_illegal_building", open("illegal_building"), "未整改的违章搭建"),
            ("findings_fire_lane", open("fire_lane"), "未整改的占用堵塞消防通道"),
            ("findings_parking", open("parking"), "未整改的停放、充电不规范"),
            ("findings_animals", open("animals"), "未整改的不文明饲养动物"),
            ("findings_thrown_objects", seen("thrown_objects"), "近12个月查实的高空抛物"),
            ("findings_load_bearing", seen("load_bearing"), "近12个月查实的拆改承重结构"),
        ];
        let vetoes = [
            ("overcharging_confirmed", 0 < seen("overcharging"), "近12个月查实的乱收费"),
            (
                "committee_violation_confirmed",
                0 < seen("committee_violation"),
                "近12个月查实的业委会人员违法违规",
            ),
            (
                "valid_complaints_concentrated",
                0 < seen("concentrated_complaints"),
                "近12个月认定的有效投诉集中",
            ),
        ];
        for (fact, count, source) in findings {
            self.note(
                fact,
                Value::Number(Ratio::whole(count as i128)),
                format!("查实问题登记：{source}{count}条"),
            );
        }
        for (fact, hit, source) in vetoes {
            self.note(
                fact,
                Value::YesNo(hit),
                format!("查实问题登记：{source}{}", if hit { "有" } else { "无" }),
            );
        }
        let listed = self
            .records
            .iter()
            .any(|it| it.kind == "listed" && it.ends_on.is_none_or(|end| self.today <= end));
        self.note("on_remediation_list", Value::YesNo(listed), "治理类名单".to_owned());
        let running =
            |it: &&Record| it.kind == "life_service" && it.ends_on.is_none_or(|end| self.today <= end);
        let categories: std::collections::BTreeSet<_> =
            self.records.iter().filter(running).map(|it| it.class.clone()).collect();
        let count = Value::Number(Ratio::whole(categories.len() as i128));
        self.note("life_service_categories", count, format!("生活服务登记：在办{}类", categories.len()));
        let won = self.records.iter().any(|it| {
            it.kind == "honour"
                && it.class == "province"
                && it.status == "awarded"
                && it.title.contains("美好家园")
        });
        self.note("honours_provincial_beautiful_home", Value::YesNo(won), "荣誉登记".to_owned());
    }

    /// What the newest record of a register says is so; without one it is unknown.
    fn standing_facts(&mut self) {
        let told: [(&'static str, &str, &str, &str); 10] = [
            ("complaint_phones_displayed", "disclosure", "complaint_phones", "displayed"),
            ("utility_phones_displayed", "disclosure", "utility_phones", "displayed"),
            ("price_disclosure_complete", "disclosure", "prices", "displayed"),
            ("facilities_well_kept", "inspection", "facilities", "good"),
            ("waste_sorting", "inspection", "waste_sorting", "good"),
            ("archive_complete", "archive", "", "complete"),
            ("joint_mechanism_present", "mechanism", "community", "effective"),
            ("street_enforcement_mechanism", "mechanism", "street_enforcement", "effective"),
            ("committee_running_well", "judgement", "committee_running_well", "yes"),
            ("street_guidance_effective", "judgement", "street_guidance", "yes"),
        ];
        for (fact, kind, class, yes) in told {
            let newest = self.records.iter().find(|it| it.kind == kind && it.class == class);
            if let Some((value, source)) =
                newest.map(|it| (it.status == yes, format!("{}，{}", it.title, it.happened_on)))
            {
                self.note(fact, Value::YesNo(value), source);
            }
        }
        let plan = self
            .records
            .iter()
            .find(|it| it.kind == "emergency" && it.class == "plan")
            .map(|it| format!("应急预案：{}", it.title));
        if let Some(source) = plan {
            self.note("emergency_plan_present", Value::YesNo(true), source);
        }
        let party = self.newest("party_org").map(|it| (it.status == "with_site", it.title.clone()));
        self.note(
            "party_org_present",
            Value::YesNo(party.is_some()),
            party.as_ref().map_or("党组织登记：无".to_owned(), |it| it.1.clone()),
        );
        if let Some((site, title)) = party {
            self.note("party_site_present", Value::YesNo(site), title);
        }
        for (fact, class) in
            [("owners_committee_in_term", "owners"), ("management_committee_in_term", "management")]
        {
            let newest = self.records.iter().find(|it| it.kind == "committee" && it.class == class);
            let in_term = newest.is_some_and(|it| it.ends_on.is_none_or(|end| self.today <= end));
            let source = newest.map_or("业委会与物管会登记：无".to_owned(), |it| {
                format!("{}，任期至{}", it.title, it.ends_on.map_or("未填".into(), |it| it.to_string()))
            });
            self.note(fact, Value::YesNo(in_term), source);
        }
        let filed = self.newest("committee").map(|it| (it.status == "filed", it.title.clone()));
        if let Some((filed, title)) = filed {
            self.note("committee_filed", Value::YesNo(filed), title);
        }
    }
}

fn ranks(city: &Standings, community: &Community, facts: &mut Facts, sources: &mut FactSource) {
    let known = city.of(community).into_iter().filter_map(|(names, it)| Some((names, it?)));
    for ((rank_fact, ranked_fact), Standing { rank, ranked: n }) in known {
        let number = |it: usize| Value::Number(Ratio::whole(it as i128));
        note(facts, sources, rank_fact, number(rank), format!("全市{n}个参加排名，第{rank}名"));
        note(facts, sources, ranked_fact, number(n), format!("全市{n}个参加排名"));
    }
}
