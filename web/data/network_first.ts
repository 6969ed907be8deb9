// SPDX-License-Identifier: Apache-2.0
import { failureOf, type Failure } from './api.ts';
import { localStore } from './local_store.ts';

export interface Known<T> {
  value: T;
  /** When the record was asked, and why it was not asked now. */
  at: string;
  failure?: Failure;
}

/** What the record says; where it cannot be asked, what it said last. Throws a Failure where there is neither. */
export async function networkFirst<T>(key: string, ask: () => Promise<T>): Promise<Known<T>> {
  const device = await localStore();
  try {
    const at = new Date().toISOString(); // the response may lack answers given during the request
    const known: Known<T> = { value: await ask(), at };
    await device.putValue(key, known);
    return known;
  } catch (error) {
    const failure = failureOf(error);
    const before = await device.value<Known<T>>(key);
    if (!before || failure.code === 'no-session') throw failure;
    return { ...before, failure };
  }
}

/** What the record said last, without asking it. */
export const kept = async <T>(key: string): Promise<Known<T> | undefined> => (await localStore()).value<Known<T>>(key);
