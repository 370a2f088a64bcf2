//! Lists of people with their rooms: reading one, and giving one.

use std::collections::{BTreeMap, BTreeSet};

use flagship_assignment::csv::{self, Column, Directory, Found, LineProblem, Row};
use flagship_assignment::limits::CSV_PROBLEMS;
use flagship_protocol::commands::{Assignment, NewRoom};
use flagship_protocol::decode::Change;
use flagship_protocol::http::{AssignedPerson, AssignmentImport, AssignmentList, ImportProblem};
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::moderation::GuestAssignment;
use flagship_protocol::text::{GuestKey, RoomName};

use crate::addresses::Addresses;
use crate::rejection::Rejection;
use crate::state::{Actor, Member, State};

impl State {
    /// What a list would bring about. See [`flagship_assignment::csv`] for what is read. Those who are there are found by
    /// the `addresses` of their tokens too.
    ///
    /// # Errors
    /// [`Rejection::Forbidden`] for those who may not assign, [`Rejection::SessionEnded`], or why they may not enter.
    /// What is wrong with the list is in the answer.
    pub(crate) fn read_list(
        &self,
        actor: &Actor,
        addresses: &Addresses,
        text: &str,
    ) -> Result<AssignmentImport, Rejection> {
        self.may_propose(actor)?;
        let list = csv::read(text.as_bytes());
        let mut reading = Reading::new(self, addresses);
        list.rows.iter().for_each(|row| reading.read(row));
        let mut import = reading.finish();
        let earlier = list.problems.iter().map(told);
        import.problems = earlier.chain(import.problems).collect();
        import.problems.sort_by_key(|problem| problem.line);
        import.problems.truncate(CSV_PROBLEMS);
        import.problem_count += list.problem_count;
        Ok(import)
    }

    /// Who is assigned to which room.
    ///
    /// # Errors
    /// As [`Self::read_list`], but for the end of the session.
    pub fn list(&self, actor: &Actor) -> Result<AssignmentList, Rejection> {
        self.check_moderation(&actor.id)?;
        let people = self.members.iter().filter(|(id, _)| !self.banned.contains(*id));
        Ok(AssignmentList {
            people: people.map(|(id, member)| self.assigned_person(id, member)).collect(),
            guests: self.expected_guests(),
        })
    }

    /// The rooms with those who are assigned to them, for another session.
    ///
    /// # Errors
    /// As [`Self::list`]; [`Rejection::NoRooms`].
    pub fn template(&self, actor: &Actor) -> Result<Vec<NewRoom>, Rejection> {
        self.check_moderation(&actor.id)?;
        let rooms: Vec<NewRoom> = self
            .rooms_by_age()
            .into_iter()
            .map(|room| self.template_room(room))
            .collect();
        if rooms.is_empty() {
            return Err(Rejection::NoRooms);
        }
        Ok(rooms)
    }

    fn template_room(&self, room: &flagship_protocol::model::Room) -> NewRoom {
        let members = self.members.values().map(|member| &member.participant);
        let assigned = members.filter(|participant| participant.assigned_room_id.as_ref() == Some(&room.id));
        // A pseudonym means nothing in another session.
        let key = |participant: &flagship_protocol::model::Participant| {
            let name = if self.info.anonymous {
                participant.alias.as_str()
            } else {
                participant.id.as_str()
            };
            GuestKey::new(name).ok()
        };
        let expected = self.guests.iter().filter(|(_, expected)| **expected == room.id);
        let keys = assigned.filter_map(key).chain(expected.map(|(key, _)| key.clone()));
        NewRoom {
            name: room.name.clone(),
            capacity: room.capacity,
            guests: keys.collect::<BTreeSet<_>>().into_iter().collect(),
        }
    }

    fn assigned_person(&self, id: &ParticipantId, member: &Member) -> AssignedPerson {
        let room = member.participant.assigned_room_id.as_ref();
        AssignedPerson {
            participant_id: id.clone(),
            alias: member.participant.alias.clone(),
            room_id: room.cloned(),
            room_name: room
                .and_then(|room| self.rooms.get(room))
                .map(|record| record.room.name.clone()),
            tags: member.profile.tags.clone(),
        }
    }
}

/// The list as a table that [`Session::read_list`](crate::Session::read_list) understands, and spreadsheets too. `rooms`: the names of the rooms.
pub fn assignment_table(list: &AssignmentList, rooms: &BTreeMap<RoomId, RoomName>) -> String {
    let people = list.people.iter().map(|person| csv::Entry {
        key: person.participant_id.to_string(),
        alias: person.alias.to_string(),
        room: person.room_name.as_ref().map(ToString::to_string).unwrap_or_default(),
        tags: person.tags.iter().map(ToString::to_string).collect(),
    });
    let guests = list.guests.iter().map(|guest| csv::Entry {
        key: guest.key.to_string(),
        room: guest
            .room_id
            .as_ref()
            .and_then(|room| rooms.get(room))
            .map(ToString::to_string)
            .unwrap_or_default(),
        ..csv::Entry::default()
    });
    let entries: Vec<csv::Entry> = people.chain(guests).collect();
    csv::write(&entries, csv::Style::Spreadsheet)
}

