//! What somebody could do, and why not. Changes nothing.

use flagship_protocol::commands::{Command, CommandKind, CreateRoom};
use flagship_protocol::http::{DebugPermissions, DryRun, PermissionEntry, TestRoomCreation};
use flagship_protocol::ids::CommandId;

use crate::permissions;
use crate::rejection::Rejection;
use crate::session::Session;
use crate::state::Actor;

impl Session {
    /// What the session knows of somebody and what they may do in it.
    pub fn debug_permissions(&self, actor: &Actor) -> DebugPermissions {
        let state = self.state();
        let role = state.role(&actor.id);
        let refused = state.may_enter(&actor.id).err();
        let permissions = CommandKind::ALL
            .iter()
            .map(|kind| {
                let error = match &refused {
                    Some(rejection) => Some(rejection.clone()),
                    None => permissions::check(*kind, role, state.info.state).err(),
                };
                PermissionEntry {
                    command: kind.tag().into(),
                    allowed: error.is_none(),
                    needs: permissions::needs(*kind).to_vec(),
                    error: error.map(Into::into),
                }
            })
            .collect();
        DebugPermissions {
            user_id: actor.id.clone(),
            role,
            registered: state.participant(&actor.id).is_some(),
            refused: refused.map(Into::into),
            permissions,
        }
    }

    /// What `create_room` would do. Decides it for real, and applies nothing.
    pub fn try_room_creation(&mut self, actor: &Actor, key: &CommandId, trial: TestRoomCreation, now: u64) -> DryRun {
        let kind = CommandKind::CreateRoom;
        let debug = self.debug_permissions(actor);
        let entry = match &debug.refused {
            None if debug.registered => "you are in the session".to_owned(),
            None => "you are not in the session yet; this would register you".to_owned(),
            Some(error) => format!("you may not enter the session: {}", error.message),
        };
        let role = match permissions::check(kind, debug.role, self.state().info.state) {
            Ok(()) => format!("your role {:?} may create rooms", debug.role),
            Err(rejection) => rejection.to_string(),
        };
        let command: Command = CreateRoom {
            name: trial.name,
            capacity: trial.capacity,
            preparing: false,
        }
        .into();
        match self.try_out(actor, key, &command, now) {
            Ok(result) => DryRun {
                would_succeed: true,
                checks: vec![entry, role, "the room could be created now".into()],
                room: result.room,
                error: None,
            },
            Err(rejection) => refused(vec![entry, role], rejection),
        }
    }
}

fn refused(mut checks: Vec<String>, rejection: Rejection) -> DryRun {
    checks.push(format!("refused: {rejection}"));
    DryRun {
        would_succeed: false,
        checks,
        room: None,
        error: Some(rejection.into()),
    }
}
