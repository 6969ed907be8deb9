// SPDX-License-Identifier: Apache-2.0
// An endurance session with a heart rate strap, from the clinician's request to the chart; and one that ends at the
// clinic's limit and at a warning sign. The strap is simulated by the page itself, so the result says that it is; the
// beats that it sends were recorded where ../shared/data or REPRISE_DATA is there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer_questions, open_orders, requested_values, send_result } from './chart_patient.mjs';
import { all_is_sent, type open_demo as OpenDemo } from './demo.mjs';
import { expect, pictures, test } from './journey.ts';
import { fields_of, fill_dose, open_phone, pass_until, rate } from './endurance_pages.ts';
import { look } from './look.ts';

const data = process.env.REPRISE_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const recording = join(data, 'signal/hrv/bartels_exercise_rri.hrm');
/** Where the recorded person begins to exercise. */
const RECORDED_FROM_S = 300;

/** Intervals between beats in milliseconds. */
function intervals(): number[] {
  if (!existsSync(recording)) {
    console.log('the strap sends simulated beats');
    return Array.from({ length: 2000 }, (_, i) => 600 + 20 * Math.sin(i / 5));
  }
  const all = readFileSync(recording, 'latin1').split('[HRData]')[1]?.trim().split(/\s+/).map(Number) ?? [];
  let time_s = 0;
  return all.filter((ms) => {
    time_s += ms / 1000;
    return time_s > RECORDED_FROM_S;
  });
}

/**
 * In the page: a simulated strap behind `navigator.bluetooth`, which sends Heart Rate Measurements (0x2A37) about once
 * a second. `simulated_strap.rate`, if set, replaces the beats; `lose()` breaks the connection once.
 */
function simulate_strap(beats: number[]) {
  const strap: { rate?: number; lose?: () => void; contact: boolean } = { contact: true };
  let next = 0;
  let left_ms = 0;
  const characteristic = Object.assign(new EventTarget(), {
    value: undefined as DataView | undefined,
    startNotifications: async () => characteristic,
    readValue: async () => new DataView(new Uint8Array([87]).buffer),
  });
  const service = { getCharacteristic: async () => characteristic };
  let connected = false;
  const server = {
    async connect() {
      connected = true;
      return server;
    },
    disconnect() {
      connected = false;
    },
    getPrimaryService: async () => service,
  };
  const device = Object.assign(new EventTarget(), { name: 'Strap (simulated)', gatt: server });
  strap.lose = () => {
    connected = false;
    device.dispatchEvent(new Event('gattserverdisconnected'));
  };
  setInterval(() => {
    if (!connected) return;
    const sent: number[] = [];
    left_ms += 1000;
    for (;;) {
      const ms = strap.rate ? 60_000 / strap.rate : (beats[next % beats.length] ?? 800);
      if (ms > left_ms) break;
      left_ms -= ms;
      next += 1;
      sent.push(Math.round((ms * 1024) / 1000));
    }
    const last = sent.at(-1) ?? 800;
    const bytes = [strap.contact ? 0x16 : 0x14, Math.round((60 * 1024) / last)];
    for (const one of sent) bytes.push(one & 0xff, one >> 8);
    characteristic.value = new DataView(new Uint8Array(bytes).buffer);
    characteristic.dispatchEvent(new Event('characteristicvaluechanged'));
  }, 1000);
  Object.defineProperty(navigator, 'bluetooth', { value: { requestDevice: async () => device }, configurable: true });
  window.simulated_strap = strap;
}

/** The patient's way to the start of a session, with a strap that sends 100 beats a minute; `effort`: at rest. */
async function begin_with_strap(
  demo: Awaited<ReturnType<typeof OpenDemo>>,
  activity: string,
  scale: string,
  effort: number,
) {
  const { page, t, button, heading } = demo.window;
  await page.clock.install();
  await page.addInitScript(simulate_strap, [600]);
  await demo.sign_in();
  await page.getByRole('button', { name: `${t('endurance.open')} ${t(`endurance.activity.${activity}`)}` }).click();
  await answer_questions(demo.window);
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await button('goOn').click();
  await heading('endurance.before');
  await button('endurance.strap.connect').click();
  await page.clock.runFor(12_000);
  await rate(page, t(`endurance.rate.rest.${scale}`), effort);
  await rate(page, t('endurance.rate.breath'), 0);
  await button('phone.start').click();
}

