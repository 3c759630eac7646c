//! Owners' decisions through their doors, on both stores; and the arithmetic by hand.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

mod answers;
mod attendance;
mod calls;
mod committees;
mod coverage;
mod decisions;
mod elections;
mod enclosures;
mod forging;
mod foundings;
mod homes;
mod mandates;
mod oversight;
mod parts;
mod records;
mod recounts;
mod renewals;
mod reports;
mod rolls;
mod rulings;
mod sealing;
mod sessions;
mod silence;
mod spot_checks;
mod story;
mod tallies;
mod tampering;
mod vettings;
mod votes;
mod witnesses;
