//! 告知 — who hears of what, in the same unit of work: the bodies around a case on their pages of messages, and the
//! reporter by short message. No name, phone, unit or text of a case is in either.

use ::store::Tx;
use kernel::{Problem, Role, Scope, Tenant};
use messages::{Note, Post};
use registry::communities::{self, Community};

use super::{
    bodies, store,
    types::{Body, Kind, Step, Ticket, Whistle},
};
use crate::{meetings::types::Meeting, profiles::types::Urgency, reporting::category_label};

/// What stands for the reporter in the list of short messages.
const REPORTER: &str = "反映人";

pub(crate) fn post(body: Body) -> Post {
    match body {
        Body::County(tenant) => Post::new(Role::CountyBureau, Scope::County(tenant)),
        Body::Subdistrict(id) => Post::new(Role::Subdistrict, Scope::Subdistrict(id)),
        Body::Neighborhood(id) => Post::new(Role::Neighborhood, Scope::Neighborhood(id)),
        Body::Enterprise(id) => Post::new(Role::Enterprise, Scope::Enterprise(id)),
        Body::Branch(id) => Post::new(Role::PartyBranch, Scope::Community(id)),
        Body::Committee(id) => Post::new(Role::OwnersCommittee, Scope::Community(id)),
        Body::Department(id) => Post::new(Role::CoHandler, Scope::Department(id)),
    }
}

/// The body a message to a post was for.
pub(crate) fn body(post: &Post) -> Option<Body> {
    let (role, _, number) = post.code();
    Some(match Role::from_code(role)? {
        Role::CountyBureau => Body::County(Tenant::from_number(u16::try_from(number).ok()?)),
        Role::Subdistrict => Body::Subdistrict(number),
        Role::Neighborhood => Body::Neighborhood(number),
        Role::Enterprise => Body::Enterprise(number),
        Role::PartyBranch => Body::Branch(number),
        Role::OwnersCommittee => Body::Committee(number),
        Role::CoHandler => Body::Department(number),
        _ => return None,
    })
}

/// 第一时间传递至物业服务企业、属地和县物业主管部门; the first level's branch and committee hear of it too (SC-062).
pub(crate) fn filed(tx: &mut Tx<'_>, ticket: &Ticket, community: &Community) -> Result<(), Problem> {
    let place = &ticket.place;
    let tenant = Tenant::from_number(u16::try_from(place.tenant).unwrap_or(0));
    let mut told = vec![
        Body::County(tenant),
        Body::Subdistrict(place.subdistrict),
        Body::Neighborhood(place.neighborhood),
        Body::Branch(place.community),
        Body::Committee(place.community),
    ];
    if place.enterprise != 0 {
        told.push(Body::Enterprise(place.enterprise));
    }
    let danger = ticket.urgency == Urgency::Danger;
    let words = match ticket.kind {
        Kind::Praise => "收到表扬",
        _ if danger => "新诉求（危险）",
        _ => "新诉求",
    };
    tell(tx, ticket, community, ("filed", words, danger), &told)
}

/// 吹哨 calls a body in, which has its own clock to report in by.
pub(crate) fn whistled(tx: &mut Tx<'_>, ticket: &Ticket, it: &Whistle) -> Result<(), Problem> {
    let community = communities::load(tx, ticket.place.community.into())?;
    let mark = format!("whistle:{}:{}", it.level, it.round);
    tell(tx, ticket, &community, (&mark, "吹哨，请按时报到", true), &[it.responder])
}

/// 列入联席会议议题: whoever convenes the meeting hears of it, and the bodies below it.
pub(crate) fn put_on_agenda(tx: &mut Tx<'_>, ticket: &Ticket, meeting: Meeting) -> Result<(), Problem> {
    let place = &ticket.place;
    let county = Body::County(Tenant::from_number(u16::try_from(place.tenant).unwrap_or(0)));
    let (street, neighborhood) =
        (Body::Subdistrict(place.subdistrict), Body::Neighborhood(place.neighborhood));
    let told: &[Body] = match meeting {
        Meeting::Neighborhood => &[street, neighborhood, county],
        Meeting::Alliance => &[street, neighborhood],
        Meeting::County => &[county, street],
    };
    let community = communities::load(tx, place.community.into())?;
    let words = format!("列入{}议题", meeting.label());
    tell(
        tx,
        ticket,
        &community,
        (&format!("agenda:{}:{}", meeting.code(), ticket.version), &words, false),
        told,
    )
}

/// What was done to many at once was taken back: whoever was sent the case, or was urged by it, hears so.
pub(crate) fn taken_back(tx: &mut Tx<'_>, ticket: &Ticket, words: &str) -> Result<(), Problem> {
    let Some(handler) = ticket.stage.handler() else { return Ok(()) };
    let community = communities::load(tx, ticket.place.community.into())?;
    let mark = format!("undone:{}", ticket.version);
    tell(tx, ticket, &community, (&mark, words, false), &[handler])
}

