// SPDX-License-Identifier: Apache-2.0
// The phone as an inclinometer: the angle between the direction of gravity at zero and now, from its own sensors.
import { useEffect, useState } from 'react';

interface WithPermission {
  requestPermission?: () => Promise<string>;
}

/** Phones of one maker ask; others are allowed at once. Throws where the person refuses. */
export async function allowMotion() {
  const { requestPermission } = window.DeviceMotionEvent as unknown as WithPermission;
  if (requestPermission && (await requestPermission()) !== 'granted') throw new Error('refused');
}

export interface Gravity {
  x: number;
  y: number;
  z: number;
}

/** Between two directions of gravity in the phone's own axes, degrees, 0 to 180. */
export function angleBetween(a: Gravity, b: Gravity): number {
  const length = (of: Gravity) => Math.hypot(of.x, of.y, of.z);
  const cosine = (a.x * b.x + a.y * b.y + a.z * b.z) / (length(a) * length(b));
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

/** A share of the newest value: hands tremble. */
const SMOOTHING = 0.2;

/** What the phone feels of gravity; undefined until it says something. */
export function useGravity(on: boolean): Gravity | undefined {
  const [gravity, setGravity] = useState<Gravity>();
  useEffect(() => {
    if (!on) return undefined;
    const feel = ({ accelerationIncludingGravity: felt }: DeviceMotionEvent) => {
      if (felt?.x == null || felt.y == null || felt.z == null) return;
      const now = { x: felt.x, y: felt.y, z: felt.z };
      setGravity((before) =>
        before
          ? {
              x: before.x + SMOOTHING * (now.x - before.x),
              y: before.y + SMOOTHING * (now.y - before.y),
              z: before.z + SMOOTHING * (now.z - before.z),
            }
          : now,
      );
    };
    window.addEventListener('devicemotion', feel);
    return () => window.removeEventListener('devicemotion', feel);
  }, [on]);
  return on ? gravity : undefined;
}
