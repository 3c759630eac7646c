//! What is posted, for everybody.

use ::store::{StoreError, Tx};
use app::Vault;
use kernel::{Problem, beijing_minute};
use registry::communities::{self, CommunityId, CommunityView, Found};

use crate::{
    calls::{self, PostedCall},
    committees::{self, CommitteeCard},
    counting::{self, ResultView},
    decisions::{
        self, DecisionId, Stage, labels,
        queries::{self as decided, DecisionLine},
    },
    enclosures::{self, FileLine},
    executions::{self, ExecutionView},
    foundings::{self, PostedGroup, types::FoundingId},
    objections::{self, Circle, ObjectionView},
    oversight, records,
    rolls::queries::{self as rolls, RollLine, RollView},
    sessions, spot_checks,
    voting::{self, Turnout, queries::ItemView},
};

/// A board: what one community has posted.
#[derive(Debug)]
pub(crate) struct BoardView {
    pub(crate) community: Found,
    pub(crate) rolls: Vec<RollLine>,
    pub(crate) decisions: Vec<DecisionLine>,
    pub(crate) committee: Option<CommitteeCard>,
    /// 候选人征集 and, later, who was announced.
    pub(crate) call: Option<PostedCall>,
    /// 筹备组、换届小组: its posting, what it is, where it stands, who sits in it.
    pub(crate) founding: Option<(FoundingId, &'static str, String, String)>,
    /// Who watches the committee, and what audits found.
    pub(crate) oversight: Vec<String>,
    /// 业委会会议: title, day, items with what came of them.
    pub(crate) sessions: Vec<(String, String, Vec<sessions::queries::ItemView>)>,
}

/// 表决公告 and, later, its result.
#[derive(Debug)]
pub(crate) struct PostedView {
    pub(crate) id: DecisionId,
    pub(crate) title: String,
    pub(crate) community: CommunityView,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) noticed_on: String,
    pub(crate) opens: String,
    pub(crate) closes: String,
    pub(crate) roll: RollLine,
    pub(crate) items: Vec<ItemView>,
    pub(crate) terms: Vec<(&'static str, String)>,
    /// Whose opinion, which, its words.
    pub(crate) reviews: Vec<(&'static str, &'static str, String)>,
    pub(crate) turnout: Option<Turnout>,
    pub(crate) results: Vec<ResultView>,
    /// Something was upheld or made void since: the newest result is being corrected.
    pub(crate) corrects: bool,
    pub(crate) objections: Vec<ObjectionView>,
    pub(crate) can_vote: bool,
    pub(crate) can_object: bool,
    pub(crate) cancelled: Option<String>,
    /// 纸质票: counted at the seal, and typed twice alike.
    pub(crate) paper: (usize, usize),
    /// 封票 and 重新清点, when it was more than once.
    pub(crate) recounts: Vec<String>,
    pub(crate) is_final: bool,
    pub(crate) is_cancelled: bool,
    /// 延期, each in a sentence.
    pub(crate) extensions: Vec<String>,
    pub(crate) executions: Vec<ExecutionView>,
    pub(crate) documents: Vec<FileLine>,
    /// 抽查回访: what it came to.
    pub(crate) spot_check: Option<String>,
    /// For the paper on the board: how many leaves were signed last, when, the root's first twenty digits and its short code.
    pub(crate) signed: Option<(i64, String, String, String)>,
}

pub(crate) enum Posting {
    Founding(Box<PostedGroup>),
    Roll(Box<RollView>),
    Decision(Box<PostedView>),
}

pub(crate) fn board(tx: &mut Tx<'_>, vault: &Vault, id: CommunityId) -> Result<BoardView, Problem> {
    let community = communities::found_one(tx, id.into())?.ok_or(Problem::NotFound)?;
    let mut lines = vec![];
    for it in decisions::store::of_community(tx, id.into())? {
        if it.stage.noticed().is_some() {
            lines.push(decided::line(tx, &it)?);
        }
    }
    let rolls = rolls::lines(tx, id.into())?
        .into_iter()
        .filter(|it| !["已撤回", "待公示"].contains(&it.stage.1))
        .collect();
    let committee = committees::card(tx, vault, id.into())?;
    let sessions = match &committee {
        Some(it) => sessions::posted(tx, it.id)?,
        None => vec![],
    };
    let before = committees::before_in(tx, vault, id.into())?;
    let oversight = oversight::posted(tx, vault, committee.as_ref().map(|it| it.id), before)?;
    let founding = foundings::posted(tx, vault, id.into())?;
    let call = calls::posted(tx, vault, id.into())?;
    Ok(BoardView { call, community, rolls, decisions: lines, committee, founding, sessions, oversight })
}

/// What an objection is about.
#[derive(Debug)]
pub(crate) struct About {
    pub(crate) place: kernel::Place,
    /// The page of those who work on it.
    pub(crate) href: String,
    /// As a sentence names it.
    pub(crate) what: String,
    /// It can still be answered: what was withdrawn or has gone on is not.
    pub(crate) waits: bool,
}

pub(crate) fn about(tx: &mut Tx<'_>, vault: &Vault, subject: i64) -> Result<About, Problem> {
    match decisions::store::load(tx, subject.into()) {
        Ok(it) => {
            return Ok(About {
                place: it.place,
                href: format!("/assemblies/decisions/{}", it.id),
                what: format!("“{}”的表决结果", it.title),
                waits: matches!(it.stage, Stage::Provisional(..) | Stage::Cancelled { .. }),
            });
        }
        Err(StoreError::Missing) => {}
        Err(other) => return Err(other.into()),
    }
    match crate::rolls::load(tx, subject.into()) {
        Ok(it) => Ok(About {
            place: it.place,
            href: format!("/assemblies/rolls/{}", it.id),
            what: "业主名册".to_owned(),
            waits: it.stage == crate::rolls::types::Stage::Proposed,
        }),
        Err(StoreError::Missing) => {
            let (place, waits) = foundings::heard_of(tx, vault, subject.into())?;
            let href = format!("/assemblies/foundings/{subject}");
            Ok(About { place, href, what: "小组名单".to_owned(), waits })
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) fn posting(tx: &mut Tx<'_>, vault: &Vault, subject: i64) -> Result<Posting, Problem> {
    let it = match decisions::store::load(tx, subject.into()) {
        Ok(it) => it,
        Err(StoreError::Missing) => {
            return match rolls::posted(tx, vault, subject.into()) {
                Ok(roll) => Ok(Posting::Roll(Box::new(roll))),
                Err(Problem::NotFound) => {
                    Ok(Posting::Founding(Box::new(foundings::posting(tx, vault, subject.into())?)))
                }
                Err(other) => Err(other),
            };
        }
        Err(other) => return Err(other.into()),
    };
    let Some(noticed) = it.stage.noticed().copied() else { return Err(Problem::NotFound) };
    let community = communities::load(tx, it.place.community.into())?;
    let roll = rolls::line(&crate::rolls::load(tx, noticed.roll)?);
    let reviews = decisions::store::reviews(tx, it.id)?;
    let reviews = reviews.into_iter();
    let results = counting::results(tx, it.id, &it)?;
    let corrects = !matches!(it.stage, Stage::Final(..) | Stage::Cancelled { .. })
        && 0 < counting::must_recount(tx, it.id, &results)?;
    let posted = results.first().is_some_and(|it| tx.ctx.today() < it.from);
    Ok(Posting::Decision(Box::new(PostedView {
        id: it.id,
        title: it.title.clone(),
        community: communities::shown(tx, community)?,
        stage: labels::stage(&it, tx.ctx.now),
        noticed_on: noticed.on.to_string(),
        opens: beijing_minute(noticed.opens_at),
        closes: labels::until(noticed.closes_at),
        roll,
        items: voting::queries::items(&it.agenda),
        terms: decisions::declared::terms(&it),
        paper: voting::rules::paper(it.stage.boxes(), &voting::store::sheets(tx, it.id)?),
        recounts: records::recounts(tx, it.id)?,
        is_final: matches!(it.stage, Stage::Final(..)),
        is_cancelled: matches!(it.stage, Stage::Cancelled { .. }),
        extensions: records::extensions(tx, it.id)?,
        executions: executions::of_decision(tx, it.id, &it.place)?.0,
        documents: enclosures::documents(tx, it.id, true)?,
        spot_check: spot_checks::told(tx, it.id)?.map(|it| it.sentence()),
        signed: records::newest_signed(tx, it.id)?,
        reviews: reviews
            .map(|it| {
                let basis = if it.document.is_empty() {
                    String::new()
                } else {
                    format!("（依据{}）", it.document)
                };
                (labels::reviewer(it.body), labels::opinion(it.opinion), it.words + &basis)
            })
            .collect(),
        // Once there is a result it says more, and nobody has to read the whole roll for it.
        turnout: if results.is_empty() { voting::turnout(tx, &it)? } else { None },
        results,
        corrects,
        objections: objections::of_subject(tx, Circle::Public, &it.place, subject)?,
        can_vote: matches!(it.stage, Stage::Noticed(_)) && noticed.is_open(tx.ctx.now),
        can_object: matches!(it.stage, Stage::Provisional(..)) && posted,
        cancelled: match &it.stage {
            Stage::Cancelled { reason, .. } => Some(reason.clone()),
            _ => None,
        },
    })))
}
