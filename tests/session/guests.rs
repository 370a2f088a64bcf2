//! People who are given a room before they arrive.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::Role;
use flagship_protocol::moderation::GuestAssignment;
use flagship_protocol::number::Capacity;
use flagship_session::{Actor, NewSession, Session};

use crate::support::{Stage, actor, id, update};

fn expect(guests: &[(&str, Option<&RoomId>)]) -> AssignGuests {
    let guest = |(key, room): &(&str, Option<&RoomId>)| GuestAssignment {
        key: key.parse().unwrap(),
        room_id: room.cloned(),
    };
    AssignGuests {
        assignments: guests.iter().map(guest).collect(),
    }
}

fn with_email(who: &str, email: &str) -> Actor {
    Actor {
        email: Some(email.parse().unwrap()),
        ..actor(who)
    }
}

fn assigned(stage: &Stage, who: &str) -> Option<RoomId> {
    stage.person(who).assigned_room_id.clone()
}

#[test]
fn guests_are_known_by_address_by_id_or_by_alias_and_find_their_room_open() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    let list = [
        ("Grace@Example.org", Some(&blue)),
        ("USER-7", Some(&red)),
        ("linus t.", Some(&blue)),
    ];
    stage.does("ada", expect(&list));
    stage.appears(&with_email("auth0|1", "grace@example.ORG"));
    stage.appears(&actor("user-7"));
    stage.appears(&Actor::new(id("auth0|2"), "Linus T.".parse().unwrap()));
    for (who, room) in [("auth0|1", &blue), ("user-7", &red), ("auth0|2", &blue)] {
        assert_eq!(
            (stage.location(who), assigned(&stage, who)),
            (room.clone(), Some(room.clone()))
        );
    }
    assert!(stage.session.state().guests.is_empty(), "they have arrived");
    stage.check();
}

#[test]
fn an_alias_that_is_somebodys_address_takes_nobodys_seat() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.does("ada", expect(&[("grace@example.org", Some(&blue))]));
    stage.appears(&Actor::new(id("eve"), "Grace@Example.org".parse().unwrap()));
    assert_eq!((stage.location("eve"), assigned(&stage, "eve")), (RoomId::main(), None));
    stage.does("ada", expect(&[("grace@example.org", None)]));
    stage.does("ada", expect(&[("grace@example.org", Some(&blue))]));
    assert_eq!(assigned(&stage, "eve"), None, "nor where they are there already");
    stage.appears(&with_email("auth0|1", "grace@example.org"));
    assert_eq!(stage.location("auth0|1"), blue);
    stage.check();
}

#[test]
fn a_refused_first_action_takes_back_all_of_an_arrival() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.does("ada", expect(&[("grace", Some(&blue)), ("ken", Some(&red))]));
    stage.join("ken", &red);
    stage.does("ken", LeaveSession {});
    stage.does("ada", expect(&[("ken", Some(&red))]));
    let before = stage.session.state().clone();
    for newcomer in ["grace", "ken", "linus"] {
        let refused = stage.is_refused(
            newcomer,
            CloseRoom {
                room_id: blue.clone(),
                expected_version: None,
            },
        );
        assert_eq!(refused, ErrorCode::Forbidden);
        assert_eq!(*stage.session.state(), before, "{newcomer}");
    }
    stage.check();
}

#[test]
fn guests_wait_in_main_until_their_room_opens() {
    let mut stage = Stage::new();
    let blue = stage.prepare("Blue", None);
    stage.does("ada", expect(&[("grace", Some(&blue))]));
    stage.appears(&actor("grace"));
    assert_eq!(
        (stage.location("grace"), assigned(&stage, "grace")),
        (RoomId::main(), Some(blue.clone()))
    );
    stage.does("ada", OpenRooms::default());
    assert_eq!(stage.location("grace"), blue);
}

