// SPDX-License-Identifier: Apache-2.0
// What the engine proposes for an exercise, and what a clinician decided about it. Pure.
import type { Task } from 'fhir/r4';
import type { IntensityProposal } from 'reprise-engine';

export const PROPOSAL = 'urn:reprise:proposal';

export interface Decision {
  task: object;
  accepted: boolean;
  request: string;
}

const newestEvidence = ({ days }: IntensityProposal) => days.at(-1)?.evidence ?? [];

/** Returns the undecided proposals. A decision holds until there is newer evidence. */
export function undecided(proposals: readonly IntensityProposal[], tasks: readonly Task[]): IntensityProposal[] {
  return proposals.filter((proposal) => {
    const newest = newestEvidence(proposal);
    return !tasks.some(
      ({ focus, input = [] }) =>
        focus?.reference === `ServiceRequest/${proposal.request}` &&
        newest.every((one) => input.some(({ valueReference }) => valueReference?.reference === one)),
    );
  });
}

/** The Task that keeps a decision (docs/clinician/programme-builder.md). */
export function decisionOf(
  proposal: IntensityProposal,
  accepted: boolean,
  by: { patient: string; practitioner: string; now: string },
): Decision {
  const evidence = proposal.days.flatMap((day) => day.evidence);
  return {
    accepted,
    request: proposal.request,
    task: {
      resourceType: 'Task',
      status: accepted ? 'completed' : 'rejected',
      intent: 'proposal',
      code: { coding: [{ system: PROPOSAL, code: 'intensity' }] },
      focus: { reference: `ServiceRequest/${proposal.request}` },
      for: { reference: `Patient/${by.patient}` },
      authoredOn: by.now,
      requester: { reference: `Practitioner/${by.practitioner}` },
      description: `${proposal.change}: ${proposal.reasons.join(', ')}`,
      input: [
        { type: { text: 'rules' }, valueString: `intensity|${proposal.rules}` },
        ...evidence.map((reference) => ({ type: { text: 'evidence' }, valueReference: { reference } })),
      ],
    },
  };
}
