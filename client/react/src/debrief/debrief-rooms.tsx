import type { Debrief } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";

/** How much was said in each room, and by how many it was visited. */
export function DebriefRooms({ debrief }: { debrief: Debrief }) {
  const t = useT();
  const formats = useFormats();
  if (debrief.rooms.length === 0) return null;
  return (
    <section>
      <h3>{t("debrief.rooms")}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("debrief.room")}</th>
            <th scope="col">{t("debrief.visitors")}</th>
            <th scope="col">{t("debrief.messages")}</th>
          </tr>
        </thead>
        <tbody>
          {debrief.rooms.map((room) => (
            <tr key={room.roomId}>
              <th scope="row">{room.name}</th>
              <td>{formats.number(room.visitors)}</td>
              <td>{formats.number(room.messages)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
