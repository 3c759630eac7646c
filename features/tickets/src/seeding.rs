//! A believable year of cases for the demonstration, through the same verbs people use.

use app::App;
use jiff::{SignedDuration, Timestamp};
use kernel::{Actor, Ctx, Hat, Problem, Role, Scope, UserId};
use registry::communities::{self, CommunityId};

use crate::{
    cases::{
        actions, filing,
        forms::{Handling, Intake, Rating},
        types::TicketId,
    },
    enforcements::types::ListingForm,
    profiles::routes,
    templates::types::TemplateForm,
};

/// Category, what was said, where.
const SAID: [(&str, &str, &str); 14] = [
    ("lighting", "楼道灯坏了好几天，老人晚上不敢下楼", "2号楼"),
    ("leak", "顶楼下雨就漏水，墙皮都鼓起来了", "5号楼顶层"),
    ("parking", "消防登高面总有车停着，划了线也没人管", "东门内"),
    ("cleaning", "垃圾桶两天没清，夏天味道很大", "3号楼旁"),
    ("elevator", "电梯开关门反复，物业贴了纸没修", "6号楼2单元"),
    ("charging", "有人从楼上拉线充电，怕着火", "1号楼北侧"),
    ("noise", "小区里装修早上六点就开始", "4号楼"),
    ("sewage", "下水道堵了，污水漫到路上", "7号楼前"),
    ("greenery", "草坪枯了一大片，没人补种", "中心花园"),
    ("fees", "物业费收据上多了一项说不清的费用", "物业服务中心"),
    ("thrown_objects", "楼上往下扔烟头，差点烫到孩子", "2号楼西侧"),
    ("security", "大门没人值守，外卖车随便进", "南门"),
    ("animals", "大型犬不拴绳，孩子被吓到", "中心花园"),
    ("common_income", "电梯广告收入多少从来没公示过", "全小区"),
];
const THANKS: [(&str, &str, &str); 3] = [
    ("elevator", "夜里被困电梯，值班师傅十分钟就赶到，态度也好", "6号楼1单元"),
    ("cleaning", "保洁大姐捡到钱包送到服务中心，找到了失主", "3号楼"),
    ("other", "下大雪那天物业一早就把路扫出来了，谢谢", "全小区"),
];
/// The same troubles in other words: a year's people do not all write alike.
const SAID_TOO: [(&str, &str, &str); 14] = [
    ("lighting", "地下车库B区一排灯不亮，倒车看不见柱子", "地下车库"),
    ("leak", "外墙渗水，北屋墙角发霉", "1号楼"),
    ("parking", "私家车停在消防通道口，叫了几次不挪", "西门"),
    ("cleaning", "电梯间地面好久没拖，有一股味", "4号楼"),
    ("elevator", "电梯运行时抖动，有异响", "3号楼1单元"),
    ("charging", "电动车推进楼道充电，门口堵着", "6号楼"),
    ("noise", "楼下广场舞音量太大，到十点还在放", "南门广场"),
    ("sewage", "化粪池井盖冒水，孩子从旁边过不安全", "5号楼后"),
    ("greenery", "行道树的枝子伸到二楼窗户上了", "2号楼"),
    ("fees", "停车费涨了没见公示", "物业服务中心"),
    ("thrown_objects", "楼上扔下一袋垃圾，砸在车顶上", "7号楼"),
    ("security", "单元门禁坏了，谁都能进", "1号楼2单元"),
    ("animals", "有人在绿地里喂流浪狗，成群追人", "中心花园"),
    ("common_income", "快递柜占地的收入没有公布", "东门"),
];
/// And what comes less often.
const SAID_SELDOM: [(&str, &str, &str); 14] = [
    ("fire_lane", "消防通道被私家车占着，救护车进不来", "东门"),
    ("waste_sorting", "厨余和其他垃圾混着倒，没人管", "1号桶站"),
    ("illegal_building", "顶楼住户在露台上搭阳光房", "6号楼顶层"),
    ("load_bearing", "楼下装修砸墙，怀疑动了承重墙", "3号楼2单元"),
    ("water_power", "小区二次供水停了半天没有通知", "全小区"),
    ("committee", "业委会换届到期了还没有动静", "全小区"),
    ("service", "打电话报修态度差，推来推去", "物业服务中心"),
    ("falling_facade", "外墙瓷砖松动，掉下来一块", "4号楼东侧"),
    ("lighting", "门禁刷卡没反应，老人进不了楼", "7号楼"),
    ("parking", "非机动车堆在单元门口", "2号楼"),
    ("noise", "楼上半夜拖桌椅，说了不听", "5号楼"),
    ("leak", "地下室返潮积水，味道大", "1号楼地下室"),
    ("fees", "装修押金拖着不退", "物业服务中心"),
    ("elevator", "电梯困人，等了二十分钟才来", "2号楼1单元"),
];
const NAMES: [&str; 6] = ["周桂芳", "孟繁星", "常秀英", "谢立冬", "陶玉兰", "段小军"];

