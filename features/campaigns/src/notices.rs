//! 告知 — who hears of what in a campaign, in the same unit of work: on their pages of messages.

use ::store::Tx;
use kernel::{Place, Problem, Role, Scope, Tenant, UserId};
use messages::{Note, Post};
use registry::communities;

use crate::{
    applications::{
        self,
        types::{Application, ApplicationId, Channel, Party},
    },
    openings::{
        self,
        types::{Campaign, CampaignId, Owner},
    },
};

/// Whom a notice was sent to, the counties of a city or the streets of a county: to take note of, or of a day that moved.
pub(crate) fn addressees(
    tx: &mut Tx<'_>,
    (id, owner, named): (CampaignId, Owner, &[i64]),
    mark: &str,
    title: String,
) -> Result<(), Problem> {
    let told: Vec<Post> = if let Some(county) = owner.county {
        let streets = openings::queries::streets_of(tx, owner.city, county, named)?.into_iter();
        streets.map(|it| Post::new(Role::Subdistrict, Scope::Subdistrict(it.id.into()))).collect()
    } else {
        let counties = openings::queries::counties_of(tx, owner, named)?.into_keys();
        let county = |it: i64| Tenant::from_number(u16::try_from(it).unwrap_or(0));
        counties.map(|it| Post::new(Role::CountyBureau, Scope::County(county(it)))).collect()
    };
    let (subject, href) = (id.into(), format!("/campaigns/{id}"));
    messages::tell(tx, &Note { subject, mark: mark.to_owned(), title, href, urgent: false }, &told)
}

/// 申报单位: whoever applied is told what became of the whole campaign, each office once.
pub(crate) fn applicants(
    tx: &mut Tx<'_>,
    (id, owner): (CampaignId, Owner),
    mark: &str,
    title: String,
) -> Result<(), Problem> {
    let applied = applications::store::applicants(tx, owner.city, id)?.into_iter();
    let mut told: Vec<Post> =
        applied.flat_map(|(channel, party, place)| concerned((channel, party), &place)).collect();
    told.sort_unstable();
    told.dedup();
    let (subject, href) = (id.into(), format!("/campaigns/{id}"));
    messages::tell(tx, &Note { subject, mark: mark.to_owned(), title, href, urgent: true }, &told)
}

/// Whom an application concerns: whoever it is of, and the county where it recommends it.
fn concerned((channel, party): (Channel, Party), place: &Place) -> Vec<Post> {
    let of = match party {
        Party::Enterprise => {
            (place.enterprise != 0).then(|| Post::new(Role::Enterprise, Scope::Enterprise(place.enterprise)))
        }
        Party::Committee => Some(Post::new(Role::OwnersCommittee, Scope::Community(place.community))),
        Party::County => None,
    };
    let county = (channel == Channel::Bureau || of.is_none()).then(|| county_of(place));
    of.into_iter().chain(county).collect()
}

fn county_of(place: &Place) -> Post {
    let county = Tenant::from_number(u16::try_from(place.tenant).unwrap_or(0));
    Post::new(Role::CountyBureau, Scope::County(county))
}

/// What happened to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happened {
    Submitted,
    /// 街道审核通过.
    Reviewed,
    Returned,
    Accepted,
    Recommended,
    AppealRaised,
    AppealAnswered,
    /// 撤下, by the campaign's owner.
    Excluded,
}

pub(crate) fn application(tx: &mut Tx<'_>, it: &Application, happened: Happened) -> Result<(), Problem> {
    let place = &it.place;
    let county = county_of(place);
    let street = Post::new(Role::Subdistrict, Scope::Subdistrict(place.subdistrict));
    let owner = openings::store::load(tx, it.campaign)?.owner;
    let runs = Post::new(owner.role(), owner.scope());
    let concerned = concerned((it.channel, it.party), place);
    // What is to be put right is its writer's alone.
    let writer = || if it.channel == Channel::Bureau { vec![county] } else { concerned.clone() };
    let (words, told) = match happened {
        Happened::Submitted => ("自荐表已提交，请审核", vec![street]),
        Happened::Reviewed => ("自荐表已经街道审核，请县区审核", vec![county]),
        Happened::Returned => ("自荐表已退回，请按意见修改", writer()),
        Happened::Accepted => ("自荐表已通过县区审核", writer()),
        Happened::Recommended => ("县区推荐", [vec![runs], concerned].concat()),
        Happened::AppealRaised => ("对得分或条件提出申诉，请答复", vec![runs, county]),
        Happened::AppealAnswered => ("申诉已答复", [concerned, vec![county]].concat()),
        Happened::Excluded => {
            ("已由主办单位撤下，不再参加排名，理由见公开结果页", [concerned, vec![county]].concat())
        }
    };
    let mut told = told;
    told.sort_unstable();
    told.dedup();
    // A city reads of many counties, whose communities often share a name.
    let community = applications::candidate(tx, it)?;
    let community = communities::shown(tx, community)?;
    let community = format!("{} {}", community.county, community.name);
    let note = Note {
        subject: it.id.into(),
        // Each time it comes around again is told anew.
        mark: format!("{happened:?}:{}", tx.ctx.now.as_microsecond()),
        title: format!("{words}：{community}"),
        href: format!("/campaigns/applications/{}", it.id),
        urgent: happened == Happened::Returned,
    };
    messages::tell(tx, &note, &told)
}

/// Tells whoever runs a campaign that something waits for them.
pub(crate) fn owner(
    tx: &mut Tx<'_>,
    id: CampaignId,
    (mark, words): (String, &str),
    page: &str,
) -> Result<(), Problem> {
    let campaign = openings::store::load(tx, id)?;
    let runs = Post::new(campaign.owner.role(), campaign.owner.scope());
    let note = Note {
        subject: id.into(),
        mark,
        title: format!("{words}：{}", campaign.title),
        href: format!("/campaigns/{id}/{page}"),
        urgent: false,
    };
    messages::tell(tx, &note, &[runs])
}

/// 分配: an assessor has a sheet more to fill in.
pub(crate) fn assigned(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    to: &[(UserId, ApplicationId)],
) -> Result<(), Problem> {
    for (assessor, application) in to {
        let note = Note {
            subject: (*application).into(),
            mark: format!("assigned:{assessor}:{}", tx.ctx.now.as_microsecond()),
            title: format!("新的评分表：{}", campaign.title),
            href: "/campaigns/sheets".to_owned(),
            urgent: false,
        };
        messages::tell(tx, &note, &[Post::person(Role::Assessor, *assessor)])?;
    }
    Ok(())
}
