// SPDX-License-Identifier: Apache-2.0
// The motion sensors of the device, as its browser gives them.
import type { Motion } from './motion.ts';

/** Not yet in TypeScript's types. */
interface Asking {
  requestPermission?: () => Promise<'granted' | 'denied'>;
}

const motionEvents = () => window.DeviceMotionEvent as unknown as Asking | undefined;
/** Every browser of iOS is Safari's engine. */
const isOfApple = () => navigator.vendor.startsWith('Apple');

export const hasMotionEvents = () => 'DeviceMotionEvent' in window;
export const mayAsk = () => typeof motionEvents()?.requestPermission === 'function';
/** iOS gives the sensors only after a question that a touch must raise. Others give them without one. */
export const mustAsk = () => mayAsk() && isOfApple();

/** Called from a touch. Returns whether the sensors may be used. */
export async function askForSensors(): Promise<boolean> {
  try {
    return !mayAsk() || (await motionEvents()?.requestPermission?.()) === 'granted';
  } catch {
    return false;
  }
}

const RADIANS = Math.PI / 180;

type Readings = Pick<DeviceMotionEvent, 'accelerationIncludingGravity' | 'rotationRate'>;

const whole = (motion: readonly (number | null | undefined)[]): motion is Motion =>
  motion.every((value) => typeof value === 'number' && Number.isFinite(value));

/**
 * The sample in an event; undefined if the device lacks one of the two sensors. The rotation rate's alpha, beta and
 * gamma are about x, y and z, as MDN's newest page and Chromium's device_motion_event_pump.cc have it. iOS gives the
 * acceleration with the opposite sign (dorukeker/gyronorm.js, issue 54); not tried on an iPhone.
 */
export function motionIn(
  { accelerationIncludingGravity: a, rotationRate: r }: Readings,
  ofApple = isOfApple(),
): Motion | undefined {
  const sign = ofApple ? -1 : 1;
  const degrees = [r?.alpha, r?.beta, r?.gamma];
  const motion = [
    ...[a?.x, a?.y, a?.z].map((value) => (value === null || value === undefined ? value : sign * value)),
    ...degrees.map((value) => (value === null || value === undefined ? value : value * RADIANS)),
  ];
  return whole(motion) ? motion : undefined;
}

export interface Sample {
  /** By the page's clock, performance.now(). */
  time_s: number;
  /** Undefined: a sensor is missing. */
  motion: Motion | undefined;
  /** A program made the event, not the device. */
  simulated: boolean;
}

/** Returns the function that ends it. */
export function onMotion(listener: (sample: Sample) => void): () => void {
  const take = (event: DeviceMotionEvent) =>
    listener({ time_s: event.timeStamp / 1000, motion: motionIn(event), simulated: !event.isTrusted });
  window.addEventListener('devicemotion', take);
  return () => window.removeEventListener('devicemotion', take);
}

/** Calls back when the permission ends, where the browser tells. Returns the function that ends it. */
export function onForbidden(listener: () => void): () => void {
  let status: PermissionStatus | undefined;
  let over = false;
  const look = () => {
    if (status?.state === 'denied') listener();
  };
  navigator.permissions?.query({ name: 'accelerometer' as PermissionName }).then(
    (found) => {
      if (over) return;
      status = found;
      status.addEventListener('change', look);
    },
    () => {}, // a browser that does not know it
  );
  return () => {
    over = true;
    status?.removeEventListener('change', look);
  };
}
