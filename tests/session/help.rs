//! Asking for help and raising an alert: who hears of it, who comes, how long it took.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{HelpRequestId, StreamId};
use flagship_protocol::model::Role;
use flagship_protocol::moderation::{HelpKind, HelpRequest, HelpState};
use flagship_session::DebriefBuilder;

use crate::support::{Stage, id};

fn ask(kind: HelpKind) -> AskForHelp {
    AskForHelp {
        kind,
        text: None,
        about_participant_id: None,
    }
}

fn claim(request_id: &HelpRequestId) -> ClaimHelp {
    let request_id = request_id.clone();
    ClaimHelp { request_id }
}

fn resolve(request_id: &HelpRequestId) -> ResolveHelp {
    let request_id = request_id.clone();
    ResolveHelp { request_id }
}

fn cancel(request_id: &HelpRequestId) -> CancelHelp {
    let request_id = request_id.clone();
    CancelHelp { request_id }
}

fn queue(stage: &Stage) -> Vec<HelpRequest> {
    stage.session.state().moderation(&id("ada")).unwrap().help
}

/// Ada hosts, Barbara and Ken moderate, Grace and Linus are in a room.
fn stage() -> Stage {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.come(&["barbara", "ken"]);
    stage.promote("barbara", Role::Moderator);
    stage.promote("ken", Role::Moderator);
    stage.join("grace", &blue);
    stage.join("linus", &blue);
    stage
}

#[test]
fn every_moderator_sees_who_needs_help_and_where_and_nobody_else_does() {
    let mut stage = stage();
    stage.now = 5_000;
    let command = AskForHelp {
        text: Some("secret of grace".parse().unwrap()),
        ..ask(HelpKind::Help)
    };
    let request = stage.does("grace", command).help_request.unwrap();
    assert_eq!(
        (request.state, request.room_id.clone(), request.asked_at),
        (HelpState::Waiting, stage.location("grace"), 5_000)
    );
    for keeper in ["ada", "barbara", "ken"] {
        let known = stage.session.state().moderation(&id(keeper)).unwrap();
        assert_eq!(known.help, std::slice::from_ref(&request), "{keeper} sees it");
    }
    assert_eq!(stage.session.state().moderation(&id("linus")), None);
    assert_eq!(stage.session.state().own(&id("linus")).help, []);
    assert_eq!(stage.session.state().own(&id("grace")).help, [request]);
    let streams: Vec<_> = stage
        .journal
        .iter()
        .rev()
        .take(2)
        .map(|entry| entry.stream.clone())
        .collect();
    assert_eq!(streams, [StreamId::Participant(id("grace")), StreamId::Moderators]);
    stage.check();
}

#[test]
fn alerts_come_before_all_others_and_then_who_waits_longest() {
    let mut stage = stage();
    for (at, who, kind) in [
        (10_000, "grace", HelpKind::Help),
        (20_000, "linus", HelpKind::Help),
        (30_000, "linus", HelpKind::Alert),
        (40_000, "grace", HelpKind::Alert),
    ] {
        stage.now = at;
        stage.does(who, ask(kind));
    }
    let order: Vec<u64> = queue(&stage).iter().map(|request| request.asked_at).collect();
    assert_eq!(order, [30_000, 40_000, 10_000, 20_000]);
}

#[test]
fn asking_again_is_answered_with_the_open_request() {
    let mut stage = stage();
    let first = stage.does("grace", ask(HelpKind::Help)).help_request.unwrap();
    stage.now += 1_000;
    assert_eq!(stage.does("grace", ask(HelpKind::Help)).help_request.unwrap(), first);
    assert!(stage.last_events().is_empty(), "nobody is told twice");
    let alert = stage.does("grace", ask(HelpKind::Alert)).help_request.unwrap();
    assert_ne!(alert.id, first.id, "an alert is another matter");
    stage.does("ada", resolve(&first.id));
    let second = stage.does("grace", ask(HelpKind::Help)).help_request.unwrap();
    assert_ne!(second.id, first.id);
}

#[test]
fn who_asked_learns_that_somebody_comes_and_the_others_need_not() {
    let mut stage = stage();
    let request = stage.does("grace", ask(HelpKind::Help)).help_request.unwrap().id;
    stage.now += 7_000;
    let claimed = stage.does("barbara", claim(&request)).help_request.unwrap();
    assert_eq!(
        (claimed.state, claimed.claimed_by),
        (HelpState::Claimed, Some(id("barbara")))
    );
    let told = stage.journal.last().unwrap();
    assert_eq!(told.stream, StreamId::Participant(id("grace")));
    assert!(
        matches!(&told.events[0].event, Event::HelpUpdated { request } if request.claimed_by == Some(id("barbara")))
    );
    assert_eq!(stage.is_refused("ken", claim(&request)), ErrorCode::AlreadyClaimed);
    stage.does("barbara", claim(&request));
    assert!(stage.last_events().is_empty(), "it is hers already");
    let resolved = stage.does("ken", resolve(&request)).help_request.unwrap();
    assert_eq!(
        (resolved.state, resolved.claimed_by),
        (HelpState::Resolved, Some(id("barbara")))
    );
    assert_eq!(queue(&stage), []);
    for command in [Command::from(claim(&request)), resolve(&request).into()] {
        assert_eq!(stage.is_refused("ada", command), ErrorCode::HelpRequestNotFound);
    }
    stage.check();
}

