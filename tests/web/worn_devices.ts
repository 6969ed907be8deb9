// SPDX-License-Identifier: Apache-2.0
// Simulated sensors on a simulated body, for the page: two inertial ones on the left leg, one on a muscle, one under
// each foot, behind `navigator.bluetooth`, by docs/reference/live-sensors.md.

/**
 * In the page. `simulated_body.leg` says what the leg does: it hangs, swings as a whole, or bends the knee, once in
 * four seconds; `tension` how firm the muscle is, 1 as in the reference. `feet`: they are in the `air`, or 76.5 kg
 * stand on them, shift to the left foot and back, or walk with steps of `peak_kg` on the left one; `lean` is the share
 * of the weight that leans elsewhere. A sensor whose place is `muted` sends nothing;
 * `lose()` breaks all connections once.
 */
export function simulate_worn_sensors() {
  const SERVICE = '571f0001-e319-40e6-807e-4d3456bebe5d';
  const DESCRIPTION = '571f0002-e319-40e6-807e-4d3456bebe5d';
  const body = {
    leg: 'hangs',
    tension: 0,
    muted: '',
    next: 'left_thigh',
    feet: 'air',
    peak_kg: 10,
    lean: 0,
    lose: () => {},
  };

  let state = 1;
  const dice = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const noise = () => Math.sqrt(-2 * Math.log(dice() + 1e-12)) * Math.cos(2 * Math.PI * dice());

  // Angles about the axis to the right, radians; each follows its wanted value smoothly.
  const [thigh, shank] = [
    { angle: 0, velocity: 0, acceleration: 0 },
    { angle: 0, velocity: 0, acceleration: 0 },
  ];
  const follow = (joint: typeof thigh, wanted: number, dt: number) => {
    joint.acceleration = 64 * (wanted - joint.angle) - 16 * joint.velocity;
    joint.velocity += joint.acceleration * dt;
    joint.angle += joint.velocity * dt;
  };
  let leg_s = 0;
  let did = '';
  const move_leg = (dt: number) => {
    if (did !== body.leg) leg_s = 0;
    did = body.leg;
    leg_s += dt;
    const swing = body.leg === 'swings' ? 0.5 * Math.sin(Math.PI * leg_s) : 0;
    const bent = body.leg === 'bends' ? (1 - Math.cos((Math.PI * leg_s) / 2)) / 2 : 0;
    follow(thigh, swing, dt);
    follow(shank, swing - (bent * Math.PI) / 2, dt);
  };
  /** Acceleration and angular velocity in the segment's axes: forward, up along it, to the right. */
  const felt = (place: string): [number[], number[]] => {
    const [upper, lower] = [0.42, 0.2];
    const of = place === 'left_thigh' ? thigh : shank;
    const r = place === 'left_thigh' ? 0.25 : lower;
    const knee = thigh.angle - shank.angle;
    const [x, y] = place === 'left_thigh' ? [0, 0] : [thigh.acceleration * upper, thigh.velocity ** 2 * upper];
    const [turned_x, turned_y] = [x * Math.cos(knee) - y * Math.sin(knee), x * Math.sin(knee) + y * Math.cos(knee)];
    return [
      [
        9.81 * Math.sin(of.angle) + of.acceleration * r + turned_x,
        9.81 * Math.cos(of.angle) + of.velocity ** 2 * r + turned_y,
        0,
      ],
      [0, 0, of.velocity],
    ];
  };
  // Each is put on in its own way round.
  const mounted: Record<string, (v: number[]) => number[]> = {
    left_thigh: ([x = 0, y = 0, z = 0]) => [y, z, x],
    left_shank: ([x = 0, y = 0, z = 0]) => [x, z, -y],
  };
  const SCALE = 0.002;
  const inertial = (place: string): number[] => {
    const [acceleration, velocity] = felt(place);
    const turn = mounted[place] ?? ((v) => v);
    return [
      ...turn(acceleration).map((one) => one + 0.05 * noise()),
      ...turn(velocity).map((one) => one + 0.01 + 0.005 * noise()),
    ].map((one) => Math.round(one / SCALE));
  };

  let feet_s = 0;
  const force_n = (place: string) => {
    if (body.feet === 'air') return 0;
    const step = (feet_s % 1.2) / 0.6;
    const left =
      body.feet === 'shifts'
        ? 30 + 40 * (1 - Math.cos((Math.PI * feet_s) / 2))
        : body.feet === 'walks' && step < 1
          ? 9.80665 * body.peak_kg * Math.sin(Math.PI * step)
          : 0;
    return place === 'left_foot' ? left : 76.5 * 9.80665 * (1 - body.lean) - left;
  };

  const description = (place: string) =>
    place.endsWith('_foot')
      ? { rate_hz: 100, channels: [{ as: `${place}.force`, unit: 'N', scale: 0.1 }] }
      : place === 'muscle'
        ? { rate_hz: 1000, channels: [{ as: 'left_thigh.emg', unit: 'uV', scale: 0.1 }] }
        : {
            rate_hz: 100,
            channels: ['acceleration', 'angular_velocity'].flatMap((what) =>
              ['x', 'y', 'z'].map((axis) => ({
                as: `${place}.${what}_${axis}`,
                unit: what === 'acceleration' ? 'm/s2' : 'rad/s',
                scale: SCALE,
              })),
            ),
          };

  const made: { send: (samples: number[][]) => void; place: string; lose: () => void }[] = [];
  const make = (place: string) => {
    let connected = false;
    let count = 0;
    const characteristic = (read: () => Uint8Array) => {
      const one = Object.assign(new EventTarget(), {
        value: undefined as DataView | undefined,
        startNotifications: async () => one,
        readValue: async () => new DataView(read().slice().buffer),
      });
      return one;
    };
    const samples = characteristic(() => new Uint8Array());
    const about = characteristic(() => new TextEncoder().encode(JSON.stringify(description(place))));
    const battery = characteristic(() => new Uint8Array([87]));
    const server = {
      async connect() {
        connected = true;
        return server;
      },
      disconnect() {
        connected = false;
      },
      getPrimaryService: async (uuid: string | number) => ({
        getCharacteristic: async (wanted: string | number) =>
          uuid !== SERVICE ? battery : wanted === DESCRIPTION ? about : samples,
      }),
    };
    const device = Object.assign(new EventTarget(), { name: `Sensor ${place} (simulated)`, gatt: server });
    made.push({
      place,
      lose() {
        connected = false;
        device.dispatchEvent(new Event('gattserverdisconnected'));
      },
      send(all) {
        const bytes = new DataView(new ArrayBuffer(4 + 2 * all.flat().length));
        bytes.setUint32(0, count, true);
        all.flat().forEach((value, i) => {
          bytes.setInt16(4 + 2 * i, value, true);
        });
        count += all.length;
        if (!connected || body.muted === place) return;
        samples.value = bytes;
        samples.dispatchEvent(new Event('characteristicvaluechanged'));
      },
    });
    return device;
  };
  body.lose = () => {
    for (const one of made) one.lose();
  };

  let until_s = performance.now() / 1000;
  setInterval(() => {
    for (; until_s < performance.now() / 1000; until_s += 0.05) {
      const packets = made.map(() => [] as number[][]);
      for (let i = 0; i < 5; ++i) {
        for (let step = 0; step < 10; ++step) move_leg(0.001);
        feet_s += 0.01;
        made.forEach(({ place }, at) => {
          if (place.endsWith('_foot')) packets[at]?.push([Math.round((8 + force_n(place) + noise()) * 10)]);
          else if (place !== 'muscle') packets[at]?.push(inertial(place));
          else for (let k = 0; k < 10; ++k) packets[at]?.push([Math.round((20 + 1000 * body.tension) * noise())]);
        });
      }
      made.forEach(({ send }, at) => {
        send(packets[at] ?? []);
      });
    }
  }, 50);
  Object.defineProperty(navigator, 'bluetooth', {
    value: { requestDevice: async () => make(body.next) },
    configurable: true,
  });
  window.simulated_body = body;
}
