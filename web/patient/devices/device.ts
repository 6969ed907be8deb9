// SPDX-License-Identifier: Apache-2.0
// One device that the patient can connect, and how its connection stands.
import { hasBluetooth, isNoChoice, linkDevice, type DeviceKind, type DeviceLink, type DeviceListener } from './link.ts';

/** `none`: this browser has no Bluetooth; `failed`: the device could not be connected. */
export type DeviceState = 'none' | 'idle' | 'connecting' | 'connected' | 'lost' | 'failed';

export interface DeviceNow {
  state: DeviceState;
  name: string | undefined;
  battery: number | undefined;
  /** Why it failed. */
  failure: unknown;
}

export interface Device {
  now: () => DeviceNow;
  onChange: (listener: () => void) => () => void;
  /** From a touch. */
  connect: () => void;
  /** Lets the device go; it can be connected again. */
  close: () => void;
}

export function createDevice(kind: DeviceKind, listener: DeviceListener): Device {
  const atFirst = (): DeviceNow => ({
    state: hasBluetooth() ? 'idle' : 'none',
    name: undefined,
    battery: undefined,
    failure: undefined,
  });
  let now = atFirst();
  let link: DeviceLink | undefined;
  let attempt = 0; // only the last one counts
  const listeners = new Set<() => void>();
  const tell = (next: Partial<DeviceNow>) => {
    now = { ...now, ...next };
    for (const one of listeners) one();
  };
  const close = () => {
    attempt += 1;
    link?.close();
    link = undefined;
    tell(atFirst());
  };
  return {
    now: () => now,
    onChange(one) {
      listeners.add(one);
      return () => {
        listeners.delete(one);
      };
    },
    connect() {
      close();
      const mine = attempt;
      tell({ state: 'connecting' });
      linkDevice(kind, listener, (state) => {
        if (mine === attempt) tell({ state });
      }).then(
        (made) => {
          if (mine !== attempt) {
            made.close();
            return;
          }
          link = made;
          tell({ name: made.name, battery: made.battery });
        },
        (failure: unknown) => {
          if (mine === attempt) tell({ ...atFirst(), ...(!isNoChoice(failure) && { state: 'failed', failure }) });
        },
      );
    },
    close,
  };
}