struct Reading<'a> {
    state: &'a State,
    people: Directory<ParticipantId>,
    rooms: BTreeMap<String, Vec<RoomId>>,
    /// Rooms that are to be made, in the order of the list.
    new_rooms: Vec<NewRoom>,
    /// By name in small letters: which of them it is.
    new_rooms_by_name: BTreeMap<String, usize>,
    /// The line of each person who was found.
    lines: BTreeMap<ParticipantId, u64>,
    import: AssignmentImport,
}

impl<'a> Reading<'a> {
    fn new(state: &'a State, addresses: &Addresses) -> Self {
        let mut people = Directory::new();
        for (id, member) in &state.members {
            let keys = [Some(id.as_str()), addresses.get(id).map(GuestKey::as_str)];
            people.add(id, keys.into_iter().flatten(), member.participant.alias.as_str());
        }
        let mut rooms = BTreeMap::<String, Vec<RoomId>>::new();
        for room in state.rooms_by_age() {
            rooms
                .entry(room.name.as_str().to_lowercase())
                .or_default()
                .push(room.id.clone());
        }
        Self {
            state,
            people,
            rooms,
            new_rooms: Vec::new(),
            new_rooms_by_name: BTreeMap::new(),
            lines: BTreeMap::new(),
            import: AssignmentImport {
                new_rooms: Vec::new(),
                assignments: Vec::new(),
                guests: Vec::new(),
                without_room: 0,
                problems: Vec::new(),
                problem_count: 0,
            },
        }
    }

    fn read(&mut self, row: &Row) {
        let Some(room) = &row.room else {
            self.import.without_room += 1;
            return;
        };
        let (person, key) = match self.people.find(row) {
            Found::One(id) if self.state.banned.contains(&id) => {
                return self.problem(row, None, format!("'{id}' was banned from this session"));
            }
            Found::One(id) => {
                if let Some(line) = self.lines.get(&id) {
                    let message = format!("the same person stands in line {line}");
                    return self.problem(row, None, message);
                }
                self.lines.insert(id.clone(), row.line);
                (Some(id.clone()), id.to_string())
            }
            Found::Nobody => (None, name(row)),
            Found::Ambiguous(_) => {
                let message = format!("several people are called '{}'; use their ids", name(row));
                return self.problem(row, None, message);
            }
        };
        let key = match GuestKey::new(key) {
            Ok(key) => key,
            Err(rule) => return self.problem(row, Some(Column::Key), rule),
        };
        match self.rooms.get(&room.to_lowercase()).map(Vec::as_slice) {
            Some([id]) => {
                let room_id = Some(id.clone());
                match person {
                    Some(participant_id) => self.import.assignments.push(Assignment {
                        participant_id,
                        room_id,
                        expected_room_id: Change::Keep,
                        expected_location_id: None,
                    }),
                    None => self.import.guests.push(GuestAssignment { key, room_id }),
                }
            }
            Some(_) => {
                let message = format!("several rooms are called '{room}'; rename them first");
                self.problem(row, Some(Column::Room), message);
            }
            None => self.add_to_new_room(row, room, key),
        }
    }

    fn add_to_new_room(&mut self, row: &Row, name: &str, key: GuestKey) {
        let folded = name.to_lowercase();
        let known = self.new_rooms_by_name.get(&folded);
        if let Some(room) = known.and_then(|number| self.new_rooms.get_mut(*number)) {
            room.guests.push(key);
            return;
        }
        match RoomName::new(name) {
            Ok(name) => {
                let guests = vec![key];
                let room = NewRoom {
                    name,
                    capacity: None,
                    guests,
                };
                self.new_rooms_by_name.insert(folded, self.new_rooms.len());
                self.new_rooms.push(room);
            }
            Err(rule) => self.problem(row, Some(Column::Room), rule),
        }
    }

    fn problem(&mut self, row: &Row, column: Option<Column>, message: String) {
        self.import.problem_count += 1;
        self.import.problems.push(ImportProblem {
            line: row.line,
            column: column.map(|column| column.to_string()),
            message: format!("line {}: {message}", row.line),
        });
    }

    fn finish(self) -> AssignmentImport {
        AssignmentImport {
            new_rooms: self.new_rooms,
            ..self.import
        }
    }
}

/// What a row calls its person.
fn name(row: &Row) -> String {
    let key = row.key.as_ref().map(ToString::to_string);
    key.or_else(|| row.alias.clone()).unwrap_or_default()
}

fn told(problem: &LineProblem) -> ImportProblem {
    ImportProblem {
        line: problem.line,
        column: problem.column.map(|column| column.to_string()),
        message: problem.to_string(),
    }
}
