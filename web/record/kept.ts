// What this device keeps: the programme, what is under way, and results that are not sent yet. IndexedDB; where a browser refuses that (a
// private window, say), memory, which lasts as long as the page.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** A result that waits to be sent: one transaction, which the record takes once however often it is sent. */
export interface Unsent {
  id: string;
  /** The account that made it; nobody else's session sends it. */
  account: string;
  madeAt: string;
  kind: 'set' | 'answers' | 'consent' | 'message' | 'time';
  bundle: string;
  /** The record will never take it as it is; the HTTP status. */
  refused?: number;
}

interface Kept extends DBSchema {
  unsent: { key: string; value: Unsent };
  /** By a name and the account: `programme ID`, `session ID`. */
  values: { key: string; value: { key: string; value: unknown } };
}

export interface Shelf {
  /** False: what is kept is gone with the page. */
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
}

const openDatabase = () => openDB<Kept>('reprise', 1, {
  upgrade(made) {
    made.createObjectStore('unsent', { keyPath: 'id' });
    made.createObjectStore('values', { keyPath: 'key' });
  },
  // Another window wants a newer version.
  blocking(_current, _blocked, event) { (event.target as IDBDatabase).close(); },
});

/** Runs works on the database; opens it again where the browser closed it, as it does when the disk fails or the system clears data. */
function reopening(opened: IDBPDatabase<Kept>) {
  let database = opened;
  return async <T,>(work: (on: IDBPDatabase<Kept>) => Promise<T>): Promise<T> => {
    try {
      return await work(database);
    } catch (error) {
      if ((error as Error).name !== 'InvalidStateError') throw error;
      database = await openDatabase();
      return work(database);
    }
  };
}

function inDatabase(opened: IDBPDatabase<Kept>): Shelf {
  const run = reopening(opened);
  // Values for which there was no room, and those that could not be removed: they hold as long as the page.
  const instead = new Map<string, unknown>();
  const forThisPage = (key: string, value: unknown) => () => { instead.set(key, structuredClone(value)); };
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
      await run((on) => on.put('values', { key, value })).then(() => { instead.delete(key); }, forThisPage(key, value));
    },
    async removeValue(key) {
      await run((on) => on.delete('values', key)).then(() => { instead.delete(key); }, forThisPage(key, undefined));
    },
    async clear() {
      instead.clear();
      await run((on) => on.clear('values'));
      await run((on) => on.clear('unsent'));
    },
  };
}

export function inMemory(): Shelf {
  const waiting = new Map<string, Unsent>();
  const values = new Map<string, unknown>();
  return {
    lasting: false,
    unsent: async () => [...waiting.values()],
    async putUnsent(one) { waiting.set(one.id, one); },
    async removeUnsent(id) { waiting.delete(id); },
    value: async <T,>(key: string) => values.get(key) as T | undefined,
    async putValue(key, value) { values.set(key, structuredClone(value)); },
    async removeValue(key) { values.delete(key); },
    async clear() {
      waiting.clear();
      values.clear();
    },
  };
}

async function open(): Promise<Shelf> {
  try {
    const database = await openDatabase();
    // Otherwise a browser may throw it away when the disk is nearly full.
    void navigator.storage?.persist?.();
    return inDatabase(database);
  } catch {
    return inMemory();
  }
}

let opened: Promise<Shelf> | undefined;

/** The one shelf of this device. */
export const shelf = () => (opened ??= open());