#[test]
fn rooms_are_created_with_those_who_are_to_be_in_them() {
    let mut stage = Stage::new();
    stage.come(&["grace"]);
    let room = |name: &str, guests: &[&str]| NewRoom {
        name: name.parse().unwrap(),
        capacity: Capacity::new(2),
        guests: guests.iter().map(|key| key.parse().unwrap()).collect(),
    };
    let rooms = vec![room("Blue", &["grace", "linus@example.org"]), room("Red", &["ken"])];
    let made = stage
        .does(
            "ada",
            CreateRooms {
                rooms,
                template_id: None,
            },
        )
        .rooms
        .unwrap();
    stage.appears(&actor("ken"));
    stage.does("ada", OpenRooms::default());
    stage.appears(&with_email("linus", "linus@example.org"));
    assert_eq!(stage.location("grace"), made[0].id);
    assert_eq!(stage.location("linus"), made[0].id);
    assert_eq!(stage.location("ken"), made[1].id);
    let rooms = vec![room("Green", &["a", "b", "c"])];
    let error = ErrorBody::from(
        stage
            .tries(
                "ada",
                CreateRooms {
                    rooms,
                    template_id: None,
                },
            )
            .unwrap_err(),
    );
    assert_eq!(error.message, "guests: at most 2 are possible, and these would be 3");
    let rooms = vec![room("Green", &["a"]), room("Yellow", &["A"])];
    assert_eq!(
        stage.is_refused(
            "ada",
            CreateRooms {
                rooms,
                template_id: None
            }
        ),
        ErrorCode::Invalid
    );
    stage.check();
}

#[test]
fn who_is_there_already_is_assigned_at_once() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.come(&["grace", "linus"]);
    stage.does("linus", LeaveSession {});
    stage.does("ada", expect(&[("GRACE", Some(&blue)), ("linus", Some(&blue))]));
    assert_eq!(stage.location("grace"), blue);
    assert!(stage.session.state().guests.is_empty());
    stage.appears(&actor("linus"));
    assert_eq!(stage.location("linus"), blue);
}

#[test]
fn who_is_there_is_found_by_their_address_and_assigned_at_once() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.prepare("Red", None));
    stage.appears(&with_email("auth0|1", "grace@example.org"));
    stage.appears(&with_email("auth0|2", "linus@example.org"));
    stage.does(
        "ada",
        expect(&[("Grace@example.org", Some(&blue)), ("linus@example.org", Some(&red))]),
    );
    let place = |stage: &Stage, who| (stage.location(who), assigned(stage, who));
    assert_eq!(place(&stage, "auth0|1"), (blue.clone(), Some(blue.clone())));
    assert_eq!(place(&stage, "auth0|2"), (RoomId::main(), Some(red.clone())));
    assert!(stage.session.state().guests.is_empty());
    let journal = format!("{:?}", stage.journal);
    assert!(
        journal.contains("auth0|1") && !journal.contains("@example.org"),
        "no entry has an address"
    );
    let state = serde_json::to_string(stage.session.state()).unwrap();
    assert!(!state.contains("@example.org"), "nor has a snapshot");
    stage.check();
}

#[test]
fn rooms_are_created_with_those_who_are_there_by_their_addresses() {
    let mut stage = Stage::new();
    stage.appears(&with_email("auth0|1", "grace@example.org"));
    let rooms = vec![NewRoom {
        name: "Blue".parse().unwrap(),
        capacity: None,
        guests: vec!["grace@example.org".parse().unwrap()],
    }];
    let made = stage
        .does(
            "ada",
            CreateRooms {
                rooms,
                template_id: None,
            },
        )
        .rooms
        .unwrap();
    assert_eq!(assigned(&stage, "auth0|1"), Some(made[0].id.clone()));
    assert!(stage.session.state().guests.is_empty());
}

#[test]
fn a_list_is_read_with_those_who_are_there_by_their_addresses() {
    let mut stage = Stage::new();
    let blue = stage.prepare("Blue", None);
    stage.appears(&with_email("auth0|1", "grace@example.org"));
    let read = |stage: &Stage, text: &str| stage.session.read_list(&actor("ada"), text).unwrap();
    let import = read(
        &stage,
        "email,room\nGRACE@example.org,Blue\nken@example.org,Blue\nauth0|1,Blue",
    );
    let there: Vec<_> = import
        .assignments
        .iter()
        .map(|person| person.participant_id.as_str())
        .collect();
    assert_eq!(there, ["auth0|1"]);
    assert_eq!(import.assignments[0].room_id, Some(blue));
    let guests: Vec<_> = import.guests.iter().map(|guest| guest.key.as_str()).collect();
    assert_eq!(guests, ["ken@example.org"]);
    let problems: Vec<_> = import.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(problems, ["line 4: the same person stands in line 2"]);
    assert!(!serde_json::to_string(&import).unwrap().contains("grace@example.org"));
}