test('an endurance session: requested, done with a strap, in the chart', async ({ open_demo }) => {
  const { demo, window, clinic, patient, seen } = await open_phone(open_demo, 'endurance');
  const { page, t, button, heading, shows } = window;
  const walking = t('endurance.activity.walking');
  const effort = t('endurance.rate.effort.borg-6-20');
  const breath = t('endurance.rate.breath');

  await test.step('the clinician requests it, with a dose and limits of their own', async () => {
    await clinic.button('orders.endurance.new').click();
    const dialog = clinic.page.getByRole('dialog');
    await dialog.waitFor();
    await clinic.button('orders.ask').click();
    await expect(dialog.getByText(t('field.missing'), { exact: true })).toHaveCount(8);
    const { field, optional } = fields_of(dialog, t);
    await fill_dose(dialog, t, 4);
    // Nothing about the heart is preset, and without it no heart rate can be aimed at.
    await expect(optional('orders.endurance.heartRate.low')).toHaveCount(0);
    await field('orders.endurance.response').selectOption({ label: t('orders.endurance.response.beta-blocker') });
    await expect(optional('orders.endurance.heartRate.low')).toHaveCount(0);
    await field('orders.endurance.response').selectOption({ label: t('orders.endurance.response.normal') });
    await optional('orders.endurance.heartRate.low').fill('70');
    await optional('orders.endurance.heartRate.high').fill('120');
    await optional('orders.endurance.limit.startOxygen').fill('92');
    await optional('orders.endurance.limit.stopHeartRate').fill('110');
    await dialog.getByRole('radio', { name: t('orders.own.alone'), exact: true }).check();
    await clinic.button('orders.ask').click();
    await dialog.getByText(t('orders.endurance.stopBelow')).first().waitFor();
    await optional('orders.endurance.limit.stopHeartRate').fill('150');
    await optional('orders.measure.reason').fill('Along the river (simulated).');
    if (pictures) await look(clinic, 'endurance request', { narrow: 820 });
    await clinic.button('orders.ask').click();
    await clinic.shows('orders.own.due');
    await look(clinic, 'endurance orders', { narrow: 820 });
  });

  await test.step('the patient finds it, and says how it is before', async () => {
    await page.clock.install();
    await page.addInitScript(simulate_strap, intervals());
    await demo.sign_in();
    await page.getByText(t('endurance.title'), { exact: true }).waitFor();
    if (pictures) await seen('today');
    await page.getByRole('button', { name: `${t('endurance.open')} ${walking}` }).click();
    await answer_questions(window);
    await page.getByText('Along the river (simulated).').waitFor();
    await seen('ready');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button('goOn').click();
    await heading('endurance.before');
    await rate(page, t('endurance.rate.rest.borg-6-20'), 6);
    await rate(page, breath, 0);
    await button('phone.start').click();
    // The clinic's limit needs oxygen first.
    await shows('endurance.before.missing');
    await page.getByLabel(t('endurance.vital.oxygen'), { exact: true }).fill('97');
    await button('endurance.strap.connect').click();
    await page.clock.runFor(12_000);
    await page.getByText(/Strap \(simulated\)/).waitFor();
    await seen('before');
  });

  await test.step('it runs through its phases; a lost strap is found again', async () => {
    const phase = (name: string) => page.getByRole('heading', { name: t(`endurance.phase.${name}`) });
    const dialog = page.getByRole('dialog');
    await button('phone.start').click();
    await phase('warm_up').waitFor();
    await page.clock.runFor(20_000);
    if (pictures) await seen('warm-up');
    await page.evaluate(() => window.simulated_strap.lose());
    await pass_until(page, phase('main'));
    await expect(page.locator('.reading .amount').first()).toHaveText(/^\d+$/);
    await pass_until(page, dialog); // asked by itself, half-way
    await rate(page, effort, 15);
    await rate(page, breath, 3);
    await dialog.getByRole('button', { name: t('yes'), exact: true }).click();
    await seen('rating');
    await dialog.getByRole('button', { name: t('goOn'), exact: true }).click();
    await shows('endurance.advice.slower');
    await seen('main');
    await button('live.pause').click();
    await shows('endurance.paused');
    await page.clock.runFor(20_000);
    await button('live.goOn').click();
    await pass_until(page, dialog); // shortly before the end
    await rate(page, effort, 12);
    await rate(page, breath, 2);
    await dialog.getByRole('button', { name: t('goOn'), exact: true }).click();
    await pass_until(page, phase('cool_down'));
    await pass_until(page, page.getByRole('heading', { name: t('endurance.after') }));
  });

  await test.step('afterwards it is rated and sent, and in the chart', async () => {
    await rate(page, effort, 8);
    await rate(page, breath, 1);
    await page.getByLabel(t('endurance.vital.oxygen'), { exact: true }).fill('96');
    if (pictures) await seen('after');
    await button('goOn').click();
    await heading('pain.after', { name: walking });
    await page.locator('.scale label', { hasText: /^1$/ }).click();
    await button('goOn').click();
    await heading('endurance.result');
    await shows('endurance.simulated');
    await seen('result');
    await send_result(window, { clinic, settle: () => page.clock.runFor(3000), kind: 'endurance' });
    await look(clinic, 'endurance chart', { narrow: 820 });
  });

  await test.step('it is in the record', async () => {
    const values = await requested_values(demo, patient, 'endurance');
    const of = (code: string, part?: string) =>
      values.find(
        (one) =>
          one.code.coding[0].code === code &&
          one.component?.find(({ code: of }) => of.coding[0].code === 'part')?.valueString === part,
      );
    expect(of('exercise_time')?.valueQuantity.value).toBeCloseTo(6, 1); // without the pause
    expect(of('heart_rate')?.code.coding[1].code).toBe('8867-4');
    expect(of('heart_rate')?.valueQuantity.value).toBeGreaterThan(60);
    expect(of('effort_borg', 'during')?.valueQuantity.value).toBe(13.5);
    expect(of('breathlessness', 'after')?.valueQuantity.value).toBe(1);
    expect(of('oxygen_saturation', 'before')?.valueQuantity.value).toBe(97);
    expect(of('oxygen_saturation', 'before')?.code.coding[1].code).toBe('2708-6');
    // Typed and rated values have no device; those of the strap name it.
    expect(of('heart_rate')?.device.display).toContain('Strap (simulated)');
    for (const [code, part] of [
      ['oxygen_saturation', 'before'],
      ['effort_borg', 'during'],
      ['breathlessness', 'after'],
    ] as const)
      expect(of(code, part)?.device, code).toBe(undefined);
    const state = of('device-status');
    expect(state?.contained[0].deviceName[0].name).toBe('Strap (simulated)');
    expect(state?.contained[0].identifier).toBe(undefined);
    const share = (name: string) =>
      state?.component.find(({ code: one }) => one.coding[0].code === name)?.valueQuantity.value;
    expect(share('battery')).toBe(87);
    expect(share('usable-share')).toBeGreaterThan(90);
  });
  expect([...window.problems, ...clinic.problems]).toStrictEqual([]);
});