#[test]
fn whoever_claimed_it_and_cannot_come_any_more_is_replaced() {
    let mut stage = stage();
    let request = stage.does("grace", ask(HelpKind::Help)).help_request.unwrap().id;
    let asked_at = stage.now;
    stage.now += 1_000;
    stage.does("barbara", claim(&request));
    stage.does("barbara", LeaveSession {});
    stage.now += 1_000;
    stage.does("ken", claim(&request));
    stage.promote("ken", Role::Participant);
    let claimed = stage.does("ada", claim(&request)).help_request.unwrap();
    assert_eq!(claimed.claimed_by, Some(id("ada")));
    assert_eq!(
        claimed.claimed_at,
        Some(asked_at + 1_000),
        "the first who came ended the wait"
    );
}

#[test]
fn a_request_is_taken_back_by_who_made_it_alone() {
    let mut stage = stage();
    let request = stage.does("grace", ask(HelpKind::Help)).help_request.unwrap().id;
    for other in ["linus", "ada"] {
        assert_eq!(
            stage.is_refused(other, cancel(&request)),
            ErrorCode::HelpRequestNotFound
        );
    }
    let cancelled = stage.does("grace", cancel(&request)).help_request.unwrap();
    assert_eq!(cancelled.state, HelpState::Cancelled);
    assert_eq!(
        stage.is_refused("grace", cancel(&request)),
        ErrorCode::HelpRequestNotFound
    );
    let unknown = cancel(&"h999".parse().unwrap());
    assert_eq!(stage.is_refused("grace", unknown), ErrorCode::HelpRequestNotFound);
}

#[test]
fn nobody_waits_who_has_gone() {
    let goings: [(&str, Command); 4] = [
        ("grace", LeaveSession {}.into()),
        (
            "ada",
            RemoveParticipant {
                participant_id: id("grace"),
            }
            .into(),
        ),
        (
            "ada",
            BanParticipant {
                participant_id: id("grace"),
            }
            .into(),
        ),
        ("ada", EndSession {}.into()),
    ];
    for (who, going) in goings {
        let mut stage = stage();
        stage.does("grace", ask(HelpKind::Help));
        stage.does("grace", ask(HelpKind::Alert));
        stage.does(who, going);
        assert_eq!(stage.session.state().help.len(), 0);
        assert!(
            matches!(stage.last_events()[..], [Event::HelpUpdated { request }] if request.state == HelpState::Cancelled)
        );
        stage.check();
    }
}

#[test]
fn an_alert_may_be_about_somebody_who_has_just_left_but_not_about_nobody() {
    let mut stage = stage();
    let about = |who: &str| AskForHelp {
        about_participant_id: Some(id(who)),
        ..ask(HelpKind::Alert)
    };
    stage.does("linus", LeaveSession {});
    stage.does("grace", about("linus"));
    assert_eq!(
        stage.is_refused("grace", about("nobody")),
        ErrorCode::ParticipantNotFound
    );
}

#[test]
fn a_retry_is_answered_as_the_first_was() {
    let mut stage = stage();
    let first = stage.send("grace", "k", ask(HelpKind::Alert)).unwrap();
    let id = first.result.help_request.clone().unwrap().id;
    stage.does("ada", resolve(&id));
    stage.restart();
    let again = stage.send("grace", "k", ask(HelpKind::Alert)).unwrap();
    assert_eq!((again.duplicate, again.result), (true, first.result));
}

#[test]
fn the_debrief_tells_how_long_people_waited() {
    let mut stage = stage();
    let mut asked = Vec::new();
    for (at, who) in [(10_000, "grace"), (20_000, "linus")] {
        stage.now = at;
        asked.push(stage.does(who, ask(HelpKind::Help)).help_request.unwrap().id);
    }
    stage.now = 25_000;
    stage.does("barbara", claim(&asked[0]));
    stage.now = 60_000;
    stage.does("barbara", resolve(&asked[0]));
    stage.does("ken", ask(HelpKind::Help));
    stage.does("linus", cancel(&asked[1]));
    let mut builder = DebriefBuilder::default();
    stage.journal.iter().for_each(|entry| builder.add(entry));
    let help = builder.finish().unwrap().help;
    let waits: Vec<_> = help.iter().map(|help| (help.request.state, help.wait_ms)).collect();
    assert_eq!(
        waits,
        [
            (HelpState::Resolved, Some(15_000)),
            (HelpState::Cancelled, Some(40_000)),
            (HelpState::Waiting, None)
        ]
    );
}
