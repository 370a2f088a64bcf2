//! Being let in: knocking at a room, being invited into one, being moved at once.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::RoomId;
use flagship_protocol::model::Role;
use flagship_protocol::number::{Capacity, CountdownMs};

use crate::support::{Stage, id, update};

fn knock(room: &RoomId) -> Knock {
    Knock {
        room_id: Some(room.clone()),
    }
}

fn answer(who: &str, admit: bool) -> AnswerKnock {
    AnswerKnock {
        participant_id: id(who),
        admit,
        room_id: None,
    }
}

fn invite(people: &[&str], room: Option<&RoomId>) -> InviteParticipants {
    InviteParticipants {
        participant_ids: people.iter().map(|who| id(who)).collect(),
        room_id: room.cloned(),
    }
}

fn say(answer: InvitationAnswer) -> AnswerInvitation {
    AnswerInvitation { answer, room_id: None }
}

/// A locked room, with Grace and Linus outside, and Barbara, a moderator.
fn stage() -> (Stage, RoomId) {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.come(&["grace", "linus", "barbara"]);
    stage.promote("barbara", Role::Moderator);
    let locked = Some(true);
    stage.does(
        "ada",
        UpdateRoom {
            locked,
            ..update(&blue)
        },
    );
    (stage, blue)
}

#[test]
fn somebody_knocks_and_is_let_in() {
    let (mut stage, blue) = stage();
    assert_eq!(
        stage.is_refused(
            "grace",
            JoinRoom {
                room_id: blue.clone(),
                expected_room_id: None
            }
        ),
        ErrorCode::RoomLocked
    );
    stage.does("grace", knock(&blue));
    assert_eq!(stage.person("grace").knocking_room_id, Some(blue.clone()));
    let answered = stage.does("barbara", answer("grace", true));
    assert_eq!(answered.participant.unwrap().room_id, blue);
    assert_eq!(
        (stage.location("grace"), &stage.person("grace").knocking_room_id),
        (blue, &None)
    );
    assert_eq!(
        stage.is_refused("barbara", answer("grace", true)),
        ErrorCode::NotKnocking
    );
    stage.check();
}

#[test]
fn somebody_knocks_and_is_not_let_in_or_goes_away() {
    let (mut stage, blue) = stage();
    stage.does("grace", knock(&blue));
    stage.does("barbara", answer("grace", false));
    assert_eq!(
        (stage.location("grace"), &stage.person("grace").knocking_room_id),
        (RoomId::main(), &None)
    );
    stage.does("grace", knock(&blue));
    stage.does("grace", Knock { room_id: None });
    assert_eq!(
        stage.is_refused("barbara", answer("grace", true)),
        ErrorCode::NotKnocking
    );
    assert_eq!(
        stage.is_refused("barbara", answer("nobody", true)),
        ErrorCode::ParticipantNotFound
    );
}

#[test]
fn an_answer_is_about_the_room_that_it_was_given_for() {
    let (mut stage, room) = stage();
    let other = stage.room("Other");
    // Grace knocks at another room by the time that the answer arrives.
    stage.does("grace", knock(&other));
    let admit = |room: &RoomId| AnswerKnock {
        room_id: Some(room.clone()),
        ..answer("grace", true)
    };
    assert_eq!(stage.is_refused("barbara", admit(&room)), ErrorCode::NotKnocking);
    stage.does("barbara", admit(&other));
    assert_eq!(stage.location("grace"), other);

    stage.does("barbara", invite(&["linus"], Some(&other)));
    let accept = |room: &RoomId| AnswerInvitation {
        room_id: Some(room.clone()),
        ..say(InvitationAnswer::Accept)
    };
    assert_eq!(stage.is_refused("linus", accept(&room)), ErrorCode::NotInvited);
    stage.does("linus", accept(&other));
    assert_eq!(stage.location("linus"), other);
}

#[test]
fn one_knocks_at_one_open_room_from_outside() {
    let (mut stage, blue) = stage();
    let (red, later) = (stage.room("Red"), stage.prepare("Later", None));
    stage.does("grace", knock(&blue));
    stage.does("grace", knock(&red));
    assert_eq!(stage.person("grace").knocking_room_id, Some(red.clone()));
    stage.join("grace", &red);
    assert_eq!(stage.person("grace").knocking_room_id, None, "they are in now");
    for (room, code) in [
        (&red, ErrorCode::Invalid),
        (&later, ErrorCode::RoomClosed),
        (&RoomId::main(), ErrorCode::Forbidden),
        (&"nowhere".parse().unwrap(), ErrorCode::RoomNotFound),
    ] {
        assert_eq!(stage.is_refused("grace", knock(room)), code);
    }
}

#[test]
fn a_full_room_stays_full_for_those_who_knock_or_are_invited() {
    let (mut stage, blue) = stage();
    let capacity = Change::Set(Capacity::new(1).unwrap());
    stage.does(
        "ada",
        UpdateRoom {
            capacity,
            ..update(&blue)
        },
    );
    stage.join("ada", &blue);
    stage.does("grace", knock(&blue));
    assert_eq!(stage.is_refused("barbara", answer("grace", true)), ErrorCode::RoomFull);
    stage.does("ada", invite(&["grace"], Some(&blue)));
    assert_eq!(
        stage.is_refused("grace", say(InvitationAnswer::Accept)),
        ErrorCode::RoomFull
    );
    stage.does("ada", LeaveRoom { room_id: None });
    stage.does("barbara", answer("grace", true));
    stage.check();
}

