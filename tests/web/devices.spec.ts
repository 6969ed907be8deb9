// SPDX-License-Identifier: Apache-2.0
// An endurance session without a strap: what an oximeter and a cuff say of their values, the heart rate from a watch's
// file, and all of them as devices in the chart. Devices and file are simulated, and the result says so.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer_questions, requested_values, send_result } from './chart_patient.mjs';
import { fields_of, fill_dose, open_phone, pass_until, rate } from './endurance_pages.ts';
import { expect, test } from './journey.ts';
import { look } from './look.ts';

const OXIMETER = 0x1822;
const CUFF = 0x1810;

/** In the page: simulated devices behind `navigator.bluetooth`; `simulated_devices.send` lets one notify a value. */
function simulate_devices(names: Record<number, string>) {
  const sources = new Map<number, EventTarget & { value?: DataView }>();
  const source_of = (service: number) => {
    const there = sources.get(service);
    if (there) return there;
    const bytes = service === 0x180f ? [12] : [];
    const made = Object.assign(new EventTarget(), {
      value: undefined as DataView | undefined,
      startNotifications: async () => made,
      readValue: async () => new DataView(new Uint8Array(bytes).buffer),
    });
    sources.set(service, made);
    return made;
  };
  const device_of = (own: number) => {
    const server = {
      connect: async () => server,
      disconnect() {},
      getPrimaryService: async (service: number) => ({ getCharacteristic: async () => source_of(service) }),
    };
    return Object.assign(new EventTarget(), { name: names[own], gatt: server });
  };
  const requestDevice = async ({ filters }: { filters: { services: number[] }[] }) => device_of(filters[0].services[0]);
  Object.defineProperty(navigator, 'bluetooth', { value: { requestDevice }, configurable: true });
  window.simulated_devices = {
    send(service: number, bytes: number[]) {
      const from = source_of(service);
      from.value = new DataView(new Uint8Array(bytes).buffer);
      from.dispatchEvent(new Event('characteristicvaluechanged'));
    },
  };
}

/** Garmin's XML with a heart rate each second. */
const tcx = (from_ms: number, seconds: number) => {
  const points = Array.from({ length: seconds }, (_, i) => {
    const time = new Date(from_ms + 1000 * i).toISOString();
    return `<Trackpoint><Time>${time}</Time><HeartRateBpm><Value>${100 + (i % 5)}</Value></HeartRateBpm></Trackpoint>`;
  });
  return `<?xml version="1.0"?><TrainingCenterDatabase><Track>${points.join('\n')}</Track></TrainingCenterDatabase>`;
};

