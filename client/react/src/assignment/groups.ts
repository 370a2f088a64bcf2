import type { ParticipantId, ProposalRequest } from "@flagship/core";

/** People who stay together, or of whom no two share a room. */
export interface Group {
  readonly rule: "together" | "apart";
  readonly people: readonly ParticipantId[];
}

/** The groups as a proposal is asked with them. Whoever has left meanwhile is left out. */
export function rulesOf(
  groups: readonly Group[],
  isThere: (id: ParticipantId) => boolean,
): Pick<ProposalRequest, "together" | "apart"> {
  const of = (rule: Group["rule"]) =>
    groups
      .filter((group) => group.rule === rule)
      .map(({ people }) => people.filter(isThere))
      .filter((people) => people.length > 1);
  return { together: of("together"), apart: of("apart") };
}
