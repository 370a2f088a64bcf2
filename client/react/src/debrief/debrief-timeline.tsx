import type { Debrief } from "@flagship/core";
import { useId, useMemo, useState } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { FindField } from "../shared/find-field.tsx";
import { matches } from "../shared/matches.ts";
import { plotColor } from "../shared/plot.tsx";
import { type Lane, lanesByPerson, lanesByRoom, spanOf } from "./lanes.ts";

/** The most lanes drawn; the others are found by name, and all are in the table. */
const MOST = 60;

/** Lanes from so many on are narrowed by a name. */
const MANY = 10;

/** Who was where, over time: a lane for each person, or for each room. */
export function DebriefTimeline({ debrief }: { debrief: Debrief }) {
  const t = useT();
  const formats = useFormats();
  const headingId = useId();
  const [by, setBy] = useState<"person" | "room">("person");
  const [wanted, setWanted] = useState("");
  const span = useMemo(() => spanOf(debrief, Date.now()), [debrief]);
  const lanes = useMemo(
    () => (by === "person" ? lanesByPerson(debrief) : lanesByRoom(debrief)),
    [debrief, by],
  );
  if (!span) return null;
  const found = lanes.filter(({ name }) => wanted.trim() === "" || matches(name, wanted));
  const colors = new Map(debrief.rooms.map(({ roomId }, index) => [roomId, plotColor(index)]));
  const share = (at: number) => ((at - span.from) / (span.to - span.from)) * 1_000;

  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>{t("debrief.timeline")}</h3>
      <div className="flagship-settings-row">
        {(["person", "room"] as const).map((kind) => (
          <button key={kind} type="button" aria-pressed={by === kind} onClick={() => setBy(kind)}>
            {t(kind === "person" ? "debrief.byPerson" : "debrief.byRoom")}
          </button>
        ))}
      </div>
      {lanes.length >= MANY && (
        <FindField
          label={t("debrief.find")}
          value={wanted}
          onChange={setWanted}
          found={t("debrief.found", { found: found.length, all: lanes.length })}
        />
      )}
      <figure className="flagship-timeline" aria-label={t("debrief.timelineLabel")}>
        <ul className="flagship-lanes">
          {found.slice(0, MOST).map((lane) => (
            <li key={lane.id}>
              <span className="flagship-lane-name">{lane.name}</span>
              <LaneDrawing lane={lane} share={share} colors={colors} />
            </li>
          ))}
        </ul>
        <p className="flagship-timeline-ends" aria-hidden="true">
          <span>{formats.timeOfDay(span.from)}</span>
          <span>{formats.timeOfDay(span.to)}</span>
        </p>
        {by === "person" && (
          <ul className="flagship-timeline-legend">
            {debrief.rooms.slice(0, MOST).map(({ roomId, name }) => (
              <li key={roomId}>
                <svg className="flagship-swatch" viewBox="0 0 1 1" aria-hidden="true">
                  <rect width="1" height="1" fill={colors.get(roomId)} />
                </svg>
                {name}
              </li>
            ))}
          </ul>
        )}
      </figure>
      {found.length > MOST && (
        <p className="flagship-hint">{t("debrief.more", { count: found.length - MOST })}</p>
      )}
      <p className="flagship-hint">{t("debrief.timelineHint")}</p>
    </section>
  );
}

interface LaneDrawingProps {
  lane: Lane;
  /** Where a moment stands, in thousandths of the width. */
  share: (at: number) => number;
  colors: ReadonlyMap<string, string>;
}

/** For the eye: the table has the same in words. */
function LaneDrawing({ lane, share, colors }: LaneDrawingProps) {
  const end = share(Number.MAX_SAFE_INTEGER);
  return (
    <svg viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
      {lane.stretches.map((stretch) => {
        const from = share(stretch.from);
        const to = Math.min(1_000, stretch.to === null ? end : share(stretch.to));
        const height = 20 * stretch.level;
        return (
          <rect
            key={`${stretch.roomId} ${stretch.from}`}
            x={from}
            y={20 - height}
            // A short visit is still to be seen.
            width={Math.max(3, to - from)}
            height={height}
            fill={colors.get(stretch.roomId)}
          >
            <title>{stretch.title}</title>
          </rect>
        );
      })}
    </svg>
  );
}