/// Who does what in the demonstration.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub county_officer: UserId,
    pub manager: UserId,
}

type Done<T> = Result<T, Problem>;

/// Plays about `n` cases over the year before `now` in these communities; the newest are still open, some of them late. `first` is the
/// number its codes and phones begin with: another county begins with another.
///
/// # Errors
/// When the store refuses, or a verb says what it should not.
pub async fn year(
    app: &App,
    cast: Cast,
    places: &[CommunityId],
    (first, n): (usize, usize),
    now: Timestamp,
) -> Done<()> {
    // Two counties do not complain of the same thing in the same hour.
    let (newest, shift) = ((n / 2).min(12), first / 1_000);
    for case in 0..n {
        // Every fifth lies where the demonstration's people are at home, and of the newest every other.
        let at = if case % 5 == 0 || (n <= case + newest && case % 2 == 0) {
            0
        } else {
            case * 11 % places.len().max(1)
        };
        // At home the rubbish comes up again and again of late, which the early warning notices.
        let again = shift == 0 && at == 0 && n <= case + newest && case + 4 < n;
        let all = [&SAID, &SAID_TOO, &SAID_SELDOM][case / SAID.len() % 3];
        let said = if again { SAID[3] } else { all[(case + shift * 5) % SAID.len()] };
        let Some(community) = places.get(at).copied() else { return Ok(()) };
        // Spread over the year, at hours people are awake; the last dozen within the last days.
        let days =
            if n <= case + newest { (n - case) as i64 } else { 3 + (n - case) as i64 * 350 / n as i64 };
        let hours = if n <= case + newest {
            days * 24 - 3 - (case as i64 * 5) % 9 + (shift as i64 * 7) % 10
        } else {
            days * 24 + (case as i64 * 37) % 50
        };
        let at = awake(now - SignedDuration::from_hours(hours), case as i64);
        let at = if n <= case + newest { now - SignedDuration::from_hours(hours) } else { at };
        play(app, cast, community, (first + case, said), at, now).await?;
    }
    Ok(())
}

/// Some hour of that day at which people are up.
fn awake(at: Timestamp, case: i64) -> Timestamp {
    let midnight = kernel::beijing_date(at).to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    let hour = SignedDuration::from_mins((7 * 60) + (case * 97) % (14 * 60));
    midnight.map_or(at, |it| it.timestamp() + hour)
}

/// What a county keeps ready: answers, and matters its townships take in hand.
///
/// # Errors
/// When the store refuses, or a verb says what it should not.
pub async fn desk(app: &App, cast: Cast, county: kernel::Tenant, now: Timestamp) -> Done<()> {
    let hat = Hat { grant: 0, role: Role::CountyBureau, scope: Scope::County(county) };
    let ctx = || Ctx { now, ..app.ctx(Actor { user: cast.county_officer, hat }, None) };
    for (category, title, words) in [
        ("lighting", "照明已修复", "已于＿＿更换灯具并试亮，请您查看，如仍不亮请再反映。"),
        ("elevator", "电梯已检修", "维保单位已于＿＿检修，更换了＿＿，现已恢复运行。"),
        ("", "需要时间办理", "您反映的问题需要＿＿，预计＿＿前办结，办理中会再联系您。"),
    ] {
        let own = str::to_owned;
        let form = TemplateForm {
            category: own(category),
            title: own(title),
            words: own(words),
            version: String::new(),
        };
        app.store.write(ctx(), move |tx| crate::templates::actions::add(tx, &form)).await?;
    }
    for (title, category, department, basis, phone) in [
        ("占用堵塞消防通道", "fire_lane", "乡镇（街道）综合行政执法队", "消防法第六十条", "0564-0008001"),
        (
            "楼道违规停放电动车充电",
            "charging",
            "乡镇（街道）综合行政执法队",
            "高层民用建筑消防安全管理规定第四十七条",
            "0564-0008001",
        ),
    ] {
        let own = str::to_owned;
        let form = ListingForm {
            title: own(title),
            category: own(category),
            department: own(department),
            basis: own(basis),
            phone: own(phone),
            frequent: own("小区里每月都有，群众反映多"),
            simple: own("现场看得清，不需要专门检测"),
            local: own("与小区日常巡查、劝阻是一件事"),
            swift: own("拖延会出事，要当场处置"),
        };
        app.store.write(ctx(), move |tx| crate::enforcements::actions::list(tx, &form)).await?;
    }
    Ok(())
}

