// SPDX-License-Identifier: Apache-2.0
// Answers that were given on this device and that the record may not show yet.
import { localStore } from './local_store.ts';

interface AnsweredHere {
  id: string;
  at: string;
  resource: string;
}
const key = (account: string) => `answered ${account}`;

/** Whether a response to a request at `asked` may lack it: it is newer, or was unsent then. */
const isLacking = ({ id, at }: AnsweredHere, asked: string, unsent: ReadonlySet<string>) =>
  at > asked || unsent.has(id);

// One change after the other: none overwrites another.
let changing: Promise<unknown> = Promise.resolve();
function change(account: string, work: (before: Record<string, AnsweredHere>) => Record<string, AnsweredHere>) {
  const done = changing.then(async () => {
    const kept = await localStore();
    await kept.putValue(key(account), work((await kept.value<Record<string, AnsweredHere>>(key(account))) ?? {}));
  });
  changing = done.catch(() => {});
  return done;
}

/** Returns the ids of the unsent results. Call it before a request to the record: they may be sent meanwhile. */
export async function unsentIds(): Promise<ReadonlySet<string>> {
  return new Set((await (await localStore()).unsent()).map(({ id }) => id));
}

const lackingKey = (account: string) => `lacking ${account}`;

/** Remembers the results that were unsent at the last request. The stored response lacks them, even after sending. */
export async function rememberLacking(account: string, unsent: ReadonlySet<string>) {
  await (await localStore()).putValue(lackingKey(account), [...unsent]);
}

export async function lackingIds(account: string): Promise<readonly string[]> {
  return (await (await localStore()).value<string[]>(lackingKey(account))) ?? [];
}

/** Texts of resources that the record could not show at `asked`: newer, or not sent then. */
export async function answeredHere(account: string, asked: string, unsent: ReadonlySet<string>): Promise<string[]> {
  const all = Object.values((await (await localStore()).value<Record<string, AnsweredHere>>(key(account))) ?? {});
  return all.filter((one) => isLacking(one, asked, unsent)).map(({ resource }) => resource);
}

/** Remembers an answer. `question`: only its last answer counts. `id`: the outbox entry. */
export const rememberAnswered = (account: string, question: string, id: string, resource: object) =>
  change(account, (before) => ({
    ...before,
    [question]: { id, at: new Date().toISOString(), resource: JSON.stringify({ ...resource, id }) },
  }));

/** Forgets what a response to a request at `asked` has. `unsent`: then. */
export const forgetAnswered = (account: string, asked: string, unsent: ReadonlySet<string>) =>
  change(account, (before) =>
    Object.fromEntries(Object.entries(before).filter(([, one]) => isLacking(one, asked, unsent))),
  );