test('without a strap: oximeter, cuff and a watch’s file, and the devices in the chart', async ({
  open_demo,
  scratch,
}) => {
  const { demo, window, clinic, patient, seen } = await open_phone(open_demo, 'devices');
  const { page, t, button, heading, shows } = window;
  const send = (service: number, bytes: number[]) =>
    page.evaluate(([to, value]) => window.simulated_devices.send(to, value), [service, bytes] as const);
  const shows_not = (key: string) => expect(page.getByText(t(key), { exact: true })).toHaveCount(0);

  await test.step('the clinician requests it with limits for oxygen and blood pressure', async () => {
    await clinic.button('orders.endurance.new').click();
    const form = clinic.page.getByRole('dialog');
    const { field, optional } = fields_of(form, t);
    await fill_dose(form, t, 3);
    await field('orders.endurance.response').selectOption({ label: t('orders.endurance.response.normal') });
    await optional('orders.endurance.limit.startOxygen').fill('92');
    await optional('orders.endurance.limit.stopOxygen').fill('88');
    await optional('orders.endurance.limit.startSystolic').fill('160');
    await form.getByRole('radio', { name: t('orders.own.alone'), exact: true }).check();
    await clinic.button('orders.ask').click();
    await clinic.shows('orders.own.due');
  });

  await test.step('what a device doubts is no value, and the patient reads what to do', async () => {
    await page.clock.install();
    await page.addInitScript(simulate_devices, { [OXIMETER]: 'Oximeter 502644834', [CUFF]: 'Cuff A0:9E:1A:12:34:56' });
    await demo.sign_in();
    await page.getByRole('button', { name: `${t('endurance.open')} ${t('endurance.activity.walking')}` }).click();
    await answer_questions(window);
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button('goOn').click();
    await heading('endurance.before');
    await button('endurance.oximeter.connect').click();
    await page.clock.runFor(1000);
    // 85 % with a poor signal: neither shown nor past the limit.
    await send(OXIMETER, [0x08, 85, 0, 64, 0, 0x10, 0, 0]);
    await page.clock.runFor(1000);
    await shows('endurance.notice.poor_signal');
    await expect(page.getByText('85 %')).toHaveCount(0);
    await button('endurance.cuff.connect').click();
    await page.clock.runFor(1000);
    // 190/100 with a loose cuff.
    await send(CUFF, [0x10, 190, 0, 100, 0, 130, 0, 0x02, 0]);
    await shows('endurance.notice.cuff_loose');
    await expect(page.getByLabel(t('endurance.vital.systolic'), { exact: true })).toHaveValue('');
    await seen('doubted');
    await rate(page, t('endurance.rate.rest.borg-6-20'), 6);
    await rate(page, t('endurance.rate.breath'), 0);
    await button('phone.start').click();
    await shows('endurance.before.missing');
    await send(OXIMETER, [0x08, 96, 0, 64, 0, 0, 0, 0]);
    await send(CUFF, [0x10, 128, 0, 82, 0, 97, 0, 0x04, 0]);
    await page.clock.runFor(1000);
    await shows_not('endurance.notice.poor_signal');
    await shows_not('endurance.notice.cuff_loose');
    await shows('endurance.notice.irregular_pulse');
    await expect(page.getByLabel(t('endurance.vital.systolic'), { exact: true })).toHaveValue('128');
    await page.getByLabel(t('endurance.vital.pulse'), { exact: true }).fill('72');
  });

  const start_ms = await page.evaluate(() => Date.now());
  await test.step('a doubted value stops nothing; the others are watched', async () => {
    await button('phone.start').click();
    await page.getByRole('heading', { name: t('endurance.phase.warm_up') }).waitFor();
    for (let i = 0; i < 4; i += 1) {
      await send(OXIMETER, [0x08, 80, 0, 64, 0, 0x10, 0, 0]);
      await page.clock.runFor(2000);
    }
    await shows('endurance.notice.poor_signal');
    await shows('endurance.unwatched.oxygen');
    await seen('unwatched');
    await send(OXIMETER, [0x08, 95, 0, 64, 0, 0, 0, 0]);
    await page.clock.runFor(1000);
    await shows_not('endurance.unwatched.oxygen');
    // A reading of the cuff in between is of no moment that asks for one.
    await send(CUFF, [0x10, 150, 0, 90, 0, 110, 0, 0x04, 0]);
    const dialog = page.getByRole('dialog');
    await pass_until(page, dialog);
    await rate(page, t('endurance.rate.effort.borg-6-20'), 12);
    await rate(page, t('endurance.rate.breath'), 2);
    await dialog.getByRole('button', { name: t('goOn'), exact: true }).click();
    await pass_until(page, page.getByRole('heading', { name: t('endurance.after') }));
    await expect(page.getByLabel(t('endurance.vital.systolic'), { exact: true })).toHaveValue('');
    await shows_not('endurance.notice.irregular_pulse');
    await shows_not('endurance.cuff.given');
    await rate(page, t('endurance.rate.effort.borg-6-20'), 8);
    await rate(page, t('endurance.rate.breath'), 1);
    await button('goOn').click();
    await page.locator('.scale label', { hasText: /^1$/ }).click();
    await button('goOn').click();
    await heading('endurance.result');
  });

  await test.step('a wrong file is named with its remedy, the right one shown and confirmed', async () => {
    const choose = async (name: string, content: string | Buffer) => {
      const path = join(scratch, name);
      writeFileSync(path, content);
      await page.locator('input[type=file]').setInputFiles(path);
    };
    await choose('export.zip', Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(30_000)]));
    await shows('endurance.file.problem.archive');
    await choose('notes.xml', '<notes/>');
    await shows('endurance.file.problem.unsupported');
    await choose('cut.tcx', tcx(start_ms, 60).slice(0, -40));
    await shows('endurance.file.problem.corrupt');
    await choose('empty.tcx', tcx(start_ms, 0));
    await shows('endurance.file.problem.nothing_measured');
    await seen('wrong file');
    await choose('yesterday.tcx', tcx(start_ms - 24 * 3600_000, 300));
    await page.getByText(/This file is from another time/).waitFor();
    await expect(button('endurance.file.use')).toHaveCount(0);
    // It begins before the session, and covers its first four of five minutes.
    await choose('today.tcx', tcx(start_ms - 60_000, 300));
    await page.getByText(/(79|80|81) % of your session is covered/).waitFor();
    await seen('file');
    await button('endurance.file.use').click();
    await shows('endurance.file.used');
    await send_result(window, { clinic, settle: () => page.clock.runFor(3000), kind: 'endurance' });
  });

  await test.step('the clinician sees the devices, and which needs attention', async () => {
    const section = clinic.page.getByRole('region', { name: t('devices.title') }).first();
    await section.waitFor();
    await expect(clinic.page.getByText(/Pulse oximeter, Oximeter: battery at 12 %/)).toBeVisible();
    const row = (kind: string) => section.getByRole('row', { name: new RegExp(t(`devices.kind.${kind}`)) });
    await expect(row('pulse_oximeter')).toContainText(t('devices.notice.poor_signal'));
    await expect(row('blood_pressure_monitor')).toContainText(t('devices.notice.irregular_pulse'));
    await expect(row('imported_file')).toContainText('TCX');
    await expect(section).not.toContainText(/502644834|A0:9E/);
    await look(clinic, 'devices chart', { narrow: 820 });
  });

  await test.step('and they are in the record', async () => {
    const values = await requested_values(demo, patient, 'endurance');
    const of = (code: string) => values.filter((one) => one.code.coding[0].code === code);
    const [pressure] = of('blood_pressure');
    expect(pressure.code.coding[1]).toMatchObject({ system: 'http://loinc.org', code: '85354-9' });
    const parts = pressure.component.map(({ code, valueQuantity }) => [code.coding[1]?.code, valueQuantity?.value]);
    expect(parts.slice(0, 2)).toStrictEqual([
      ['8480-6', 128],
      ['8462-4', 82],
    ]);
    expect(pressure.device.display).toContain('Cuff');
    const [heart] = of('heart_rate').filter(({ component }) => component === undefined);
    expect(heart.method.text).toContain('imported file (TCX)');
    expect(heart.valueQuantity.value).toBeCloseTo(102, 0);
    expect(heart.device.display).toContain('TCX');
    // Neither the doubted 80 and 85 % nor 190 mmHg are anywhere.
    expect(of('oxygen_saturation').map(({ valueQuantity }) => valueQuantity.value)).not.toContain(80);
    const kinds = of('device-status').map(({ contained }) => contained[0].type.coding[0].code);
    expect(kinds.sort()).toStrictEqual(['blood_pressure_monitor', 'imported_file', 'pulse_oximeter']);
    expect(JSON.stringify(values)).not.toMatch(/502644834|A0:9E/i);
  });
  expect([...window.problems, ...clinic.problems]).toStrictEqual([]);
});
