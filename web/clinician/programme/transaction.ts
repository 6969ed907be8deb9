// SPDX-License-Identifier: Apache-2.0
// A programme on its way to the record: one transaction, together with the decisions about proposals and the message.
// Pure but for the engine.
import type { Reprise } from 'reprise-engine';
import { answerOf } from '../../data/messages.ts';
import { SIMULATED } from '../../fhir/questionnaire/response.ts';
import type { CatalogFile } from './catalog.ts';
import { written, type Base, type Draft, type Writing } from './draft.ts';
import type { Decision } from './proposals.ts';

export interface Sent {
  base: Base;
  draft: Draft;
  files: ReadonlyMap<string, CatalogFile>;
  /** For the patient; empty: none. */
  message: string;
  /** Why it changed, for the patient; goes with the message. */
  reason: string;
  decisions: readonly Decision[];
  /** UUIDs, made once for this sending. */
  ids: { plan: string; message: string };
}

/** The body of the transaction. */
export function transactionOf(
  reprise: Reprise,
  { base, draft, files, message, reason, decisions, ids }: Sent,
  writing: Writing,
): string {
  const { patient, practitioner, simulated, now } = writing;
  const also: object[] = decisions.map(({ task }) => ({
    resource: simulated ? { ...task, meta: SIMULATED } : task,
    request: { method: 'POST', url: 'Task' },
  }));
  if (message.trim() !== '')
    also.push({
      resource: answerOf({
        id: ids.message,
        text: message.trim(),
        reason: reason.trim(),
        patient,
        practitioner,
        simulated,
        sent: now,
        notice: true,
      }),
      request: {
        method: 'POST',
        url: 'Communication',
        ifNoneExist: `identifier=urn:ietf:rfc:3986|urn:uuid:${ids.message}`,
      },
    });
  return reprise.programmeBundle({ ...written(base, draft, files, writing), planId: ids.plan, also });
}
