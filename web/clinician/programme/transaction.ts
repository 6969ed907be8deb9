// A programme on its way to the record: one transaction, which changes nothing that another clinician has changed
// meanwhile. Pure.
import type { ServiceRequest } from 'fhir/r4';
import { SIMULATED } from '../../fhir/questionnaire/response.ts';
import { answerOf } from '../../data/messages.ts';
import { changed } from '../../data/write.ts';
import type { CatalogFile } from './catalog.ts';
import { MADE, planOf, requestOf, requestsOf, type Base, type Draft, type Writing } from './draft.ts';
import { same } from './changes.ts';
import type { Decision } from './proposals.ts';

type Entry = {
  fullUrl?: string;
  resource: object;
  request: { method: string; url: string; ifMatch?: string; ifNoneExist?: string };
};

export interface Sent {
  base: Base;
  /** The record's programme as a draft. Unchanged items are not written again. */
  before: Draft;
  draft: Draft;
  files: ReadonlyMap<string, CatalogFile>;
  isAngle: (measure: string) => boolean;
  /** For the patient; empty: none. */
  message: string;
  decisions: readonly Decision[];
  /** UUIDs, made once for this sending. */
  ids: { plan: string; message: string };
}

/** The body of the transaction. */
export function transactionOf(
  { base, before, draft, files, isAngle, message, decisions, ids }: Sent,
  writing: Writing,
): string {
  const { patient, practitioner, simulated, now } = writing;
  const tagged = <T extends object>(resource: T): T => (simulated ? { ...resource, meta: SIMULATED } : resource);
  const known = new Map(requestsOf(base).map((request) => [request.id ?? '', request]));
  const was = new Map(before.items.map((item) => [item.key, item]));
  const entries: Entry[] = [];
  const references = draft.items.map((item): string => {
    const request = known.get(item.key);
    const old = was.get(item.key);
    const file = files.get(item.exercise);
    const reference = request ? `ServiceRequest/${item.key}` : `urn:uuid:${item.key}`;
    // What cannot be read is not written: it stays as it is.
    if (!file || (request && old && same(old, item))) return reference;
    const next: ServiceRequest = requestOf(item, request, file, writing, isAngle);
    entries.push(
      request
        ? changed(next)
        : {
            fullUrl: reference,
            resource: tagged({ ...next, identifier: [{ system: MADE, value: item.key }] }),
            request: { method: 'POST', url: 'ServiceRequest' },
          },
    );
    return reference;
  });
  for (const [id, request] of known) {
    if (!draft.items.some(({ key }) => key === id))
      entries.push(
        changed({
          ...request,
          status: 'revoked',
          requester: { reference: `Practitioner/${practitioner}` },
        }),
      );
  }
  const plan = planOf(draft, base, references, writing, isAngle);
  entries.push(
    base.plan
      ? changed(plan)
      : {
          fullUrl: `urn:uuid:${ids.plan}`,
          resource: tagged({ ...plan, identifier: [{ system: MADE, value: ids.plan }] }),
          request: { method: 'POST', url: 'CarePlan', ifNoneExist: `identifier=${MADE}|${ids.plan}` },
        },
  );
  for (const decision of decisions)
    entries.push({ resource: tagged(decision.task), request: { method: 'POST', url: 'Task' } });
  if (message.trim() !== '') {
    const resource = answerOf({
      id: ids.message,
      text: message.trim(),
      patient,
      practitioner,
      simulated,
      sent: now,
      notice: true,
    });
    entries.push({
      resource,
      request: {
        method: 'POST',
        url: 'Communication',
        ifNoneExist: `identifier=urn:ietf:rfc:3986|urn:uuid:${ids.message}`,
      },
    });
  }
  return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: entries });
}
