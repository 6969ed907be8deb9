// SPDX-License-Identifier: Apache-2.0
// What this device holds of a patient, and how it goes.
import { forgetPosted } from './conversation.ts';
import { holdsIn } from './holds.ts';
import { localStore } from './local_store.ts';
import { flush, forgetWaiting } from './outbox.ts';

/** So long it is tried to send what waits, before it is deleted. Unsourced default. */
const SEND_FOR_MS = 5000;

/**
 * Sends the waiting results if it can, then deletes programme, messages, the open session and results. Preferences and
 * the files of the pages stay: they contain no personal data. Answers that stop exercising stay until the clinic has
 * them. Other accounts' locked data (locked.ts) stay as well. Returns whether answers that stop exercising remain.
 */
export async function deleteFromDevice(): Promise<boolean> {
  await Promise.race([
    flush(),
    new Promise((resolve) => {
      setTimeout(resolve, SEND_FOR_MS);
    }),
  ]);
  const device = await localStore();
  const { unsent, values, locked } = await device.all();
  const { answers, kept } = holdsIn(values, unsent);
  await device.clear();
  await device.change({ unsent: answers, values: kept, locked });
  await forgetWaiting();
  forgetPosted();
  return answers.length > 0;
}
