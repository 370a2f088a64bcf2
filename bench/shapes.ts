// Who talks to whom.

export interface Shape {
  name: string;
  /** How many groups hear one another. */
  rooms: number;
  /** How many people are in each. */
  people: number;
  /** Whether each group is a session of its own, or a breakout room of one session. */
  apart: boolean;
}

export const SHAPES: readonly Shape[] = [
  { name: "1x50", rooms: 1, people: 50, apart: true },
  { name: "10x100", rooms: 10, people: 100, apart: false },
  { name: "1x1000", rooms: 1, people: 1_000, apart: true },
  { name: "100x20", rooms: 100, people: 20, apart: true },
];

export const describe = ({ rooms, people, apart }: Shape): string =>
  apart && rooms > 1
    ? `${rooms} sessions of ${people}`
    : `${rooms} room${rooms > 1 ? "s" : ""} of ${people.toLocaleString("en")}`;
