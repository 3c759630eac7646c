//! Votes: the log against the bare hash and signature; a rush of a hundred ballots a second for a minute in one community; intake as fast
//! as it goes against a handler that only commits the same rows; the building grid of three thousand units.

use std::{
    fmt::Write as _,
    hint::black_box,
    io::{StdoutLock, Write as _},
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use anyhow::{Context as _, Result};
use assemblies::log;
use ed25519_dalek::{Signer as _, SigningKey};
use kernel::{Role, Scope};
use sha2::{Digest as _, Sha256};
use store::Kind;
use testkit::{Browser, House};
use tokio::runtime::Runtime;

use crate::{bare, bare::Param, client, compare, serving, writes};

const UNITS: usize = 3_000;
const A_BUILDING: usize = 100;
const BROWSERS: usize = 16;
const LASTING: Duration = Duration::from_secs(4);
const ROUNDS: usize = 3;
const RUSH: Duration = Duration::from_secs(60);
const A_SECOND: usize = 100;
const LEAVES: usize = 100_000;
const RECEIPTS: usize = 2_000;

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    logs(out)?;
    for kind in [Kind::Sqlite, Kind::Postgres] {
        if kind == Kind::Postgres && !testkit::has_postgres() {
            writeln!(out, "votes on PostgreSQL: not measured, there is no cluster")?;
            continue;
        }
        measure(out, kind)?;
    }
    Ok(())
}

/// Appending and proving in memory: what the arithmetic of the log costs beside the hash and the signature it cannot do without.
fn logs(out: &mut StdoutLock<'_>) -> Result<()> {
    let at = jiff::Timestamp::UNIX_EPOCH;
    let texts: Vec<String> =
        (0..LEAVES).map(|n| log::leaf_text("ballot", at, &log::commitment(&n.to_string()))).collect();
    writeln!(out, "log of votes: {LEAVES} leaves, {RECEIPTS} receipts")?;
    let hashed = || -> Result<()> {
        for it in &texts {
            let leaf = Sha256::digest(it.as_bytes());
            black_box(Sha256::digest([&[0][..], &leaf].concat()));
        }
        Ok(())
    };
    let appended = || -> Result<()> {
        let mut tree = log::Tree::new();
        for it in &texts {
            tree.push(Sha256::digest(it.as_bytes()).to_vec());
        }
        black_box(tree.root());
        Ok(())
    };
    compare(
        out,
        ("only hashing every leaf", hashed),
        ("appending to the tree", appended),
        "4: nodes are hashes too",
    )?;
    let key = SigningKey::from_bytes(&[7; 32]);
    let mut tree = log::Tree::new();
    let leaves: Vec<Vec<u8>> = texts.iter().map(|it| Sha256::digest(it.as_bytes()).to_vec()).collect();
    for it in &leaves {
        tree.push(it.clone());
    }
    let head = log::head("5", &tree);
    let note = log::sign(&key, "5", &head);
    let signature = key.sign(head.as_bytes());
    let proofs: Vec<_> = (0..RECEIPTS).map(|n| (n * 37, tree.prove_inclusion(n * 37))).collect();
    let root = tree.root();
    let verified = || -> Result<()> {
        for (n, _) in &proofs {
            black_box(Sha256::digest([&[0][..], &leaves[*n]].concat()));
            key.verifying_key().verify_strict(head.as_bytes(), &signature)?;
        }
        Ok(())
    };
    let receipts = || -> Result<()> {
        for (n, proof) in &proofs {
            log::opened(&note, &key.verifying_key()).context("the note does not open")?;
            root.verify_inclusion(&leaves[*n], *n as u64, proof).map_err(|it| anyhow::anyhow!("{it}"))?;
        }
        Ok(())
    };
    compare(out, ("only a hash and the signature", verified), ("verifying receipts", receipts), "1.5")
}

/// A vote that is open, and the code of every unit.
struct Vote {
    id: i64,
    codes: Vec<String>,
    committee: Browser,
}

