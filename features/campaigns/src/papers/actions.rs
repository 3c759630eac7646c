//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{FieldError, Problem, Tenant};
use registry::communities;

use super::{
    events::{AnnexRead, PapersEntered},
    policy,
    rules::{self, PaperRefusal},
    store,
    types::{PaperForm, Row},
};
use crate::{
    applications::{
        self, annexes,
        types::{ApplicationId, Channel, Decision},
    },
    assessments,
    openings::{self, types::CampaignId},
};

/// 录入附件4 — every row becomes an application the county recommends, or none does.
pub(crate) fn enter(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    form: &PaperForm,
    rows: &[Row],
    digest: &str,
) -> Result<(usize, Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let named = form.county.parse().map(Tenant::from_number);
    let county =
        named.map_err(|_| Problem::Invalid(vec![FieldError::new("county", "请选择是哪个县区的书面材料")]))?;
    // A county of another city is nobody's here.
    if !openings::counties(tx, &campaign)?.contains_key(&i64::from(county.number())) {
        return Err(Problem::NotFound);
    }
    let permit = policy::may_enter(&tx.ctx.actor, campaign.owner, county)?;
    if !assessments::store::notices(tx, id)?.is_empty() {
        return Err(PaperRefusal::AlreadyPosted.into());
    }
    let today = tx.ctx.today();
    let begun = openings::store::periods(tx, id)?.iter().filter_map(|it| it.starts_on).min();
    let received = rules::received(form, begun, today);
    let decision = Decision { decided_on: form.decided_on.clone(), decision: form.decision.clone() };
    let decided = applications::rules::decision(&decision, begun, today);
    let received = match (received, decided) {
        // Only who received the papers can say that they came in time; for a county it is today.
        (Ok(_), Ok(_)) if !policy::receives(&tx.ctx.actor, campaign.owner) => today,
        (Ok(day), Ok((decided_on, _))) if decided_on <= day => day,
        (Ok(_), Ok(_)) => {
            let says = "研究确定的日期不能晚于收到书面材料的日期";
            return Err(Problem::Invalid(vec![FieldError::new("decided_on", says)]));
        }
        (received, decided) => {
            let mut errors: Vec<FieldError> = received.err().into_iter().collect();
            if let Err(Problem::Invalid(more)) = decided {
                errors.extend(more);
            }
            return Err(Problem::Invalid(errors));
        }
    };
    let (mut faults, mut applications) = (vec![], vec![]);
    for row in rows {
        let told = |fault: String| format!("第{}行“{}”：{fault}", row.line, row.community);
        match enter_one(tx, vault, id, county, row, received, &decision) {
            Ok(it) => applications.push(it),
            // What a person can mend is told for every row at once; anything else ends it here.
            Err(problem @ Problem::Refused { .. }) => faults.push(told(problem.to_string())),
            Err(Problem::Invalid(errors)) => {
                faults.extend(errors.into_iter().map(|it| told(it.message)));
            }
            Err(problem) => return Err(problem),
        }
    }
    if !faults.is_empty() {
        let faults = faults.into_iter().map(|it| FieldError::new("file", it));
        return Err(Problem::Invalid(faults.collect()));
    }
    let (recommended, digest) = (rows.len(), digest.to_owned());
    let entered = PapersEntered { campaign: id, tenant: county.number(), applications, digest };
    Ok((recommended, tx.record(permit, &entered)?))
}

fn enter_one(
    tx: &mut Tx<'_>,
    vault: &Vault,
    campaign: CampaignId,
    county: Tenant,
    row: &Row,
    received: jiff::civil::Date,
    decision: &Decision,
) -> Result<ApplicationId, Problem> {
    let invalid = |says: &str| Problem::Invalid(vec![FieldError::new("file", says)]);
    let community = match communities::called(tx, county, &row.community)?[..] {
        [id] => id,
        [] => return Err(invalid("台账中没有这个小区，请核对名称，或填写小区编号")),
        _ => return Err(invalid("本县区有几个小区叫这个名称，请改填小区编号")),
    };
    let id = applications::on_paper::from_paper(tx, vault, campaign, community, received)?;
    let application = applications::store::load(tx, vault, id)?;
    let mut answers = application.answers.clone();
    for (place, said) in [(&mut answers.party_org, &row.party_org), (&mut answers.committee, &row.committee)]
    {
        if !said.is_empty() {
            *place = identifiers::mask_numbers(said);
        }
    }
    applications::store::save(tx, vault, &applications::types::Application { answers, ..application })?;
    store::set_reported(tx, id, &identifiers::mask_numbers(&row.standing))?;
    let application = applications::store::load(tx, vault, id)?;
    applications::actions::select(tx, &application, decision, received)?;
    Ok(id)
}

/// 读入附件3 — into an application that came on paper; what the annex leaves empty stays as it was.
pub(crate) fn read_annex(
    tx: &mut Tx<'_>,
    vault: &Vault,
    (campaign, id): (CampaignId, ApplicationId),
    rows: &[Vec<String>],
    digest: &str,
) -> Result<((), Recorded), Problem> {
    let application = applications::store::load(tx, vault, id)?;
    let permit = policy::may_read_in(&tx.ctx.actor, &application.place)?;
    let came_on_paper = application.channel == Channel::Bureau && application.paper_on.is_some();
    if application.campaign != campaign || !came_on_paper {
        return Err(Problem::NotFound);
    }
    if !assessments::store::notices(tx, campaign)?.is_empty() {
        return Err(PaperRefusal::AlreadyPosted.into());
    }
    let pack = openings::queries::going_on(tx, campaign)?.pack;
    let filled = annexes::annex_3(rows, &applications::rules::practices(&pack)).ok_or_else(|| {
        let says = "文件中没有找到自荐表（附件3）的表格，请上传按附件3填写的“.docx”文件";
        Problem::Invalid(vec![FieldError::new("annex", says)])
    })?;
    applications::on_paper::fill_from(tx, vault, application, &filled)?;
    Ok(((), tx.record(permit, &AnnexRead { application: id, digest: digest.to_owned() })?))
}
