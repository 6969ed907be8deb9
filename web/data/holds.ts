// SPDX-License-Identifier: Apache-2.0
// Answers that stopped exercising, kept on this device from the moment they are given until the record shows that their
// hold has ended: through reloads, without a network, signed out and in, whatever the clock says. What they mean is
// decided by care/safety/hold.h.
import type { Identifier, QuestionnaireResponse } from 'fhir/r4';
import { localStore, type Unsent, type Value } from './local_store.ts';
import type { Stored } from '../fhir/resources.ts';

type Given = Stored<Pick<QuestionnaireResponse, 'identifier' | 'extension'>>;

const ANSWERS = 'urn:reprise:answers';
const key = (account: string) => `holds ${account}`;

/** By the identifier of the answers: the QuestionnaireResponse. */
type Kept = Record<string, Given>;

const read = async (account: string) => (await (await localStore()).value<Kept>(key(account))) ?? {};

// Two windows must not write over each other.
async function changeKept(account: string, change: (kept: Kept) => Kept) {
  const work = async () => {
    await (await localStore()).putValue(key(account), change(await read(account)));
  };
  if (navigator.locks) await navigator.locks.request('reprise-holds', work);
  else await work();
}

/** `bundle`: of answers that stop exercising, or that take such answers back. */
export async function keepHold(account: string, id: string, bundle: string) {
  const { entry } = JSON.parse(bundle) as { entry: { resource: Given }[] };
  const resource = entry[0]?.resource;
  if (resource)
    await changeKept(account, (kept) => ({ ...kept, [resource.identifier?.value ?? id]: { ...resource, id } }));
}

/** Finds the answers that stop exercising and are still unsent, and the stored holds. */
export function holdsIn(values: readonly Value[], unsent: readonly Unsent[]): { answers: Unsent[]; kept: Value[] } {
  const isHold = (one: Value): one is Value & { value: Kept } => one.key.startsWith(key(''));
  const ids = new Set(values.filter(isHold).flatMap(({ value }) => Object.values(value).map(({ id }) => id)));
  const answers = unsent.filter(({ id }) => ids.has(id));
  const waiting = new Set(answers.map(({ id }) => id));
  const kept = values.filter(isHold).map((one) => ({
    key: one.key,
    value: Object.fromEntries(Object.entries(one.value).filter(([, { id }]) => waiting.has(id))),
  }));
  return { answers, kept: kept.filter(({ value }) => Object.keys(value).length > 0) };
}

/** As texts, for `reprise.programme`. */
export const keptHolds = async (account: string) =>
  Object.values(await read(account)).map((one) => JSON.stringify(one));

/** Identifiers of the answers that are kept. */
export const keptAnswers = async (account: string): Promise<readonly string[]> => Object.keys(await read(account));

/** Which answers Flags are about. */
export const answersIn = (flags: readonly { identifier?: Identifier[] | undefined }[]) =>
  new Set(
    flags.flatMap(({ identifier = [] }) =>
      identifier.flatMap(({ system, value }) => (system === ANSWERS && value ? [value] : [])),
    ),
  );

/** A search value for Flags about these answers. */
export const aboutAnswers = (answers: readonly string[]) =>
  answers.map((one) => encodeURIComponent(`${ANSWERS}|${one}`)).join(',');

/** Forgets the answers whose hold has ended by the record, and the answers that took them back. */
export async function forgetHolds(account: string, ended: ReadonlySet<string>) {
  if (ended.size === 0) return;
  const takenBack = ({ extension = [] }: Given) =>
    extension.some(({ url, valueUri }) => url === 'urn:reprise:takes-back' && ended.has(valueUri ?? ''));
  await changeKept(account, (kept) =>
    Object.fromEntries(Object.entries(kept).filter(([answers, one]) => !ended.has(answers) && !takenBack(one))),
  );
}