test('an endurance session ends at the clinic’s limit, and the day at a warning sign', async ({ open_demo }) => {
  const demo = await open_demo({ width: 390 });
  const { window, search, origin } = demo;
  const { clinic, patient } = await open_orders(demo);
  const { page, t, button, heading, shows } = window;
  await clinic.button('orders.endurance.new').click();
  const dialog = clinic.page.getByRole('dialog');
  const { field, optional } = fields_of(dialog, t);
  await field('orders.endurance.activity').selectOption({ label: t('endurance.activity.cycling') });
  for (const phase of ['warmUp', 'main', 'coolDown']) await field(`orders.endurance.${phase}`).fill('5');
  await field('orders.endurance.scale').selectOption({ label: t('orders.endurance.scale.cr10') });
  await field('orders.endurance.effort.low').fill('3');
  await field('orders.endurance.effort.high').fill('4');
  await field('orders.endurance.response').selectOption({ label: t('orders.endurance.response.beta-blocker') });
  await optional('orders.endurance.limit.stopHeartRate').fill('130');
  await dialog.getByRole('radio', { name: t('orders.own.alone'), exact: true }).check();
  await clinic.button('orders.ask').click();
  await clinic.shows('orders.own.due');

  await begin_with_strap(demo, 'cycling', 'cr10', 0);
  await page.getByRole('heading', { name: t('endurance.phase.warm_up') }).waitFor();
  await page.clock.runFor(20_000);
  // One wild value stops no session; a rate that stays past the limit does.
  await page.evaluate(() => {
    window.simulated_strap.rate = 190;
  });
  await page.clock.runFor(2000);
  await page.getByRole('heading', { name: t('endurance.phase.warm_up') }).waitFor();
  await page.evaluate(() => {
    window.simulated_strap.rate = 140;
  });
  await page.clock.runFor(12_000);
  await heading('endurance.stopNow');
  await shows('endurance.sign.heart-rate');
  await look(window, 'endurance stop');
  await button('goOn').click();
  await heading('unwell.atLimit');
  await button('no').click(); // chest or breath
  await look(window, 'endurance unwell');
  await button('yes').click(); // dizziness or palpitations
  await heading('halted.redFlag');
  await page.clock.runFor(3000);
  await all_is_sent(page);
  const flags = await search(`Flag?subject=Patient/${patient}&_count=50`);
  const codes = flags.flatMap(({ code }) => code.coding.map(({ code: one }) => one));
  expect(codes).toContain('limit-passed-heart-rate');
  expect(codes).toContain('red-flag');
  // The session is sent as far as it went.
  const kept = await requested_values(demo, patient, 'endurance');
  expect(kept.some(({ code }) => code.coding[0].code === 'exercise_time')).toBe(true);
  expect(kept.some(({ code }) => code.coding[0].code === 'heart_rate_most')).toBe(true);
  await page.goto(`${origin}/today`);
  await page.getByText(t('held.title'), { exact: true }).first().waitFor();
  await clinic.page.goto(`${origin}/worklist`);
  await clinic.page.getByText(t('work.reason.limit-passed-heart-rate')).first().waitFor();
  await look(clinic, 'endurance worklist', { narrow: 820 });
  expect([...window.problems, ...clinic.problems]).toStrictEqual([]);
});

