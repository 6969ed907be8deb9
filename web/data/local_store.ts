// SPDX-License-Identifier: Apache-2.0
// The device's local store: the programme, the open session, and unsent results. It is in IndexedDB. Where a browser
// refuses that (a private window, say), it is in memory and lasts as long as the page.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** A result that waits to be sent: one transaction, which the record takes once however often it is sent. */
export interface Unsent {
  id: string;
  /** The account that made it; only that account's login session sends it. */
  account: string;
  madeAt: string;
  kind: 'set' | 'answers' | 'consent' | 'message' | 'time' | 'measurement';
  bundle: string;
  /** The record will never take it as it is; the HTTP status. */
  refused?: number;
}

/** By a name and the account: `programme ID`, `session ID`. */
export interface Value {
  key: string;
  value: unknown;
}

/** What an account left when it signed out, encrypted (locked.ts). */
export interface Locked {
  id: string;
  account: string;
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
  /** How many results are in it. */
  unsent: number;
}

interface Kept extends DBSchema {
  unsent: { key: string; value: Unsent };
  values: { key: string; value: Value };
  locked: { key: string; value: Locked };
}

export interface All {
  unsent: Unsent[];
  values: Value[];
  locked: Locked[];
}

/** One change of the store: entries to put, and keys to remove. */
export interface Change {
  unsent?: Unsent[];
  values?: Value[];
  locked?: Locked[];
  removedUnsent?: string[];
  removedValues?: string[];
  unlocked?: string[];
}

export interface LocalStore {
  /** False: the content lasts as long as the page. */
  readonly lasting: boolean;
  /** Throws where it cannot be read. */
  unsent(): Promise<Unsent[]>;
  /** Throws where there is no room. */
  putUnsent(one: Unsent): Promise<void>;
  removeUnsent(id: string): Promise<void>;
  /** What has no room lasts as long as the page. */
  value<T>(key: string): Promise<T | undefined>;
  putValue(key: string, value: unknown): Promise<void>;
  removeValue(key: string): Promise<void>;
  clear(): Promise<void>;
  /** Throws where it cannot be read. */
  all(): Promise<All>;
  /** All of it or nothing. Throws where there is no room. */
  change(change: Change): Promise<void>;
}

const openDatabase = () =>
  openDB<Kept>('reprise', 2, {
    upgrade(made, before) {
      if (before < 1) {
        made.createObjectStore('unsent', { keyPath: 'id' });
        made.createObjectStore('values', { keyPath: 'key' });
      }
      made.createObjectStore('locked', { keyPath: 'id' });
    },
    // Another window wants a newer version.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });

/**
 * Runs works on the database; opens it again where the browser closed it, as it does when the disk fails or the system
 * clears data.
 */
function reopening(opened: IDBPDatabase<Kept>) {
  let database = opened;
  return async <T>(work: (on: IDBPDatabase<Kept>) => Promise<T>): Promise<T> => {
    try {
      return await work(database);
    } catch (error) {
      if ((error as Error).name !== 'InvalidStateError') throw error;
      database = await openDatabase();
      return work(database);
    }
  };
}

const STORES = ['unsent', 'values', 'locked'] as const;

function inDatabase(opened: IDBPDatabase<Kept>): LocalStore {
  const run = reopening(opened);
  // Values for which there was no room, and those that could not be removed: they hold as long as the page.
  const instead = new Map<string, unknown>();
  const forThisPage = (key: string, value: unknown) => () => {
    instead.set(key, structuredClone(value));
  };
  return {
    lasting: true,
    unsent: async () => (await run((on) => on.getAll('unsent'))).sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1)),
    async putUnsent(one) {
      await run(async (on) => {
        // On the disk before it is said to be kept: power may go at once.
        const change = on.transaction('unsent', 'readwrite', { durability: 'strict' });
        await Promise.all([change.store.put(one), change.done]);
      });
    },
    removeUnsent: (id) => run((on) => on.delete('unsent', id)),
    async value<T>(key: string) {
      if (instead.has(key)) return instead.get(key) as T | undefined;
      // What cannot be read is asked for again.
      return (await run((on) => on.get('values', key)).catch(() => undefined))?.value as T | undefined;
    },
    async putValue(key, value) {
      await run((on) => on.put('values', { key, value })).then(
        () => {
          instead.delete(key);
        },
        forThisPage(key, value),
      );
    },
    async removeValue(key) {
      await run((on) => on.delete('values', key)).then(
        () => {
          instead.delete(key);
        },
        forThisPage(key, undefined),
      );
    },
    async clear() {
      instead.clear();
      await run((on) => on.clear('unsent'));
      await run((on) => on.clear('locked'));
      // A key that locks (locked.ts) says nothing, and is needed for what comes next.
      await run((on) => on.delete('values', IDBKeyRange.upperBound('lock ', true)));
      await run((on) => on.delete('values', IDBKeyRange.lowerBound('lock!')));
    },
    async all() {
      const [unsent, values, locked] = await run((on) =>
        Promise.all([on.getAll('unsent'), on.getAll('values'), on.getAll('locked')]),
      );
      for (const [key, value] of instead) values.push({ key, value });
      return {
        unsent,
        values: [...new Map(values.map((one) => [one.key, one])).values()].filter(({ value }) => value !== undefined),
        locked,
      };
    },
    async change(change) {
      await run(async (on) => {
        const all = on.transaction(STORES, 'readwrite', { durability: 'strict' });
        const store = {
          unsent: all.objectStore('unsent'),
          values: all.objectStore('values'),
          locked: all.objectStore('locked'),
        };
        await Promise.all([
          ...(change.unsent ?? []).map((one) => store.unsent.put(one)),
          ...(change.values ?? []).map((one) => store.values.put(one)),
          ...(change.locked ?? []).map((one) => store.locked.put(one)),
          ...(change.removedUnsent ?? []).map((id) => store.unsent.delete(id)),
          ...(change.removedValues ?? []).map((key) => store.values.delete(key)),
          ...(change.unlocked ?? []).map((id) => store.locked.delete(id)),
          all.done,
        ]);
      });
      for (const key of change.removedValues ?? []) instead.delete(key);
    },
  };
}