#[test]
fn nobody_is_moved_by_what_they_say_after_a_list_was_applied() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    let grace = with_email("auth0|1", "grace@example.org");
    stage.appears(&grace);
    // The session was restored, and has not heard of her since.
    stage.restart();
    stage.does("ada", expect(&[("grace@example.org", Some(&blue))]));
    let say = SendMessage {
        room_id: RoomId::main(),
        content: "hello".parse().unwrap(),
        reply_to: None,
        mentions: Vec::new(),
        seen_session: None,
    };
    stage.send_as(&grace, "k1", say).unwrap();
    assert_eq!(
        (stage.location("auth0|1"), assigned(&stage, "auth0|1")),
        (RoomId::main(), None)
    );
    // She is found when she connects anew, or when the list is applied again.
    let mut again = stage.clone();
    stage.appears(&grace);
    assert_eq!(stage.location("auth0|1"), blue);
    assert!(stage.session.state().guests.is_empty());
    again.does("ada", expect(&[("grace@example.org", Some(&blue))]));
    assert_eq!(again.location("auth0|1"), blue);
    assert!(again.session.state().guests.is_empty());
    again.check();
}

#[test]
fn addresses_are_known_again_after_a_restart_of_those_who_are_connected() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    let grace = with_email("auth0|1", "grace@example.org");
    stage.appears(&grace);
    stage.restart();
    stage.session.know_address(&grace);
    stage.session.know_address(&with_email("never here", "ken@example.org"));
    stage.does(
        "ada",
        expect(&[("grace@example.org", Some(&blue)), ("ken@example.org", Some(&blue))]),
    );
    assert_eq!(stage.location("auth0|1"), blue);
    assert_eq!(stage.session.state().guests.len(), 1, "who is no member is expected");
}

#[test]
fn an_alias_that_several_have_moves_none_of_them_when_they_speak_or_connect() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    for who in ["u1", "u2"] {
        stage.appears(&Actor::new(id(who), "Ken".parse().unwrap()));
    }
    stage.does("ada", expect(&[("ken", Some(&blue))]));
    let ken = Actor::new(id("u1"), "Ken".parse().unwrap());
    stage.send_as(&ken, "k1", RaiseHand { raised: true }).unwrap();
    assert_eq!(stage.session.enter(&ken, stage.now).unwrap(), []);
    assert_eq!(stage.location("u1"), RoomId::main());
    // Whoever comes in by this name is taken for the one who is expected.
    stage.appears(&Actor::new(id("u3"), "Ken".parse().unwrap()));
    assert_eq!(stage.location("u3"), blue);
}

#[test]
fn an_alias_takes_nobodys_seat_whose_id_or_address_it_is() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.appears(&with_email("auth0|1", "grace@example.org"));
    stage.appears(&Actor::new(id("mallory"), "grace@example.org".parse().unwrap()));
    stage.appears(&Actor::new(id("trudy"), "AUTH0|1".parse().unwrap()));
    stage.does("ada", expect(&[("grace@example.org", Some(&blue))]));
    assert_eq!(stage.location("auth0|1"), blue);
    assert_eq!(stage.location("mallory"), RoomId::main());
    stage.does("ada", expect(&[("auth0|1", None)]));
    assert_eq!(assigned(&stage, "auth0|1"), None);
}

#[test]
fn nobody_has_an_address_in_an_anonymous_session() {
    let plan = NewSession {
        id: "s1".parse().unwrap(),
        title: "Workshop".parse().unwrap(),
        anonymous: true,
    };
    let (mut session, _) = Session::create(plan, "epoch".into(), &actor("ada"), None, 1_000);
    session.enter(&with_email("p-1", "grace@example.org"), 1_000).unwrap();
    let text = "email,room\ngrace@example.org,Blue";
    let import = session.read_list(&actor("ada"), text).unwrap();
    assert_eq!(import.new_rooms[0].guests[0].as_str(), "grace@example.org", "not found");
}

#[test]
fn a_refused_action_does_not_use_up_what_was_prepared() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    let grace = with_email("auth0|1", "grace@example.org");
    stage.does("ada", expect(&[("grace@example.org", Some(&blue))]));
    let before = stage.session.state().clone();
    let end = EndSession {}.into();
    let refused = stage
        .session
        .handle(&grace, &"k".parse().unwrap(), &end, stage.now)
        .unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Forbidden);
    assert_eq!(stage.session.state(), &before, "a refusal changes nothing");
    stage.appears(&grace);
    stage.does("ada", EndSession {});
    let before = stage.session.state().clone();
    let join = JoinSession {}.into();
    stage
        .session
        .handle(&grace, &"k".parse().unwrap(), &join, stage.now)
        .unwrap_err();
    assert_eq!(stage.session.enter(&grace, stage.now).unwrap(), []);
    assert_eq!(stage.session.state(), &before, "nothing happens after the end");
    stage.check();
}

