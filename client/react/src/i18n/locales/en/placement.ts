/** Putting people into rooms by hand. */
export const placement = {
  "placement.assigned": "Assigned: {count}",
  "placement.assignedList": "Assigned:",
  "placement.creating": "Being created…",
  "placement.move": "Move {name}",
  "placement.which": "Which room for {name}?",
  "placement.about":
    "{name} is in {room}. Into an open room they go at once, into another one when it opens.",
  "placement.done": "{name}: {room}.",
} as const;
