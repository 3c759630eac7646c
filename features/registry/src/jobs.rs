//! The clock's door: what is done once, while the house is open.

use app::App;
use kernel::Problem;

use crate::{communities, enterprises};

/// Communities and enterprises of a store that is older than the index of words.
pub(crate) async fn index(app: &App) -> Result<(), Problem> {
    app::index_once(app, "registry.words_of_communities", communities::store::put_words_of_next).await?;
    app::index_once(app, "registry.words_of_enterprises", enterprises::store::put_words_of_next).await
}