async fn play(
    app: &App,
    cast: Cast,
    community: CommunityId,
    (case, said): (usize, (&str, &str, &str)),
    at: Timestamp,
    now: Timestamp,
) -> Done<()> {
    let ctx = |actor: Actor, at: Timestamp| Ctx { now: at, ..app.ctx(actor, None) };
    let hat = |user, role, scope| Actor { user, hat: Hat { grant: 0, role, scope } };
    // Now and then somebody is thanked.
    let praise = case % 29 == 11;
    let (category, body, building) = if praise { THANKS[case % THANKS.len()] } else { said };
    let form = Intake {
        kind: if praise { "praise" } else { "" }.to_owned(),
        community: community.to_string(),
        category: category.to_owned(),
        body: body.to_owned(),
        building: building.to_owned(),
        openness: ["private", "public", "public", "anonymous"][case % 4].to_owned(),
        phone: format!("139000{:05}", 10_000 + case),
        name: NAMES[case % NAMES.len()].to_owned(),
        unit: format!("{}-{}01", 1 + case % 9, 1 + case % 6),
        ..Intake::default()
    };
    let (vault, calendar, code) = (app.vault.clone(), app.calendar.clone(), format!("demo {case}"));
    let filed = app.store.write(ctx(Actor::public(), at), move |tx| {
        filing::file(tx, &vault, &calendar, &form, &code, filing::Way::Resident)
    });
    let ticket = filed.await?;
    if praise {
        return Ok(());
    }
    let place =
        app.store.read(ctx(Actor::public(), at), move |tx| Ok(communities::load(tx, community)?.place));
    let place = place.await?;
    let company = || hat(cast.manager, Role::Enterprise, Scope::Enterprise(place.enterprise));
    let county = kernel::Tenant::of_id(community.into());
    let officer = hat(cast.county_officer, Role::CountyBureau, Scope::County(county));
    let hours = |n: i64| at + SignedDuration::from_hours(n);
    // Some are no matter of ours, some were over before anybody came.
    if let Some(ending) = Ending::of(case).filter(|_| hours(3) < now) {
        let version = 1;
        return match ending {
            Ending::Declined => {
                let form = Handling {
                    reason: first(routes::reasons()),
                    ..handling(version, "属于邻里之间的民事纠纷，请通过社区调解或诉讼解决", "")
                };
                app.store.write(ctx(officer, hours(3)), move |tx| actions::decline(tx, ticket, &form)).await
            }
            Ending::Transferred => {
                let form = Handling {
                    line: first(routes::lines()),
                    ..handling(version, "已把情况一并转告", "")
                };
                app.store.write(ctx(officer, hours(3)), move |tx| actions::transfer(tx, ticket, &form)).await
            }
            Ending::Withdrawn => {
                let (vault, code) = (app.vault.clone(), format!("demo {case}"));
                let work = move |tx: &mut ::store::Tx<'_>| {
                    crate::reporting::withdraw_marked(tx, &vault.look_up(&code))
                };
                app.store.write(ctx(Actor::public(), hours(3)), work).await
            }
        };
    }
    if place.enterprise == 0 {
        // Nobody serves the community: the county gives it to the neighborhood, which has nobody signed in here.
        if hours(2) < now {
            let form = handling(1, "", &format!("neighborhood:{}", place.neighborhood));
            app.store
                .write(ctx(officer.clone(), hours(2)), move |tx| actions::dispatch(tx, ticket, &form))
                .await?;
        }
        if hours(24 * 10) < now {
            let place = Scope::Neighborhood(place.neighborhood);
            let worker = hat(cast.county_officer, Role::Neighborhood, place);
            let at = hours(5);
            step(app, ctx(worker.clone(), at), ticket, 2, "已上门了解情况", actions::accept).await?;
            let (calendar, form) = (app.calendar.clone(), handling(3, "社区组织志愿者处理完毕", ""));
            let done = app
                .store
                .write(ctx(worker, hours(40)), move |tx| actions::answer(tx, &calendar, ticket, &form));
            done.await?;
            step(app, ctx(officer, hours(60)), ticket, 4, "回访住户，已解决", actions::close).await?;
        }
        return Ok(());
    }
    let slow = case % 7 == 2;
    let contacted = hours(if slow { 30 } else { 2 });
    if now <= contacted {
        return Ok(());
    }
    step(app, ctx(company(), contacted), ticket, 1, "已电话联系，约定上门时间", actions::accept).await?;
    let answered = hours(if slow { 24 * 12 } else { 20 + (case as i64 * 11) % 60 });
    if now <= answered {
        return Ok(());
    }
    let calendar = app.calendar.clone();
    let form = handling(2, "已派人处理完毕，现场拍照留存，并向住户当面说明", "");
    let done =
        app.store.write(ctx(company(), answered), move |tx| actions::answer(tx, &calendar, ticket, &form));
    done.await?;
    let rated = answered + SignedDuration::from_hours(20);
    if now <= rated || case % 5 == 3 {
        return Ok(());
    }
    let satisfied = if slow || case % 6 == 5 { "no" } else { "yes" };
    // Now and then it was not solved, and is done once more; some say no word after that.
    let unsolved = case % 13 == 5 || case % 17 == 9;
    let said = |solved: &str, satisfied: &str| Rating {
        solved: solved.to_owned(),
        satisfied: satisfied.to_owned(),
        ..Rating::default()
    };
    let form = if unsolved { said("no", "no") } else { said("yes", satisfied) };
    rate(app, ctx(Actor::public(), rated), case, form).await?;
    let again = rated + SignedDuration::from_hours(30);
    if !unsolved || now <= again {
        return Ok(());
    }
    let calendar = app.calendar.clone();
    let form = handling(4, "再次派人处理，更换了损坏的部件，已请住户当场查看", "");
    let done =
        app.store.write(ctx(company(), again), move |tx| actions::answer(tx, &calendar, ticket, &form));
    done.await?;
    let rated = again + SignedDuration::from_hours(20);
    if now <= rated || case % 17 == 9 {
        return Ok(());
    }
    rate(app, ctx(Actor::public(), rated), case, said("yes", "yes")).await
}

