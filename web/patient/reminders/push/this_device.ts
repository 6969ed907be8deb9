// SPDX-License-Identifier: Apache-2.0
// This browser's subscription to Web Push.
import { ask, Failure } from '../../../data/api.ts';
import { keyBytes, type Browser, type PushDevice, type ServerPush } from './push_state.ts';

const WORKER_PATIENCE_MS = 20_000;

export function thisBrowser(): Browser {
  const supported = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  return {
    supported,
    permission: supported ? Notification.permission : 'default',
    userAgent: navigator.userAgent,
    touchPoints: navigator.maxTouchPoints,
    standalone:
      window.matchMedia('(display-mode: standalone)').matches ||
      ('standalone' in navigator && navigator.standalone === true),
  };
}

async function subscriptionHere(): Promise<PushSubscription | undefined> {
  const { supported } = thisBrowser();
  const worker = supported ? await navigator.serviceWorker.getRegistration() : undefined;
  return (await worker?.pushManager.getSubscription()) ?? undefined;
}

/**
 * Returns the server's list with this device in it, which the server knows by its sign-in: after a new one the device
 * shows which it is. A subscription that the server ended is ended here, too.
 */
export async function recognized(push: ServerPush | undefined): Promise<ServerPush | undefined> {
  if (!push || push.devices.some(({ here }) => here)) return push;
  const subscription = await subscriptionHere().catch(() => undefined);
  if (!subscription) return push;
  const { known } = await ask<{ known: boolean }>('POST', 'reminders/devices/here', {
    endpoint: subscription.endpoint,
  });
  if (!known) {
    await subscription.unsubscribe().catch(() => false);
    return push;
  }
  return (await ask<{ push?: ServerPush }>('GET', 'reminders')).push;
}

/** Browsers subscribe an active worker only; where its installation failed, none ever is. */
const activeWorker = () =>
  Promise.race([
    navigator.serviceWorker.ready,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('no service worker')), WORKER_PATIENCE_MS);
    }),
  ]);

/** Asks for the browser's permission, subscribes at its maker's server, and tells our server. */
export async function subscribeHere(key: string) {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const worker = await activeWorker();
  // One for another key would never receive anything.
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: keyBytes(key),
  });
  try {
    await ask('POST', 'reminders/devices', subscription.toJSON());
  } catch (failure) {
    await subscription.unsubscribe().catch(() => false);
    throw failure;
  }
  return true;
}

/** Ends one; it may have ended already. */
export async function endDevice({ id, here }: PushDevice) {
  await ask('DELETE', `reminders/devices/${id}`).catch((failure: unknown) => {
    if (!(failure instanceof Failure && failure.status === 404)) throw failure;
  });
  if (here) await (await subscriptionHere().catch(() => undefined))?.unsubscribe().catch(() => false);
}