test('an endurance session that a reload interrupts is rated and sent as far as it went', async ({ open_demo }) => {
  const { demo, window, clinic, patient, seen } = await open_phone(open_demo, 'endurance');
  const { page, t, button, heading, shows } = window;
  await clinic.button('orders.endurance.new').click();
  const dialog = clinic.page.getByRole('dialog');
  await dialog.waitFor();
  await fill_dose(dialog, t, 10);
  await fields_of(dialog, t)
    .field('orders.endurance.response')
    .selectOption({ label: t('orders.endurance.response.normal') });
  await dialog.getByRole('radio', { name: t('orders.own.alone'), exact: true }).check();
  await clinic.button('orders.ask').click();
  await clinic.shows('orders.own.due');

  await begin_with_strap(demo, 'walking', 'borg-6-20', 6);
  await pass_until(page, page.getByRole('heading', { name: t('endurance.phase.main') }));
  await page.clock.runFor(60_000);
  await page.reload();
  await heading('endurance.after');
  await shows('endurance.interrupted');
  await seen('interrupted');
  await rate(page, t('endurance.rate.effort.borg-6-20'), 11);
  await rate(page, t('endurance.rate.breath'), 1);
  await button('goOn').click();
  await heading('pain.after', { name: t('endurance.activity.walking') });
  await page.locator('.scale label', { hasText: /^0$/ }).click();
  await button('goOn').click();
  await heading('endurance.result');
  await button('phone.send').click();
  await heading('phone.sent');
  await page.clock.runFor(3000);
  await all_is_sent(page);
  const values = await requested_values(demo, patient, 'endurance');
  const of = (code: string) => values.find((one) => one.code.coding[0].code === code);
  // A minute of warm-up, and one of the main part but for the last seconds.
  const done_min = of('exercise_time')?.valueQuantity.value;
  expect(done_min).toBeGreaterThan(1.8);
  expect(done_min).toBeLessThan(2.2);
  expect(of('heart_rate')?.valueQuantity.value).toBeCloseTo(100, 0);
  expect(of('heart_rate')?.device.display).toContain('Strap (simulated)');
  expect(window.problems).toStrictEqual([]);
});
