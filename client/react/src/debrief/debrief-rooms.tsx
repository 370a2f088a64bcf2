import type { Debrief } from "@flagship/core";

/** How much was said in each room, and by how many it was visited. */
export function DebriefRooms({ debrief }: { debrief: Debrief }) {
  if (debrief.rooms.length === 0) return null;
  return (
    <section>
      <h3>Rooms</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Room</th>
            <th scope="col">Visitors</th>
            <th scope="col">Messages</th>
          </tr>
        </thead>
        <tbody>
          {debrief.rooms.map((room) => (
            <tr key={room.roomId}>
              <th scope="row">{room.name}</th>
              <td>{room.visitors}</td>
              <td>{room.messages}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
