//! argon2id, away from the store's threads: it is slow on purpose.

use std::time::Duration;

use anyhow::anyhow;
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::phc::PasswordHash,
};
use kernel::Problem;
use tokio::sync::{Semaphore, SemaphorePermit};

/// OWASP's argon2id profile: 19 MiB, two passes, one lane.
fn hasher() -> Argon2<'static> {
    Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(19 * 1024, 2, 1, None).unwrap_or(Params::DEFAULT),
    )
}

/// How many hash at once: each takes 19 MiB and a core, and a flood of sign-ins must leave some of both to the others.
static AT_ONCE: Semaphore = Semaphore::const_new(4);
/// Whoever waits longer is told to come back rather than kept in an ever longer queue.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

async fn turn() -> Result<SemaphorePermit<'static>, Problem> {
    match tokio::time::timeout(LONGEST_WAIT, AT_ONCE.acquire()).await {
        Ok(Ok(turn)) => Ok(turn),
        Ok(Err(_)) | Err(_) => Err(Problem::Busy(anyhow!("too many passwords are being hashed"))),
    }
}

pub(crate) async fn hash(password: String) -> Result<String, Problem> {
    let _turn = turn().await?;
    let hashed = tokio::task::spawn_blocking(move || {
        hasher().hash_password(password.as_bytes()).map(|it| it.to_string())
    });
    match hashed.await {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(error)) => Err(Problem::Broken(anyhow!("hashing failed: {error}"))),
        Err(gone) => Err(Problem::Broken(gone.into())),
    }
}

/// A name nobody has costs as long as a wrong password, so that names cannot be learned from the clock.
pub(crate) async fn matches(password: String, hash: Option<String>) -> Result<bool, Problem> {
    let known = hash.is_some();
    let hash = match hash {
        Some(hash) => hash,
        None => nobodys_hash().await?,
    };
    let _turn = turn().await?;
    let verified = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash).is_ok_and(|it| hasher().verify_password(password.as_bytes(), &it).is_ok())
    });
    Ok(verified.await.map_err(|it| Problem::Broken(it.into()))? && known)
}

async fn nobodys_hash() -> Result<String, Problem> {
    static NOBODY: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    NOBODY.get_or_try_init(|| hash("nobody's password".to_owned())).await.cloned()
}