fn measure(out: &mut StdoutLock<'_>, kind: Kind) -> Result<()> {
    let runtime = Runtime::new()?;
    let migrations =
        [writes::migrations(), owners::MIGRATIONS.to_vec(), assemblies::MIGRATIONS.to_vec()].concat();
    let house = runtime.block_on(async {
        House::new(kind, &migrations, |_| {
            registry::routes().merge(messages::routes()).merge(owners::routes()).merge(assemblies::routes())
        })
    });
    let vote = runtime.block_on(open(&house))?;
    let owner = house.as_stranger().credentials();
    let address = serving::serve(&runtime, house.router())?;
    let name = if kind == Kind::Sqlite { "SQLite" } else { "PostgreSQL" };
    writeln!(out, "votes on {name}: {UNITS} units in one community")?;
    let cast = |n: i64| {
        let code = &vote.codes[n as usize % vote.codes.len()];
        let choice = ["yes", "no", "abstain"][n as usize % 3];
        let form = format!("code={code}&item-1={choice}&_token={}&_key=bench-{n:08}", owner.1);
        writes::posted("/assemblies/vote/cast", &owner.0, &form)
    };
    let rush = client::paced(address, BROWSERS, A_SECOND, RUSH, 200, |n| cast(n as i64))?;
    writes::told(out, "100 ballots a second for a minute", &rush)?;
    let plan = plan();
    let queue = match kind {
        Kind::Sqlite => bare::sqlite(&house.folder().join("house.db"), plan)?,
        Kind::Postgres => bare::postgres(house.url(), &plan)?,
    };
    let bare = serving::serve(&runtime, bare::router(queue, rows))?;
    let whole = |_: usize, _: usize| cast(NUMBER.fetch_add(1, Ordering::Relaxed));
    let least = |_: usize, _: usize| {
        let n = NUMBER.fetch_add(1, Ordering::Relaxed);
        writes::posted(&format!("/bare/{}/{n}", vote.id), "", "code=x&item-1=yes")
    };
    let (mut bares, mut wholes) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        bares.push(client::crowd(bare, BROWSERS, LASTING, 303, least)?);
        wholes.push(client::crowd(address, BROWSERS, LASTING, 200, whole)?);
    }
    let (one, other) = (writes::middle(&mut bares), writes::middle(&mut wholes));
    writes::told(out, "only committing the same rows", &one)?;
    writes::told(out, "voting through the house", &other)?;
    writeln!(out, "  throughput {:>31.0} %   (no target printed)", other.rate / one.rate * 100.0)?;
    let cookie = vote.committee.credentials().0;
    let grid = format!(
        "GET /assemblies/decisions/{}/canvass HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\n\r\n",
        vote.id
    );
    let grid = client::crowd(address, 1, LASTING, 200, |_, _| grid.clone())?;
    writes::told(out, "building grid, one reader", &grid)?;
    Ok(writeln!(out, "  building grid {:>28} KB", grid.bytes >> 10)?)
}

static NUMBER: AtomicI64 = AtomicI64::new(1_000_000);