/// 协同办理: a unit is asked for its part, or the handler hears that it came.
pub(crate) fn joint(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    told: &[Body],
    mark: &str,
    words: &str,
) -> Result<(), Problem> {
    let community = communities::load(tx, ticket.place.community.into())?;
    tell(tx, ticket, &community, (mark, words, false), told)
}

/// Whoever may send a case elsewhere: they review what is handed back, grant more time, and ask units to join.
pub(crate) fn offices(ticket: &Ticket) -> [Body; 3] {
    let place = &ticket.place;
    [
        Body::Neighborhood(place.neighborhood),
        Body::Subdistrict(place.subdistrict),
        Body::County(Tenant::from_number(u16::try_from(place.tenant).unwrap_or(0))),
    ]
}

/// A step of the line, for those it concerns.
pub(crate) fn stepped(tx: &mut Tx<'_>, ticket: &Ticket, step: &Step) -> Result<(), Problem> {
    let place = &ticket.place;
    let offices = offices(ticket);
    let company = (place.enterprise != 0).then_some(Body::Enterprise(place.enterprise));
    let handler: Vec<Body> = ticket.stage.handler().into_iter().collect();
    let (words, urgent, told) = match step.code {
        "dispatched" => ("派单给你单位", false, handler),
        "returned" => ("承办单位退单，请审核", false, offices.to_vec()),
        "return_refused" => ("退单未同意，请继续办理", false, handler),
        "reopened" => ("反映人不满意，退回重办", false, handler),
        "supervised" => ("督办", true, handler),
        "urged" => ("反映人催办", false, handler),
        "extension_asked" => ("承办单位申请延期，请答复", false, offices.to_vec()),
        "extension_refused" => ("延期未同意，请按期办理", false, handler),
        "extension_lapsed" => ("延期申请没有等到答复，已失效", false, handler),
        "late" => ("超过时限", true, handler),
        "corrected" => {
            // Whoever has it, or whoever sends it out.
            let told = if handler.is_empty() { offices.to_vec() } else { handler };
            ("类别或紧急程度已更正，请看时限", ticket.urgency == Urgency::Danger, told)
        }
        "taken_up" => ("不是表扬，请派单办理", ticket.urgency == Urgency::Danger, offices.to_vec()),
        "objected" => ("反映人不认可不予受理或转办，请复核", true, offices.to_vec()),
        // Whoever was alarmed by it hears that it is over.
        "withdrawn" => ("反映人已撤回", false, offices.into_iter().chain(company).collect()),
        _ => ("", false, vec![]),
    };
    if !told.is_empty() {
        let community = communities::load(tx, ticket.place.community.into())?;
        // A remark changes no version; what comes again is told again.
        let mark = format!("{}:{}:{}", step.code, ticket.version, tx.ctx.now.as_microsecond());
        tell(tx, ticket, &community, (&mark, words, urgent), &told)?;
    }
    to_reporter(tx, ticket, step)
}

fn tell(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    community: &Community,
    (mark, words, urgent): (&str, &str, bool),
    told: &[Body],
) -> Result<(), Problem> {
    let note = Note {
        subject: ticket.id.into(),
        mark: mark.to_owned(),
        title: format!(
            "{words}：{} {}（{}）",
            community.name,
            category_label(&ticket.category),
            bodies::called(tx, ticket)?
        ),
        href: format!("/tickets/{}", ticket.id),
        urgent,
    };
    let posts: Vec<Post> = told.iter().map(|it| post(*it)).collect();
    messages::tell(tx, &note, &posts)
}

/// What the reporter hears by short message, if they left a number to hear it by.
fn to_reporter(tx: &mut Tx<'_>, ticket: &Ticket, step: &Step) -> Result<(), Problem> {
    let words = match step.code {
        "answered" => "已答复。请用查询码，或编号加手机后四位，在“查看进度”里查看并评价是否解决",
        "extended" => "办理时限已延长，原因可在“查看进度”里看到",
        "declined" => "没有受理，原因和其他途径可在“查看进度”里看到",
        "transferred" => "已转有关专线办理，可在“查看进度”里看到",
        "taken_up" => "性质已更正，开始办理，可在“查看进度”里看到",
        "corrected" => "类别或紧急程度已更正，办理时限以“查看进度”里的为准",
        "closed" => "已结案，可在“查看进度”里看到",
        "called_back" => "已按回访登记办结；与您说的不一样的，请在“查看进度”里评价",
        _ => return Ok(()),
    };
    if !store::left_number(tx, ticket.id)? {
        return Ok(());
    }
    let text = format!("您反映的问题（{}）{words}。", bodies::called(tx, ticket)?);
    Ok(messages::text(tx, ticket.id.into(), REPORTER, (&ticket.contact, ""), &text)?)
}
