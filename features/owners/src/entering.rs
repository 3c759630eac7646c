//! Coming in by phone: six digits sent through the gateway, and typed back.

use ::store::Tx;
use app::App;
use identifiers::Phone;
use kernel::{Actor, Hat, Problem, Role, Scope, UserId};

use crate::{
    events::PhoneVerified,
    letters, policy,
    rules::{self, OwnerRefusal},
    store,
    types::PhoneForm,
};

fn phone_of(form: &PhoneForm) -> Result<Phone, Problem> {
    rules::mobile(&form.phone).map_err(|it| Problem::Invalid(vec![it]))
}

/// 获取验证码 — the page says the same whether the phone is anybody's or nobody's; only somebody's is sent digits.
pub(crate) async fn send_digits(app: &App, form: &PhoneForm, sender: &str) -> Result<(), Problem> {
    let phone = phone_of(form)?;
    if !app.gateway.is_there() {
        return Err(OwnerRefusal::NoGateway.into());
    }
    let hash = letters::phone_hash(&app.vault, &phone);
    let random = app::random_hex(8).map_err(Problem::Broken)?;
    let number = u64::from_str_radix(&random, 16).map_err(|it| Problem::Broken(it.into()))? % 1_000_000;
    let digits = format!("{number:06}");
    let (by_phone, by_sender) = (format!("owner digits {hash}"), format!("owner digits by {sender}"));
    let (asked, digest) = (hash.clone(), app.vault.look_up(&format!("digits {hash} {digits}")));
    let known = app.store.housekeep(app.ctx(Actor::public(), None), move |tx| {
        let counts = [(&by_sender, rules::MOST_MESSAGES_BY_SENDER), (&by_phone, rules::MOST_MESSAGES)];
        for (bucket, most) in counts {
            if !tx.try_again(bucket, most, 1, "owners.send_digits")? {
                return Ok(None);
            }
        }
        if store::phone(tx, &asked)?.is_none() {
            return Ok(Some(false));
        }
        store::put_code(tx, &asked, &digest, tx.ctx.now + rules::DIGITS_LAST)?;
        Ok(Some(true))
    });
    match known.await? {
        None => Err(OwnerRefusal::TooMany.into()),
        Some(false) => Ok(()),
        Some(true) => {
            let (gateway, number) = (app.gateway.clone(), phone.reveal().to_owned());
            let text = format!("【家园】您的登录验证码是{digits}，5分钟内有效。工作人员不会向您索要验证码。");
            let sent = tokio::task::spawn_blocking(move || gateway.send("", &number, &text)).await;
            match sent {
                Ok(Ok(())) => Ok(()),
                Ok(Err(cause)) => {
                    tracing::warn!(cause = format!("{cause:#}"), "A code was not handed to the gateway");
                    Err(OwnerRefusal::NotSent.into())
                }
                Err(it) => Err(Problem::Broken(it.into())),
            }
        }
    }
}

/// 登录 — with the digits; whose phone it is is known for good from then on.
pub(crate) async fn enter(app: &App, form: &PhoneForm) -> Result<UserId, Problem> {
    let hash = letters::phone_hash(&app.vault, &phone_of(form)?);
    let typed = app.vault.look_up(&format!("digits {hash} {}", form.code.trim()));
    let bucket = format!("owner digits typed {hash}");
    let asked = hash.clone();
    let person = app.store.housekeep(app.ctx(Actor::public(), None), move |tx| {
        if !tx.try_again(&bucket, rules::MOST_DIGITS, 1, "owners.enter")? {
            return Ok(Err(OwnerRefusal::TooMany));
        }
        let right =
            store::code(tx, &asked)?.is_some_and(|(digest, ends)| digest == typed && tx.ctx.now < ends);
        let Some(known) = store::phone(tx, &asked)?.filter(|_| right) else {
            return Ok(Err(OwnerRefusal::WrongDigits));
        };
        // Used once, right or wrong no more.
        store::drop_code(tx, &asked)?;
        tx.forget_tries(&bucket)?;
        Ok(Ok(known))
    });
    let known = person.await??;
    if !known.verified {
        let hat = Hat { grant: 0, role: Role::Public, scope: Scope::Nothing };
        let ctx = app.ctx(Actor { user: known.person, hat }, None);
        let person = known.person;
        app.store
            .write(ctx, move |tx: &mut Tx<'_>| {
                let permit = policy::may_bind()?;
                store::verify_phone(tx, &hash)?;
                // Whoever typed this number into a letter's form may not be its holder: from here on only the holder is in.
                accounts::end_sessions(tx, person)?;
                Ok(((), tx.record(permit, &PhoneVerified { person })?))
            })
            .await?;
    }
    Ok(known.person)
}
