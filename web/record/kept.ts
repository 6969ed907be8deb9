// What this device keeps: the programme, what is under way, and results that are not sent yet. IndexedDB; where a browser refuses that (a
// private window, say), memory, which lasts as long as the page.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** A result that waits to be sent: one transaction, which the record takes once however often it is sent. */
export interface Unsent {
  id: string;
  /** The account that made it; nobody else's session sends it. */
  account: string;
  madeAt: string;
  kind: 'set' | 'answers' | 'consent';
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
  unsent(): Promise<Unsent[]>;
  putUnsent(one: Unsent): Promise<void>;
  removeUnsent(id: string): Promise<void>;
  value<T>(key: string): Promise<T | undefined>;
  putValue(key: string, value: unknown): Promise<void>;
  removeValue(key: string): Promise<void>;
  clear(): Promise<void>;
}

function inDatabase(database: IDBPDatabase<Kept>): Shelf {
  return {
    lasting: true,
    unsent: async () => (await database.getAll('unsent')).sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1)),
    async putUnsent(one) { await database.put('unsent', one); },
    removeUnsent: (id) => database.delete('unsent', id),
    value: async <T,>(key: string) => (await database.get('values', key))?.value as T | undefined,
    async putValue(key, value) { await database.put('values', { key, value }); },
    removeValue: (key) => database.delete('values', key),
    async clear() {
      await database.clear('values');
      await database.clear('unsent');
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
    const database = await openDB<Kept>('reprise', 1, {
      upgrade(made) {
        made.createObjectStore('unsent', { keyPath: 'id' });
        made.createObjectStore('values', { keyPath: 'key' });
      },
      // Another window wants a newer version.
      blocking(_current, _blocked, event) { (event.target as IDBDatabase).close(); },
    });
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
