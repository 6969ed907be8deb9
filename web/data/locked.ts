// SPDX-License-Identifier: Apache-2.0
// The data that stay on the device after sign-out: only data that exist nowhere else. They are encrypted by a key that
// the server gives to that account alone. During a login session the browser holds the key, uses it and never shows it.
// So signing out needs no network. An expired login session locks no data: results and exercises go on without a
// network.
import { closeLocalStore, openLocalStore, localStoreNow, type Locked, type Unsent, type Value } from './local_store.ts';
import { fromBase64 } from './base64.ts';

const keyOf = (account: string) => `lock ${account}`;

/**
 * Values that the record has too, by the first word of their key; the second is the account. All others are here alone:
 * drafts, an exercise session under way, what stopped one, time that was counted.
 */
const IN_RECORD = new Set([
  'appointments',
  'films',
  'history',
  'learn',
  'lock',
  'me',
  'messages',
  'person',
  'programme',
]);

const ownerOf = ({ key, value }: Value) =>
  (key === 'me' ? (value as { id?: string | undefined }).id : key.split(' ')[1]) ?? '';
const isOnlyHere = ({ key }: Value) => !IN_RECORD.has(key.split(' ')[0] ?? '');

interface Content {
  unsent: Unsent[];
  values: Value[];
}

async function encrypted(account: string, key: CryptoKey, content: Content): Promise<Locked> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    key,
    new TextEncoder().encode(JSON.stringify(content)),
  );
  return { id: crypto.randomUUID(), account, iv, bytes, unsent: content.unsent.length };
}

/** Decrypts the content; undefined if another key locked it or it is damaged. */
async function decrypted(key: CryptoKey, { iv, bytes }: Locked): Promise<Content | undefined> {
  try {
    return JSON.parse(
      new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes)),
    ) as Content;
  } catch {
    return undefined;
  }
}

/**
 * Removes from the device what the record has too, and locks the rest. `except`: the account that is signed in now.
 * What has no key, because its account was last signed in before there were keys, stays as it is: nothing that was done
 * is lost.
 */
export async function lockDevice({ except }: { except?: string } = {}) {
  if (!except) closeLocalStore();
  const device = await localStoreNow();
  const { unsent, values } = await device.all();
  const others = values.filter((one) => ownerOf(one) !== except);
  const accounts = new Set(
    [...unsent.map(({ account }) => account), ...others.filter(isOnlyHere).map(ownerOf)].filter(
      (one) => one !== except,
    ),
  );
  const locked: Locked[] = [];
  const kept = new Set<string>();
  for (const account of accounts) {
    const content = {
      unsent: unsent.filter((one) => one.account === account),
      values: others.filter((one) => isOnlyHere(one) && ownerOf(one) === account),
    };
    const key = values.find((one) => one.key === keyOf(account))?.value as CryptoKey | undefined;
    if (key) locked.push(await encrypted(account, key, content));
    else kept.add(account);
  }
  await device.change({
    removedValues: others.filter((one) => !(kept.has(ownerOf(one)) && isOnlyHere(one))).map(({ key }) => key),
    removedUnsent: unsent.filter(({ account }) => account !== except && !kept.has(account)).map(({ id }) => id),
    locked,
  });
}

let openFor = '';

async function unlock(account: string, secret: string) {
  const key = await crypto.subtle.importKey(
    'raw',
    Uint8Array.from(fromBase64(secret.replaceAll('-', '+').replaceAll('_', '/'))),
    'AES-GCM',
    false,
    ['encrypt', 'decrypt'],
  );
  const device = await localStoreNow();
  const { values, locked } = await device.all();
  const there = new Set(values.map((one) => one.key));
  const unsent: Unsent[] = [];
  const opened: string[] = [];
  const back = new Map<string, Value>();
  for (const one of locked.filter((each) => each.account === account)) {
    const content = await decrypted(key, one);
    if (!content) continue;
    opened.push(one.id);
    unsent.push(...content.unsent);
    // Values written since then are newer.
    for (const value of content.values) if (!there.has(value.key)) back.set(value.key, value);
  }
  await device.change({ values: [{ key: keyOf(account), value: key }, ...back.values()], unsent, unlocked: opened });
}

/** Unlocks this account's data on the device; `localStore` waits until then. Locks the data of other accounts. */
export function openDevice(account: string, secret: string | undefined) {
  if (openFor === `${account} ${secret ?? ''}`) return;
  openFor = `${account} ${secret ?? ''}`;
  openLocalStore(
    (async () => {
      await lockDevice({ except: account }).catch((error: unknown) => {
        console.error(error);
      });
      if (secret) await unlock(account, secret);
    })(),
  );
}

/** After signing out: another sign-in, of the same account too, unlocks again. */
export const forgetOpened = () => {
  openFor = '';
};

/** How many results of anybody wait here, locked. */
export const lockedResults = async () =>
  (await (await localStoreNow()).all()).locked.reduce((sum, { unsent }) => sum + unsent, 0);
