// SPDX-License-Identifier: Apache-2.0
// A carer uses the patient's app and writes in the own name. Pure.

/** The parts of a session's account that count here. */
interface Account {
  role: string;
  person?: string;
  helps?: string;
  carer?: string;
}

/** Where a resource that a patient writes names its author; the record checks the same fields. */
const AUTHORS: Readonly<Record<string, readonly string[]>> = {
  Communication: ['sender'],
  DocumentReference: ['author'],
  Media: ['operator'],
  Observation: ['performer'],
  Procedure: ['performer.actor'],
  QuestionnaireResponse: ['author', 'source'],
};

/**
 * Returns a carer's session as the pages see it: the app of the patient who is helped, whose `carer` is the
 * RelatedPerson. Other sessions stay as they are.
 */
export function asShown<Session extends { account?: Account }>(session: Session): Session {
  const { account } = session;
  if (account?.helps === undefined || account.carer !== undefined) return session;
  const carer = account.person === undefined ? {} : { carer: account.person };
  return { ...session, account: { ...account, role: 'patient', person: account.helps, ...carer } };
}

function named(value: unknown, path: readonly string[], from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((one) => named(one, path, from, to));
  if (typeof value !== 'object' || value === null) return value;
  const [name, ...rest] = path;
  const fields = value as Record<string, unknown> & { reference?: unknown };
  if (name === undefined) return fields.reference === from ? { ...fields, reference: to } : value;
  return name in fields ? { ...fields, [name]: named(fields[name], rest, from, to) } : value;
}

interface Resource {
  resourceType: string;
}
interface Bundle {
  entry?: { resource?: Resource }[];
}

/** Returns a transaction with the carer as the author where the patient was; for a patient unchanged. */
export function inOwnName(bundle: string, account: Account | undefined): string {
  const { carer, person } = account ?? {};
  if (carer === undefined || person === undefined) return bundle;
  const whole = JSON.parse(bundle) as Bundle;
  const entry = (whole.entry ?? []).map((one) => {
    if (!one.resource) return one;
    const paths = AUTHORS[one.resource.resourceType] ?? [];
    const resource = paths.reduce<unknown>(
      (before, path) => named(before, path.split('.'), `Patient/${person}`, `RelatedPerson/${carer}`),
      one.resource,
    );
    return { ...one, resource };
  });
  return JSON.stringify({ ...whole, entry });
}
