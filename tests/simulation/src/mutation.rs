//! Bugs that can be planted, to see that the simulator finds them.

/// A bug in the shell around the session core, in the archive or in a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// What a turn sends goes out before what it wrote is durable.
    AckBeforeDurable,
    /// The key index is empty after a wake.
    ForgetKeysOnWake,
    /// A run of keys is not written.
    KeyRunLost,
    /// After a wake, the first key after the last run is unknown.
    TailSkipsOneKey,
    /// When runs are merged, the one that they became is removed with them.
    MergeRemovesResult,
    /// A key with the hash of another one is taken for it.
    SameHashIsSameKey,
    /// The entries after the snapshot are read from one too late.
    RestoreSkipsOne,
    /// A resume leaves out the first missed event.
    ResumeSkipsOne,
    /// A resume begins with an event that the client has.
    ResumeRepeatsOne,
    /// A resume that is out of the window brings what is in it.
    ResumeInPart,
    /// What happened while a client was greeted goes out before what it missed.
    LiveBeforeMissed,
    /// Whoever was moved is not told what they follow now.
    MoveUntold,
    /// Whoever comes into a room gets what waits in it, too.
    MoverHearsWaiting,
    /// Whoever leaves a room gets nothing of what waited in it.
    MoverMissesWaiting,
    /// Whoever leaves a room gets what comes in it until the gathering ends.
    MoverHearsOn,
    /// Whoever moves is told the positions of then, not those of when they are told.
    MoveSaysThen,
    /// Whoever comes into a room is told the messages of then, not those of when they are told.
    MoveBringsOldNews,
    /// A participant who comes into a room is sent messages from before their stay.
    EntryTellsBefore,
    /// A resume brings messages from between two stays.
    ResumeTellsAbsence,
    /// A page of history has messages that the reader may not read.
    HistoryTellsAll,
    /// What waits goes out between a decision and its commit.
    FlushBeforeCommit,
    /// A long poll does not tell what is followed now.
    PollForgetsStreams,
    /// A socket that slept through a wake gets nothing any more.
    WakeForgetsSockets,
    /// An alarm that has rung still counts as set.
    RungAlarmCounts,
    /// A repeated command is answered with the present instead of its own position.
    RepeatNamesPresent,
    /// A refused command is acknowledged.
    AckRefused,
    /// One follower gets no events.
    OneFollowerForgotten,
    /// Whoever starts afresh is shown what somebody else wrote or got directly.
    DirectOfAnother,
    /// A batch counts as archived although the archive failed.
    ArchiveTrustsErrors,
    /// A batch that is written again makes second rows.
    ArchiveInsertsTwice,
    /// A message that is archived already stays as it was.
    ArchiveKeepsFirst,
    /// What comes late to the archive goes in place of what is newer.
    ArchiveTakesOlder,
    /// The journal keeps what a message said before it was changed.
    EditLeavesOriginal,
    /// A client takes events that it has.
    ClientSkipsDedup,
    /// A client retries under a new key.
    ClientChangesKey,
    /// A client forgets what was on its way when the connection broke.
    ClientForgetsUnanswered,
    /// A client goes back to where the server says it is, instead of where it is.
    ClientTrustsPositions,
}

impl Mutation {
    /// Every bug that can be planted.
    pub const ALL: [Self; 37] = [
        Self::AckBeforeDurable,
        Self::ForgetKeysOnWake,
        Self::KeyRunLost,
        Self::TailSkipsOneKey,
        Self::MergeRemovesResult,
        Self::SameHashIsSameKey,
        Self::RestoreSkipsOne,
        Self::ResumeSkipsOne,
        Self::ResumeRepeatsOne,
        Self::ResumeInPart,
        Self::LiveBeforeMissed,
        Self::MoveUntold,
        Self::MoverHearsWaiting,
        Self::MoverMissesWaiting,
        Self::MoverHearsOn,
        Self::MoveSaysThen,
        Self::MoveBringsOldNews,
        Self::EntryTellsBefore,
        Self::ResumeTellsAbsence,
        Self::HistoryTellsAll,
        Self::FlushBeforeCommit,
        Self::PollForgetsStreams,
        Self::WakeForgetsSockets,
        Self::RungAlarmCounts,
        Self::RepeatNamesPresent,
        Self::AckRefused,
        Self::OneFollowerForgotten,
        Self::DirectOfAnother,
        Self::ArchiveTrustsErrors,
        Self::ArchiveInsertsTwice,
        Self::ArchiveKeepsFirst,
        Self::ArchiveTakesOlder,
        Self::EditLeavesOriginal,
        Self::ClientSkipsDedup,
        Self::ClientChangesKey,
        Self::ClientForgetsUnanswered,
        Self::ClientTrustsPositions,
    ];
}
