// SPDX-License-Identifier: Apache-2.0
// What the page offers for reminders on this device, from what server and browser say. Pure.

/** A device that receives the reminders, as the server lists it. */
export interface PushDevice {
  id: string;
  since: string;
  /** It is this one. */
  here: boolean;
}

/** What the server says of Web Push; undefined: it sends none. */
export interface ServerPush {
  /** The server's public key, base64url. */
  key: string;
  devices: readonly PushDevice[];
}

export interface Browser {
  /** It has service workers, Push and notifications. */
  supported: boolean;
  permission: NotificationPermission;
  userAgent: string;
  touchPoints: number;
  /** The page runs from the home screen. */
  standalone: boolean;
}

/**
 * `homeScreen`: an iPhone or iPad can do it from the home screen only; `refused`: the browser blocks messages of this
 * page; `offered`: the patient may agree; `on`: this device receives them.
 */
export type PushState = 'off' | 'unsupported' | 'homeScreen' | 'refused' | 'offered' | 'on';

const isPhoneOfApple = ({ userAgent, touchPoints }: Browser) =>
  /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);

export function pushState(push: ServerPush | undefined, browser: Browser): PushState {
  if (!push) return 'off';
  if (!browser.supported) return isPhoneOfApple(browser) && !browser.standalone ? 'homeScreen' : 'unsupported';
  if (browser.permission === 'denied') return 'refused';
  return browser.permission === 'granted' && push.devices.some(({ here }) => here) ? 'on' : 'offered';
}

/** The bytes of the server's key, as browsers want them. */
export function keyBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
