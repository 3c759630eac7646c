//! What happened to an account, for the audit log and for whoever listens.

use kernel::UserId;
use serde::Serialize;
use store::Event;

use crate::types::GrantId;

macro_rules! account_event {
    ($(#[$doc:meta])* $name:ident, $event:literal, $url:expr, { $($field:ident: $kind:ty),* }) => {
        $(#[$doc])*
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) person: UserId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.person.into()
            }

            fn url(&self) -> String {
                let to: fn(&Self) -> String = $url;
                to(self)
            }
        }
    };
}

account_event!(SignedIn, "accounts.signed_in", |_| "/".to_owned(), { grant: GrantId });
account_event!(SignedOut, "accounts.signed_out", |_| "/".to_owned(), {});
account_event!(HatChanged, "accounts.hat_changed", |_| "/".to_owned(), { grant: GrantId });
account_event!(
    /// A session ended by its owner, on another device.
    SessionEnded, "accounts.session_ended", |_| "/accounts/me".to_owned(), {}
);
account_event!(UserCreated, "accounts.user_created", |it| format!("/accounts/users/{}", it.person), {});
account_event!(UserDisabled, "accounts.user_disabled", |it| format!("/accounts/users/{}", it.person), {});
account_event!(
    /// A phone that makes codes belongs to the account from now on.
    FactorConfirmed, "accounts.factor_confirmed", |_| "/accounts/me".to_owned(), {}
);
account_event!(FactorBegun, "accounts.factor_begun", |_| "/accounts/me/second-factor".to_owned(), {});
account_event!(FactorRemoved, "accounts.factor_removed", |_| "/accounts/me".to_owned(), {});
account_event!(
    /// By a system administrator, for somebody who lost the phone.
    FactorReset, "accounts.factor_reset", |it| format!("/accounts/users/{}", it.person), {}
);
account_event!(Granted, "accounts.granted", |it| format!("/accounts/users/{}", it.person), { grant: GrantId, role: &'static str, scope: String });
account_event!(Revoked, "accounts.revoked", |it| format!("/accounts/users/{}", it.person), { grant: GrantId });
account_event!(CodeIssued, "accounts.code_issued", |it| format!("/accounts/users/{}", it.person), {});
account_event!(PasswordChosen, "accounts.password_chosen", |_| "/accounts/sign-in".to_owned(), {});
account_event!(ViewSaved, "accounts.view_saved", |it| it.page.clone(), { page: String });
account_event!(ViewRemoved, "accounts.view_removed", |it| it.page.clone(), { page: String });