#[test]
fn an_invitation_opens_a_locked_room_and_one_that_nobody_may_choose() {
    let (mut stage, blue) = stage();
    stage.does(
        "ada",
        UpdateSession {
            self_select: Some(false),
            ..Default::default()
        },
    );
    stage.does("ada", invite(&["grace", "linus"], Some(&blue)));
    let invitation = stage.person("grace").invitation.clone().unwrap();
    assert_eq!(
        (&invitation.room_id, invitation.invited_by, invitation.postponed),
        (&blue, id("ada"), false)
    );
    assert_eq!(stage.location("grace"), RoomId::main(), "she is asked, not moved");
    let accepted = stage.does("grace", say(InvitationAnswer::Accept));
    assert_eq!(
        (accepted.participant.unwrap().room_id, accepted.room.unwrap().id),
        (blue.clone(), blue.clone())
    );
    assert_eq!(stage.person("grace").invitation, None);
    stage.join("linus", &blue);
    assert_eq!(stage.person("linus").invitation, None, "walking in settles it too");
    assert_eq!(
        stage.is_refused("linus", say(InvitationAnswer::Accept)),
        ErrorCode::NotInvited
    );
    stage.check();
}

#[test]
fn who_says_later_may_still_come() {
    let (mut stage, blue) = stage();
    stage.does("ada", invite(&["grace"], Some(&blue)));
    let later = stage.does("grace", say(InvitationAnswer::Later)).participant.unwrap();
    assert!(later.invitation.unwrap().postponed);
    stage.restart();
    stage.does("grace", say(InvitationAnswer::Accept));
    assert_eq!(stage.location("grace"), blue);
}

#[test]
fn who_declines_or_is_not_asked_any_more_stays_out() {
    let (mut stage, blue) = stage();
    stage.does("ada", invite(&["grace", "linus"], Some(&blue)));
    stage.does("grace", say(InvitationAnswer::Decline));
    stage.does("ada", invite(&["linus"], None));
    for who in ["grace", "linus"] {
        assert_eq!(
            stage.is_refused(who, say(InvitationAnswer::Accept)),
            ErrorCode::NotInvited
        );
        assert_eq!(
            stage.is_refused(
                who,
                JoinRoom {
                    room_id: blue.clone(),
                    expected_room_id: None
                }
            ),
            ErrorCode::RoomLocked
        );
    }
}

#[test]
fn an_invitation_and_a_knock_end_with_the_room() {
    let (mut stage, blue) = stage();
    for deleted in [false, true] {
        stage.does("ada", OpenRooms::default());
        stage.does("ada", invite(&["grace"], Some(&blue)));
        stage.does("linus", knock(&blue));
        let countdown_ms = CountdownMs::new(5_000);
        stage.does(
            "ada",
            CloseRooms {
                room_ids: None,
                countdown_ms,
                expected_versions: Default::default(),
            },
        );
        assert_eq!(
            stage.is_refused("grace", say(InvitationAnswer::Accept)),
            ErrorCode::RoomClosed
        );
        assert_eq!(stage.is_refused("ada", answer("linus", true)), ErrorCode::RoomClosed);
        if deleted {
            let (room_id, expected_version) = (blue.clone(), None);
            stage.does(
                "ada",
                DeleteRoom {
                    room_id,
                    expected_version,
                },
            );
        } else {
            stage.wait_until(stage.now + 5_000);
        }
        assert_eq!(
            stage.is_refused("grace", say(InvitationAnswer::Accept)),
            ErrorCode::NotInvited
        );
        assert_eq!(stage.is_refused("ada", answer("linus", true)), ErrorCode::NotKnocking);
        stage.check();
    }
}

#[test]
fn all_are_invited_or_none() {
    let (mut stage, blue) = stage();
    let later = stage.prepare("Later", None);
    assert_eq!(
        stage.is_refused("ada", invite(&["grace", "nobody"], Some(&blue))),
        ErrorCode::ParticipantNotFound
    );
    assert_eq!(
        stage.is_refused("ada", invite(&["grace"], Some(&later))),
        ErrorCode::RoomClosed
    );
    let nowhere = "nowhere".parse().unwrap();
    assert_eq!(
        stage.is_refused("ada", invite(&["grace"], Some(&nowhere))),
        ErrorCode::RoomNotFound
    );
    stage.join("ada", &blue);
    stage.does("ada", invite(&["ada"], Some(&blue)));
    assert!(stage.last_events().is_empty(), "who is there is not asked to come");
}

#[test]
fn a_host_moves_somebody_at_once_wherever_they_are() {
    let (mut stage, blue) = stage();
    let red = stage.room("Red");
    stage.join("grace", &red);
    stage.does("ada", invite(&["grace"], Some(&blue)));
    let (participant_id, room_id) = (id("grace"), blue.clone());
    stage.does(
        "ada",
        MoveParticipant {
            participant_id,
            room_id,
            expected_room_id: None,
        },
    );
    assert_eq!(
        (stage.location("grace"), &stage.person("grace").invitation),
        (blue, &None)
    );
    stage.check();
}
