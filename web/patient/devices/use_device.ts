// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createDevice, type Device, type DeviceNow } from './device.ts';
import type { DeviceKind, Notified } from './link.ts';

export interface LinkedDevice extends DeviceNow {
  /** From a touch. */
  connect: () => void;
}

/** How a device stands, with what connects it. */
export function useDeviceNow(device: Device): LinkedDevice {
  return { ...useSyncExternalStore(device.onChange, device.now), connect: device.connect };
}

/** Whether all of them are connected. */
export function useAllConnected(devices: readonly { device: Device }[]): boolean {
  const [states, setStates] = useState(() => devices.map(({ device }) => device.now().state));
  useEffect(() => {
    const look = () => setStates(devices.map(({ device }) => device.now().state));
    look();
    const ends = devices.map(({ device }) => device.onChange(look));
    return () => {
      for (const end of ends) end();
    };
  }, [devices]);
  return states.every((state) => state === 'connected');
}

/** One device that the patient can connect; it is let go when the page is left. `onValue` may change. */
export function useDevice(kind: DeviceKind, onValue: (value: Notified) => void): LinkedDevice {
  const [{ device, listener }] = useState(() => {
    const to = { onValue };
    return { listener: to, device: createDevice(kind, { onValue: (value) => to.onValue(value) }) };
  });
  useEffect(() => {
    listener.onValue = onValue;
  }, [listener, onValue]);
  useEffect(() => device.close, [device]);
  return useDeviceNow(device);
}
