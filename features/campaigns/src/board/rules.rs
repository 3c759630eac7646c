//! What a tile says of a county, and where the dots of an item lie. Pure.

use kernel::Ratio;

/// How far a county is: how it looks, and the word for it.
pub(crate) type State = (&'static str, &'static str);

/// What is known of a county's part in the campaign.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    pub(crate) signed: bool,
    pub(crate) submitted: i64,
    pub(crate) accepted: i64,
    pub(crate) recommended: i64,
    pub(crate) places: i64,
    /// 至少推荐几个, where the notice says so.
    pub(crate) least: i64,
    /// The days for recommending are over.
    pub(crate) is_over: bool,
}

pub(crate) fn state(it: &Standing) -> State {
    match it {
        it if 0 < it.recommended && it.recommended < it.least && it.is_over => ("late", "低于最低数"),
        it if 0 < it.recommended && it.recommended < it.least => ("soon", "未到最低数"),
        it if 0 < it.recommended => ("done", "已报送"),
        it if it.is_over && 0 < it.places => ("late", "逾期未报送"),
        it if !it.signed => ("late", "未签收"),
        it if 0 < it.accepted => ("soon", "已审核，待推荐"),
        it if 0 < it.submitted => ("open", "有申报，审核中"),
        _ => ("open", "还没有申报"),
    }
}

/// The scores of one item: where each lies between nothing and all, in hundredths, and the least, middle and most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spread {
    /// Hundredths of the item's worth, and how many lie there.
    pub(crate) dots: Vec<(u32, usize)>,
    pub(crate) least: String,
    pub(crate) middle: String,
    pub(crate) most: String,
}

pub(crate) fn spread(mut scores: Vec<Ratio>, worth: Ratio) -> Option<Spread> {
    scores.sort();
    let (least, most) = (*scores.first()?, *scores.last()?);
    let middle = scores[scores.len() / 2];
    let mut dots: Vec<(u32, usize)> = vec![];
    for score in scores {
        let share = score.over(worth).and_then(|it| it.times(Ratio::whole(100)));
        let at = share.and_then(|it| it.rounded(0).parse().ok()).unwrap_or(0).min(100);
        match dots.last_mut() {
            Some((last, n)) if *last == at => *n += 1,
            _ => dots.push((at, 1)),
        }
    }
    let [least, middle, most] = [least, middle, most].map(|it| it.rounded(2));
    Some(Spread { dots, least, middle, most })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_says_the_most_telling_thing() {
        let county = Standing { signed: true, places: 2, ..Standing::default() };
        assert_eq!(state(&county).1, "还没有申报");
        assert_eq!(state(&Standing { signed: false, ..county.clone() }).1, "未签收");
        assert_eq!(state(&Standing { submitted: 1, ..county.clone() }).1, "有申报，审核中");
        assert_eq!(state(&Standing { submitted: 2, accepted: 1, ..county.clone() }).1, "已审核，待推荐");
        assert_eq!(state(&Standing { accepted: 1, is_over: true, ..county.clone() }).1, "逾期未报送");
        assert_eq!(state(&Standing { recommended: 1, is_over: true, ..county.clone() }).1, "已报送");
        // A notice that asks for two is not served by one.
        assert_eq!(state(&Standing { recommended: 1, least: 2, ..county.clone() }).1, "未到最低数");
        assert_eq!(
            state(&Standing { recommended: 1, least: 2, is_over: true, ..county.clone() }).1,
            "低于最低数"
        );
        assert_eq!(
            state(&Standing { recommended: 2, least: 2, is_over: true, ..county.clone() }).1,
            "已报送"
        );
        // Where a county has no place there is nothing to be late with.
        assert_eq!(state(&Standing { places: 0, is_over: true, ..county }).1, "还没有申报");
    }

    #[test]
    fn dots_lie_between_nothing_and_all() {
        let worth = Ratio::whole(4);
        let scores = vec![Ratio::whole(4), Ratio::ZERO, Ratio::whole(2), Ratio::whole(2)];
        let spread = spread(scores, worth).unwrap();
        assert_eq!(spread.dots, [(0, 1), (50, 2), (100, 1)]);
        assert_eq!(
            (spread.least.as_str(), spread.middle.as_str(), spread.most.as_str()),
            ("0.00", "2.00", "4.00")
        );
        assert_eq!(super::spread(vec![], worth), None);
    }
}
