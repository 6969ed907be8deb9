// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from 'react';
import { hasBluetooth, isNoChoice, linkDevice, type DeviceKind, type DeviceLink, type Notified } from './devices.ts';

/** `none`: this browser has no Bluetooth; `failed`: the device could not be connected. */
export type DeviceState = 'none' | 'idle' | 'connecting' | 'connected' | 'lost' | 'failed';

export interface LinkedDevice {
  state: DeviceState;
  name: string | undefined;
  battery: number | undefined;
  /** From a touch. */
  connect: () => void;
}

/** One device that the patient can connect; it is let go when the page is left. `onValue` may change. */
export function useDevice(kind: DeviceKind, onValue: (value: Notified) => void): LinkedDevice {
  const [state, setState] = useState<DeviceState>(hasBluetooth() ? 'idle' : 'none');
  const [known, setKnown] = useState<Pick<DeviceLink, 'name' | 'battery'>>({ name: undefined, battery: undefined });
  const link = useRef<DeviceLink | undefined>(undefined);
  const gone = useRef(false);
  const take = useRef(onValue);
  useEffect(() => {
    take.current = onValue;
  }, [onValue]);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      link.current?.close();
    };
  }, []);
  const connect = useCallback(() => {
    link.current?.close();
    link.current = undefined;
    setState('connecting');
    linkDevice(
      kind,
      (value) => take.current(value),
      (now) => !gone.current && setState(now),
    ).then(
      (made) => {
        link.current = made;
        if (gone.current) made.close();
        else setKnown(made);
      },
      (error: unknown) => {
        if (!gone.current) setState(isNoChoice(error) ? 'idle' : 'failed');
      },
    );
  }, [kind]);
  return { state, ...known, connect };
}