/// The log's place, its leaf, the ballot, which one counts, the audit row and the key.
fn plan() -> bare::Plan {
    [
        "update assemblies_decisions set leaves = leaves + 0 where id = $1",
        "insert into assemblies_log (tenant, decision, n, kind, hash, body, at) values (1, $1, $2, 'ballot', $3, $4, $5)",
        "insert into assemblies_ballots (tenant, decision, n, unit, channel, at, sealed, void, proxy, account) values (1, $1, $2, $3, 'online', $4, $5, 0, 0, 0)",
        "insert into assemblies_effective (tenant, decision, unit, ballot, channel, at, proxy, account) values (1, $1, $2, $3, 'online', $4, 0, 0) on conflict (tenant, decision, unit) do update set ballot = excluded.ballot, channel = excluded.channel, at = excluded.at",
        "insert into store_audit (tenant, id, at, person, grant_id, role, permission, event, subject, body) values (1, $1, $2, 0, 0, 'public', 'assemblies.vote', 'assemblies.cast', $3, '{\"leaves\":[1]}')",
        "insert into store_keys (person, key, url, at) values (0, $1, '/assemblies/vote', $2)",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn rows(decision: i64, n: i64, _: &[(String, String)]) -> bare::Rows {
    use Param::{Int, Text};
    let (leaf, id) = (1_000_000_000 + n, (1 << 60) | n);
    let hash = || Text(format!("{n:064x}"));
    // Of no decision at all: nobody waits for the row of the vote, which is what the house's own voters do wait for.
    let bare = 1 << 50;
    vec![
        (0, vec![Int(decision | bare)]),
        (1, vec![Int(bare), Int(leaf), hash(), hash(), Int(n)]),
        (2, vec![Int(bare), Int(leaf), Text(format!("u{}", n % 3000)), Int(n), Text("x".repeat(420))]),
        (3, vec![Int(bare), Text(format!("u{}", n % 3000)), Int(leaf), Int(n)]),
        (4, vec![Int(id), Int(n), Int(bare)]),
        (5, vec![Text(format!("bare-{n}")), Int(n)]),
    ]
}

/// From the roll to the first day of voting, through the doors people use.
async fn open(house: &House) -> Result<Vote> {
    let (community, place) = house
        .given(|tx| {
            let mut city = registry::seeding::luan(Some(40));
            city.counties.truncate(1);
            registry::seeding::places(tx, &city)?;
            let companies = registry::seeding::companies(tx, &city, 1)?;
            let made = registry::seeding::communities(tx, &city, &city.counties[0], 0..1, &companies)?;
            Ok((i64::from(made[0]), registry::communities::load(tx, made[0])?.place))
        })
        .await;
    let everybody = async |now: &str| {
        house.it_is(now);
        // Sessions have run out by then: everybody is somebody new.
        let somebody = async |what: &str, role, scope| {
            let name = format!("{what} {now}");
            house.as_somebody(&name, role, scope).await
        };
        let committee = somebody("业委会", Role::OwnersCommittee, Scope::Community(community)).await;
        let street = somebody("街道", Role::Subdistrict, Scope::Subdistrict(place.subdistrict)).await;
        let village = Scope::Neighborhood(place.neighborhood);
        let neighborhood = somebody("社区", Role::Neighborhood, village).await;
        (committee, street, neighborhood)
    };
    let done = |answer: testkit::Answer| -> Result<testkit::Answer> {
        anyhow::ensure!(answer.status == 303, "{}", answer.body);
        Ok(answer)
    };
    let mut roll = "房号,楼栋,用途,专有面积,业主姓名,证件号码,持有人\n".to_owned();
    for n in 0..UNITS {
        let building = 1 + n / A_BUILDING;
        writeln!(
            roll,
            "{building}幢{},{building}幢,住宅,{}.5,业主{n},N{n},业主",
            101 + n % A_BUILDING,
            60 + n % 90
        )?;
    }
    let (committee, ..) = everybody("2024-08-20T01:00:00Z").await;
    let rolls = format!("/assemblies/communities/{community}/rolls");
    let roll = done(committee.upload(&rolls, "名册.csv", roll.as_bytes()).await)?.id();
    done(committee.submit(&format!("/assemblies/rolls/{roll}/post"), &[]).await)?;
    let (committee, street, neighborhood) = everybody("2024-08-28T01:00:00Z").await;
    let branch = house.as_somebody("支部", Role::PartyBranch, Scope::Community(community)).await;
    done(street.submit(&format!("/assemblies/rolls/{roll}/freeze"), &[]).await)?;
    let draft = [
        ("title", "2024年业主大会会议"),
        ("precedence", "latest"),
        ("revote", "yes"),
        ("matter", "4"),
        ("item", "续聘现物业服务企业两年"),
        ("summary", "物业费不变"),
        ("options", ""),
        ("seats", ""),
    ];
    let decisions = format!("/assemblies/communities/{community}/decisions");
    let id = done(committee.submit(&decisions, &draft).await)?.id();
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    done(committee.submit(&at("ask"), &[]).await)?;
    for (who, body) in [(&branch, "branch"), (&neighborhood, "neighborhood"), (&street, "legality")] {
        let fields = [("body", body), ("opinion", "agree"), ("words", "会议研究同意"), ("version", "2")];
        done(who.submit(&at("reviews"), &fields).await)?;
    }
    let window = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    done(committee.submit(&at("notice"), &window).await)?;
    let (committee, _, neighborhood) = everybody("2024-09-13T02:00:00Z").await;
    let mut codes = vec![];
    for building in 1..=UNITS / A_BUILDING {
        let page = neighborhood.submit(&at("letters"), &[("building", &format!("{building}幢"))]).await.body;
        let found = page.split("code-big\">").skip(1).filter_map(|it| it.split('<').next());
        codes.extend(found.map(str::to_owned));
    }
    anyhow::ensure!(codes.len() == UNITS, "{} letters", codes.len());
    Ok(Vote { id, codes, committee })
}
