// SPDX-License-Identifier: Apache-2.0
// Devices over Bluetooth, as the browser gives them (Web Bluetooth). The patient chooses each device in a dialog of the
// browser; nothing is searched for in the background.
import { failureOf } from '../../data/api.ts';

export type DeviceKind = 'heart_rate' | 'pulse_oximeter' | 'blood_pressure' | 'worn_sensor';

/** Of an oximeter that measures on and on; the other one sends single values. */
export const CONTINUOUS_OXYGEN = 0x2a5f;

interface Gatt {
  service: number | string;
  /** That notify; the first one that the device has. */
  characteristics: readonly (number | string)[];
  /** That is read once, before the first value. */
  description?: string;
}

/** Services and characteristics by their assigned numbers, or by ours (docs/reference/live-sensors.md). */
const GATT: Record<DeviceKind, Gatt> = {
  heart_rate: { service: 0x180d, characteristics: [0x2a37] },
  // Continuous values, else single ones.
  pulse_oximeter: { service: 0x1822, characteristics: [CONTINUOUS_OXYGEN, 0x2a5e] },
  blood_pressure: { service: 0x1810, characteristics: [0x2a35] },
  worn_sensor: {
    service: '571f0001-e319-40e6-807e-4d3456bebe5d',
    description: '571f0002-e319-40e6-807e-4d3456bebe5d',
    characteristics: ['571f0003-e319-40e6-807e-4d3456bebe5d'],
  },
};
const BATTERY = { service: 0x180f, characteristic: 0x2a19 };

// The part of Web Bluetooth that is used; TypeScript does not have it yet.
interface Characteristic extends EventTarget {
  value?: DataView;
  startNotifications(): Promise<Characteristic>;
  readValue(): Promise<DataView>;
}
interface Service {
  getCharacteristic(uuid: number | string): Promise<Characteristic>;
}
interface Server {
  connect(): Promise<Server>;
  disconnect(): void;
  getPrimaryService(uuid: number | string): Promise<Service>;
}
interface Device extends EventTarget {
  name?: string;
  gatt?: Server;
}
interface Bluetooth {
  requestDevice(options: { filters: { services: (number | string)[] }[]; optionalServices: number[] }): Promise<Device>;
}

const bluetooth = () => (navigator as { bluetooth?: Bluetooth }).bluetooth;
export const hasBluetooth = () => bluetooth() !== undefined;

export interface Notified {
  bytes: Uint8Array;
  /** By the page's clock, performance.now(). */
  time_s: number;
  /** A program made the event, not a device. */
  simulated: boolean;
  /** The number of its characteristic. */
  characteristic: number | string;
}

export type LinkState = 'connected' | 'lost';

export interface DeviceLink {
  name: string | undefined;
  /** Percent; undefined: the device does not tell. */
  battery: number | undefined;
  close: () => void;
}

/** Waits between attempts to find a device again. Unsourced defaults. */
const AGAIN_MS = [500, 1000, 2000, 5000] as const;

async function batteryOf(server: Server): Promise<number | undefined> {
  try {
    const service = await server.getPrimaryService(BATTERY.service);
    return (await (await service.getCharacteristic(BATTERY.characteristic)).readValue()).getUint8(0);
  } catch {
    return undefined;
  }
}

async function characteristicOf(service: Service, kind: DeviceKind): Promise<[Characteristic, number | string]> {
  let failure: unknown;
  for (const uuid of GATT[kind].characteristics) {
    try {
      return [await service.getCharacteristic(uuid), uuid];
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const bytesOf = (value: DataView) =>
  new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));

export interface DeviceListener {
  onValue: (value: Notified) => void;
  /** Of kinds that describe themselves: at each connection, before values come. What it throws ends the connection. */
  onDescription?: ((bytes: Uint8Array) => void) | undefined;
}

/** Whether the patient closed the browser's dialog without a choice. */
export const isNoChoice = (error: unknown) => error instanceof DOMException && error.name === 'NotFoundError';

/**
 * Called from a touch: lets the patient choose a device, and connects to it, again and again where it is lost. Throws
 * where no device was chosen or it cannot be connected.
 */
export async function linkDevice(
  kind: DeviceKind,
  { onValue, onDescription }: DeviceListener,
  onState: (state: LinkState) => void,
): Promise<DeviceLink> {
  const device = await bluetooth()?.requestDevice({
    filters: [{ services: [GATT[kind].service] }],
    optionalServices: [BATTERY.service],
  });
  const gatt = device?.gatt;
  if (!device || !gatt) throw failureOf(new Error('no Bluetooth'));
  let over = false;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A characteristic that is found again may be the same object.
  let listened: AbortController | undefined;
  const take = (event: Event, uuid: number | string) => {
    const { value } = event.target as Characteristic;
    if (over || !value) return;
    onValue({
      bytes: bytesOf(value),
      time_s: performance.now() / 1000,
      simulated: !event.isTrusted,
      characteristic: uuid,
    });
  };
  const connect = async () => {
    const server = await gatt.connect();
    const service = await server.getPrimaryService(GATT[kind].service);
    const { description } = GATT[kind];
    if (description) onDescription?.(bytesOf(await (await service.getCharacteristic(description)).readValue()));
    const [characteristic, uuid] = await characteristicOf(service, kind);
    listened?.abort();
    listened = new AbortController();
    const { signal } = listened;
    characteristic.addEventListener('characteristicvaluechanged', (event) => take(event, uuid), { signal });
    await characteristic.startNotifications();
    if (over) {
      gatt.disconnect();
      throw new DOMException('let go meanwhile', 'AbortError');
    }
    attempt = 0;
    onState('connected');
    return server;
  };
  const again = () => {
    clearTimeout(timer);
    if (over) return;
    const wait = AGAIN_MS[Math.min(attempt, AGAIN_MS.length - 1)];
    attempt += 1;
    timer = setTimeout(() => {
      if (!over) connect().catch(again);
    }, wait);
  };
  const lost = () => {
    if (over) return;
    onState('lost');
    again();
  };
  const close = () => {
    over = true;
    clearTimeout(timer);
    device.removeEventListener('gattserverdisconnected', lost);
    gatt.disconnect();
  };
  device.addEventListener('gattserverdisconnected', lost);
  try {
    const server = await connect();
    return { name: device.name, battery: await batteryOf(server), close };
  } catch (error) {
    close();
    throw error;
  }
}
