// What this device holds of a patient, and how it goes.
import { forgetPosted } from './conversation.ts';
import { shelf } from './kept.ts';
import { forgetWaiting } from './outbox.ts';

/** Programme, messages, what is under way, unsent results, and all that the pages' own cache holds. Preferences stay: they say nothing about health. */
export async function deleteFromDevice() {
  await (await shelf()).clear();
  await forgetWaiting();
  forgetPosted();
  if ('caches' in window) for (const name of await caches.keys()) await caches.delete(name);
}
