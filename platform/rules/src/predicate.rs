//! Conditions over facts, as a notice prints them: strict or not, either-of, among the best of all.

use std::fmt;

use kernel::Ratio;

use crate::{
    Refused, Rounding,
    facts::{Facts, Unit, Value, catalogue},
};

/// A condition. Three-valued: a missing fact makes it unknown unless the rest already decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// `fee_collection_rate > 95%`
    Compare {
        fact: usize,
        operator: Operator,
        bound: Ratio,
    },
    /// `on_remediation_list` or `not on_remediation_list`
    YesNo {
        fact: usize,
        wanted: bool,
    },
    /// `complaint_rate in best 5%`: among the best share of everything ranked (domain, decision 2).
    AmongBest {
        fact: usize,
        share: Ratio,
        cut: Rounding,
    },
    All(Vec<Predicate>),
    /// Either metric will do (Lu'an 附件2 三.2).
    Any(Vec<Predicate>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Above,
    AtLeast,
    Below,
    AtMost,
    Equal,
}

/// Yes, no, or not known.
pub type Verdict = Option<bool>;

impl Predicate {
    /// Reads one condition as a pack writes it.
    ///
    /// # Errors
    /// What is wrong with it: the fact, the comparison or the number.
    pub fn parse(text: &str, cut: Rounding) -> Result<Self, Refused> {
        let text = text.trim();
        if let Some((name, share)) = text.split_once(" in best ") {
            let (fact, _) = named(name)?;
            if catalogue().all()[fact].best.is_none() {
                return Err(Refused(format!("事实“{name}”不参加排名，不能写 in best")));
            }
            let share = number(share)?;
            let proper = Ratio::ZERO < share && share <= Ratio::ONE;
            return if proper {
                Ok(Self::AmongBest { fact, share, cut })
            } else {
                Err(Refused(format!("“{text}”的比例应在0到100%之间")))
            };
        }
        for (sign, operator) in Operator::SIGNS {
            if let Some((name, bound)) = text.split_once(sign) {
                let (fact, unit) = named(name)?;
                return match unit {
                    Unit::YesNo => Err(Refused(format!("事实“{}”只有是或否，不能比较大小", name.trim()))),
                    _ => Ok(Self::Compare { fact, operator, bound: number(bound)? }),
                };
            }
        }
        let (name, wanted) = text.strip_prefix("not ").map_or((text, true), |it| (it, false));
        match named(name)? {
            (fact, Unit::YesNo) => Ok(Self::YesNo { fact, wanted }),
            _ => Err(Refused(format!("条件“{text}”缺少比较，例如 {} >= 1", name.trim()))),
        }
    }

    /// What the facts say.
    #[must_use]
    pub fn verdict(&self, facts: &Facts) -> Verdict {
        match self {
            Self::Compare { fact, operator, bound } => match facts.at(*fact)? {
                Value::Number(number) => Some(operator.holds(number, *bound)),
                Value::YesNo(_) => None,
            },
            Self::YesNo { fact, wanted } => match facts.at(*fact)? {
                Value::YesNo(it) => Some(it == *wanted),
                Value::Number(_) => None,
            },
            Self::AmongBest { fact, share, cut } => {
                let (rank, ranked) = (whole(facts, fact + 1)?, whole(facts, fact + 2)?);
                Some(rank <= cut.of(share.times(Ratio::whole(ranked))?))
            }
            Self::All(parts) => all(parts.iter().map(|it| it.verdict(facts))),
            Self::Any(parts) => all(parts.iter().map(|it| it.verdict(facts).map(|it| !it))).map(|it| !it),
        }
    }

    /// The facts it asks for, in the order it names them.
    pub fn asks(&self, each: &mut dyn FnMut(usize)) {
        match self {
            Self::Compare { fact, .. } | Self::YesNo { fact, .. } => each(*fact),
            Self::AmongBest { fact, .. } => (fact + 1..=fact + 2).for_each(each),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|it| it.asks(each)),
        }
    }

    /// The conditions that must each hold: a gate of several lists them one by one.
    #[must_use]
    pub fn conditions(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) => parts.iter().collect(),
            one => vec![one],
        }
    }
}

/// No as soon as one is no, yes only when all are yes, else unknown.
pub(crate) fn all(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let mut so_far = Some(true);
    for verdict in verdicts {
        match verdict {
            Some(false) => return Some(false),
            Some(true) => {}
            None => so_far = None,
        }
    }
    so_far
}

fn whole(facts: &Facts, place: usize) -> Option<i128> {
    match facts.at(place)? {
        Value::Number(it) => it.as_whole(),
        Value::YesNo(_) => None,
    }
}

fn named(name: &str) -> Result<(usize, Unit), Refused> {
    let catalogue = catalogue();
    let place = catalogue.place(name.trim());
    let place = place
        .ok_or_else(|| Refused(format!("没有名为“{}”的事实，可用的事实见 jiayuan facts", name.trim())))?;
    Ok((place, catalogue.all()[place].unit))
}