export function inMemory(): LocalStore {
  const waiting = new Map<string, Unsent>();
  const values = new Map<string, unknown>();
  const locked = new Map<string, Locked>();
  return {
    lasting: false,
    unsent: async () => [...waiting.values()],
    async putUnsent(one) {
      waiting.set(one.id, one);
    },
    async removeUnsent(id) {
      waiting.delete(id);
    },
    value: async <T>(key: string) => values.get(key) as T | undefined,
    async putValue(key, value) {
      values.set(key, structuredClone(value));
    },
    async removeValue(key) {
      values.delete(key);
    },
    async clear() {
      for (const store of [waiting, values, locked]) store.clear();
    },
    all: async () => ({
      unsent: [...waiting.values()],
      values: [...values].map(([key, value]) => ({ key, value })),
      locked: [...locked.values()],
    }),
    async change(change) {
      for (const one of change.unsent ?? []) waiting.set(one.id, one);
      for (const one of change.values ?? []) values.set(one.key, one.value);
      for (const one of change.locked ?? []) locked.set(one.id, one);
      for (const id of change.removedUnsent ?? []) waiting.delete(id);
      for (const key of change.removedValues ?? []) values.delete(key);
      for (const id of change.unlocked ?? []) locked.delete(id);
    },
  };
}

async function open(): Promise<LocalStore> {
  try {
    const database = await openDatabase();
    // Otherwise a browser may throw it away when the disk is nearly full.
    void navigator.storage?.persist?.();
    return inDatabase(database);
  } catch {
    return inMemory();
  }
}

let opened: Promise<LocalStore> | undefined;
let ready: Promise<unknown> = Promise.resolve();
let closed = false;

/** Returns the local store without waiting for its unlocking. */
export const localStoreNow = () =>
  (opened ??= open().then((whole) => ({
    ...whole,
    // A page that closes during a sign-out must not restore the values just removed.
    putValue: async (key: string, value: unknown) => {
      if (!closed) await whole.putValue(key, value);
    },
  })));

/** The same, once what the account had left locked is back in it. */
export const localStore = async () => {
  await ready;
  return localStoreNow();
};

/** Stops storing values, because the user has signed out. */
export const closeLocalStore = () => {
  closed = true;
};

/** Stores values again; `localStore` waits for `unlocking`. */
export function openLocalStore(unlocking: Promise<unknown>) {
  closed = false;
  ready = unlocking.catch((error: unknown) => {
    console.error(error);
  });
}