/// How some cases end before they are worked on.
#[derive(Clone, Copy)]
enum Ending {
    Declined,
    Transferred,
    Withdrawn,
}

impl Ending {
    fn of(case: usize) -> Option<Self> {
        match (case % 31, case % 37, case % 29) {
            (17, ..) => Some(Self::Declined),
            (_, 19, _) => Some(Self::Transferred),
            (_, _, 11) => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

fn first(list: &[routes::Route]) -> String {
    list.first().map_or(String::new(), |it| it.code.clone())
}

/// The reporter's own rating, by the case's code.
async fn rate(app: &App, ctx: Ctx, case: usize, form: Rating) -> Done<()> {
    let (vault, calendar, code) = (app.vault.clone(), app.calendar.clone(), format!("demo {case}"));
    let done = app
        .store
        .write(ctx, move |tx| crate::reporting::rate_marked(tx, &calendar, &vault.look_up(&code), &form));
    done.await
}

fn handling(version: i64, words: &str, handler: &str) -> Handling {
    Handling {
        version: version.to_string(),
        words: words.to_owned(),
        handler: handler.to_owned(),
        ..Handling::default()
    }
}

type Verb = fn(&mut ::store::Tx<'_>, TicketId, &Handling) -> Result<((), ::store::Recorded), Problem>;

async fn step(app: &App, ctx: Ctx, id: TicketId, version: i64, words: &str, verb: Verb) -> Done<()> {
    let form = handling(version, words, "");
    app.store.write(ctx, move |tx| verb(tx, id, &form)).await
}

/// A department is asked for its part of a case the county has in hand, when there is one.
///
/// # Errors
/// When the store refuses, or a verb says what it should not.
pub async fn joint(
    app: &App,
    cast: Cast,
    county: kernel::Tenant,
    department: i64,
    now: Timestamp,
) -> Done<()> {
    let hat = Hat { grant: 0, role: Role::CountyBureau, scope: Scope::County(county) };
    let ctx = || Ctx { now, ..app.ctx(Actor { user: cast.county_officer, hat }, None) };
    let first = app
        .store
        .read(ctx(), move |tx| crate::cases::listing::first_of(tx, &Scope::County(county), "accepted", 1));
    let Some(ticket) = first.await?.pop() else { return Ok(()) };
    // No later than the answer itself is due, which holidays may bring near.
    let soon = kernel::beijing_date(now).saturating_add(SignedDuration::from_hours(72));
    let last = kernel::beijing_date(ticket.dues.answer_by - SignedDuration::from_secs(1));
    let form = crate::joint::types::Asking {
        unit: format!("department:{department}"),
        named: String::new(),
        task: "请派人到现场一起核查，按职责处理并向业主说明规定".to_owned(),
        due_on: soon.min(last.max(kernel::beijing_date(now))).to_string(),
    };
    app.store.write(ctx(), move |tx| crate::joint::ask(tx, ticket.id, &form)).await
}