#[test]
fn guests_are_taken_off_the_list_and_go_with_their_room() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.does(
        "ada",
        expect(&[("grace", Some(&blue)), ("linus", Some(&red)), ("ken", Some(&red))]),
    );
    stage.does("ada", expect(&[("ken", None), ("nobody", None)]));
    let (room_id, expected_version) = (blue, None);
    stage.does(
        "ada",
        DeleteRoom {
            room_id,
            expected_version,
        },
    );
    for who in ["grace", "ken"] {
        stage.appears(&actor(who));
        assert_eq!((stage.location(who), assigned(&stage, who)), (RoomId::main(), None));
    }
    stage.appears(&actor("linus"));
    assert_eq!(stage.location("linus"), red);
    stage.check();
}

#[test]
fn no_room_is_promised_to_more_than_it_takes() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.prepare("Blue", Some(2)), stage.prepare("Red", Some(3)));
    stage.does("ada", expect(&[("a", Some(&blue)), ("b", Some(&blue))]));
    assert_eq!(
        stage.is_refused("ada", expect(&[("c", Some(&blue))])),
        ErrorCode::RoomFull
    );
    stage.does("ada", expect(&[("a", Some(&red)), ("c", Some(&blue))]));
    stage.does("ada", expect(&[("d", Some(&red))]));
    // A room that has shrunk is in nobody's way elsewhere, and can be emptied guest by guest.
    let capacity = Change::Set(Capacity::new(1).unwrap());
    stage.does(
        "ada",
        UpdateRoom {
            capacity,
            ..update(&blue)
        },
    );
    stage.does("ada", expect(&[("e", Some(&red))]));
    stage.does("ada", expect(&[("b", None)]));
    assert_eq!(stage.session.state().guests.len(), 4);
}

#[test]
fn guests_are_named_once_and_there_are_only_so_many() {
    let mut stage = Stage::new();
    let blue = stage.prepare("Blue", None);
    let nowhere = "nowhere".parse().unwrap();
    stage.appears(&Actor::new(id("u1"), "Grace".parse().unwrap()));
    for (list, code) in [
        (&[("a", Some(&blue)), ("A ", Some(&blue))], ErrorCode::Invalid),
        (&[("grace", Some(&blue)), ("u1", Some(&blue))], ErrorCode::Invalid),
        (&[("a", Some(&blue)), ("b", Some(&nowhere))], ErrorCode::RoomNotFound),
        (
            &[("a", Some(&blue)), ("b", Some(&RoomId::main()))],
            ErrorCode::Forbidden,
        ),
    ] {
        assert_eq!(stage.is_refused("ada", expect(list)), code);
    }
    let names: Vec<String> = (0..=limits::GUESTS).map(|n| format!("guest {n}")).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), Some(&blue))).collect();
    assert_eq!(stage.is_refused("ada", expect(&many)), ErrorCode::TooMany);
    stage.does("ada", expect(&many[1..]));
    assert_eq!(stage.is_refused("ada", expect(&many[..1])), ErrorCode::TooMany);
}

#[test]
fn only_moderators_know_who_is_expected() {
    let mut stage = Stage::new();
    let blue = stage.prepare("Blue", None);
    stage.come(&["grace", "barbara"]);
    stage.promote("barbara", Role::Moderator);
    stage.does("ada", expect(&[("secret of nobody", Some(&blue))]));
    assert_eq!(stage.journal.last().unwrap().stream, StreamId::Moderators);
    let known = |stage: &Stage, who: &str| {
        stage
            .session
            .state()
            .moderation(&id(who))
            .map(|known| known.guests.len())
    };
    assert_eq!((known(&stage, "barbara"), known(&stage, "grace")), (Some(1), None));
    stage.check();
}

#[test]
fn a_banned_guest_does_not_come_in_by_being_expected() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.come(&["mallory"]);
    let participant_id = id("mallory");
    stage.does("ada", BanParticipant { participant_id });
    stage.does("ada", expect(&[("mallory", Some(&blue))]));
    assert_eq!(stage.is_refused("mallory", JoinSession {}), ErrorCode::Banned);
    let participant_id = id("mallory");
    stage.does("ada", UnbanParticipant { participant_id });
    stage.come(&["mallory"]);
    assert_eq!(stage.location("mallory"), blue);
    stage.check();
}
