//! How a case's code reads, and how often one sender may ask. Pure.

use crate::cases::refusals::TicketRefusal;

pub(crate) const CODE_LENGTH: usize = 10;
/// S-RATE: how often something may be reported without an account. Whoever shows our mark is counted by it within an hour,
/// and an address with such browsers behind it may be a whole building's; without a mark the address is all there is.
pub(crate) const MOST_OF_DEVICE: i64 = 5;
pub(crate) const MOST_OF_PHONE: i64 = 10;
pub(crate) const MOST_OF_ADDRESS: i64 = 60;
pub(crate) const MOST_UNMARKED: i64 = 20;
/// How often one browser, or one address, may begin to follow within an hour.
pub(crate) const MOST_FOLLOWS: i64 = 20;
/// Looks by number and phone tail within an hour.
pub(crate) const MOST_LOOKS: i64 = 5;
/// How often one code may urge or add in a day.
pub(crate) const MOST_SAYS: i64 = 10;

/// A count of reports: under what, how many there may be within how many hours, and what is said beyond.
pub(crate) type Count = (String, i64, i64, TicketRefusal);

/// What a report is counted under, the narrowest first. Somebody who is trapped is not told to wait an hour: what is dangerous counts
/// for its address only.
pub(crate) fn counted(device: Option<&str>, sender: &str, phone: Option<&str>, danger: bool) -> Vec<Count> {
    use TicketRefusal::{TooManyOfAddress, TooManyOfDevice, TooManyOfPhone};
    let mut all = match device {
        Some(it) => vec![
            (format!("report device {it}"), MOST_OF_DEVICE, 1, TooManyOfDevice),
            (format!("report address {sender}"), MOST_OF_ADDRESS, 24, TooManyOfAddress),
        ],
        None => vec![(format!("report {sender}"), MOST_UNMARKED, 24, TooManyOfAddress)],
    };
    if danger {
        all.retain(|it| it.3 == TooManyOfAddress);
        return all;
    }
    all.extend(phone.map(|it| (format!("report phone {it}"), MOST_OF_PHONE, 24, TooManyOfPhone)));
    all
}

/// Four digits, no more and no fewer.
pub(crate) fn is_tail(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit())
}

/// A code as typed: any case, with or without the dash people read it with.
pub(crate) fn typed_code(text: &str) -> Option<String> {
    identifiers::typed_code(text, CODE_LENGTH)
}
