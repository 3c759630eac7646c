//! Complaints and whistles through their doors, on both stores.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

mod callbacks;
mod clock;
mod corrections;
mod delays;
mod departments;
mod desk;
mod findings;
mod floods;
mod hotlines;
mod joint;
mod lists;
mod loops;
mod meetings;
mod merging;
mod notices;
mod overview;
mod places;
mod rights;
mod rounds;
mod settled;
mod story;
mod systems;
mod verdicts;
mod warnings;
mod windows;