fn number(text: &str) -> Result<Ratio, Refused> {
    Ratio::parse(text.trim()).map_err(|it| Refused(it.to_string()))
}

impl Operator {
    /// Longer signs first, so that `>=` is not read as `>`.
    const SIGNS: [(&'static str, Self); 5] = [
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        (">", Self::Above),
        ("<", Self::Below),
        ("=", Self::Equal),
    ];

    fn holds(self, number: Ratio, bound: Ratio) -> bool {
        match self {
            Self::Above => bound < number,
            Self::AtLeast => bound <= number,
            Self::Below => number < bound,
            Self::AtMost => number <= bound,
            Self::Equal => number == bound,
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Above => "超过",
            Self::AtLeast => "不低于",
            Self::Below => "低于",
            Self::AtMost => "不超过",
            Self::Equal => "为",
        }
    }
}

impl fmt::Display for Predicate {
    /// The condition in Chinese, as assessors and applicants read it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = catalogue().all();
        let joined =
            |parts: &[Self], with: &str| parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(with);
        match self {
            Self::Compare { fact, operator: Operator::Equal, bound } if *bound == Ratio::ZERO => {
                write!(f, "{}为0", facts[*fact].title)
            }
            Self::Compare { fact, operator, bound } => {
                let fact = &facts[*fact];
                write!(f, "{}{}{}", fact.title, operator.says(), fact.show(Value::Number(*bound)))
            }
            Self::YesNo { fact, wanted: true } => f.write_str(&facts[*fact].title),
            Self::YesNo { fact, wanted: false } => write!(f, "没有“{}”", facts[*fact].title),
            Self::AmongBest { fact, share, cut } => {
                let percent = share.times(Ratio::whole(100)).map(|it| it.exact()).unwrap_or_default();
                write!(f, "{}位于全市最好的{percent}%（按全市排名，名额{}）", facts[*fact].title, cut.says())
            }
            Self::All(parts) => f.write_str(&joined(parts, "，且")),
            Self::Any(parts) => f.write_str(&joined(parts, "，或")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, facts: &str, verdict: Verdict) {
        let facts: Facts = serde_json::from_str(facts).unwrap();
        assert_eq!(Predicate::parse(text, Rounding::Ceil).unwrap().verdict(&facts), verdict, "{text}");
    }

    // covers: LA-032, BJ-021, BJ-025
    #[test]
    fn a_bound_is_strict_or_not_as_the_notice_prints_it() {
        check("owner_satisfaction_rate > 95%", r#"{"owner_satisfaction_rate": "0.95"}"#, Some(false));
        check("owner_satisfaction_rate > 95%", r#"{"owner_satisfaction_rate": "0.9501"}"#, Some(true));
        check("fee_collection_rate >= 95%", r#"{"fee_collection_rate": "0.95"}"#, Some(true));
        check("owner_satisfaction_rate < 60%", r#"{"owner_satisfaction_rate": "0.6"}"#, Some(false));
        check("owner_satisfaction_rate > 90%", "{}", None);
    }

    // covers: LA-033, LA-044, BJ-022
    #[test]
    fn among_the_best_counts_heads_and_takes_the_cut_in() {
        let at = |rank: u32| format!(r#"{{"complaint_rate_rank": {rank}, "complaint_rate_ranked": 131}}"#);
        // 131 × 5 % = 6.55: seven when the cut is rounded up.
        check("complaint_rate in best 5%", &at(7), Some(true));
        check("complaint_rate in best 5%", &at(8), Some(false));
        check("complaint_rate in best 5%", r#"{"complaint_rate": "0.01"}"#, None);
    }

    #[test]
    fn unknown_wins_over_yes_and_no_wins_over_unknown() {
        assert_eq!(all([Some(true), None].into_iter()), None);
        assert_eq!(all([None, Some(false)].into_iter()), Some(false));
        assert_eq!(all([].into_iter()), Some(true));
    }

    #[test]
    fn a_condition_says_itself_in_chinese() {
        let says = |text: &str| Predicate::parse(text, Rounding::Ceil).unwrap().to_string();
        assert_eq!(says("fee_collection_rate > 95%"), "物业费收缴率超过95%");
        assert_eq!(says("safety_incidents_24m = 0"), "近24个月与物业管理相关的安全事故数为0");
        assert_eq!(
            says("enterprise_credit_score in best 5%"),
            "物业服务企业信用得分位于全市最好的5%（按全市排名，名额向上取整）"
        );
    }

    #[test]
    fn a_condition_that_means_nothing_is_refused() {
        for text in [
            "nobody > 1",
            "complaint_count",
            "on_remediation_list > 1",
            "fee_collection_rate in best 5%",
            "complaint_count > many",
        ] {
            assert!(Predicate::parse(text, Rounding::Ceil).is_err(), "{text}");
        }
    }
}
