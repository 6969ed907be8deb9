// SPDX-License-Identifier: Apache-2.0
// A test with the phone, from the clinician's request to the value in the chart, and an interruption that voids it. The
// motion is simulated by the page itself: its events are no device's, and the result says so.

import type { Page } from '@playwright/test';
import { answer_questions, open_orders, requested_values, send_result } from './chart_patient.mjs';
import { expect, pictures, test } from './journey.ts';
import { look } from './look.ts';

const REPETITIONS = 5;
const PERIOD_S = 2.2;
const HOLD_MS = 2200;

/**
 * In the page: a simulated phone at the lower back (x to the right, y up, z backward), about 50 samples a second at
 * irregular times. It sits until `simulated_phone.stand_up()`, which returns when all repetitions are done.
 */
function simulate_phone({ repetitions, period_s }: { repetitions: number; period_s: number }) {
  const HEIGHT_M = 0.4;
  const LEAN = 0.6;
  const RISE_S = 1;
  // The minimum-jerk curve from 0 to 1, and its second derivative.
  const curve = (u: number) => u ** 3 * (10 - 15 * u + 6 * u ** 2);
  const bend = (u: number) => 60 * u - 180 * u ** 2 + 120 * u ** 3;
  let began_s: number | undefined;
  let last = { angle: 0, at_s: 0 };
  /** Vertical acceleration and the trunk's lean, `t` seconds after the first rise began. */
  const movement = (t: number) => {
    if (t < 0 || t >= repetitions * period_s) return { up: 0, angle: 0 };
    const within = t % period_s;
    const sitting = within >= period_s / 2;
    const u = (sitting ? within - period_s / 2 : within) / RISE_S;
    if (u >= 1) return { up: 0, angle: 0 };
    const up = ((sitting ? -1 : 1) * HEIGHT_M * bend(u)) / RISE_S ** 2;
    return { up, angle: LEAN * Math.sin(Math.PI * curve(u)) };
  };
  const give = () => {
    const at_s = performance.now() / 1000;
    const { up, angle } = movement(began_s === undefined ? -1 : at_s - began_s);
    const rate = last.at_s === 0 ? 0 : (angle - last.angle) / (at_s - last.at_s);
    last = { angle, at_s };
    const size = 9.81 + up;
    const noise = () => 0.05 * (Math.random() - 0.5);
    const accelerationIncludingGravity = {
      x: noise(),
      y: size * Math.cos(angle) + noise(),
      z: size * Math.sin(angle) + noise(),
    };
    const rotationRate = { alpha: (-rate * 180) / Math.PI + noise(), beta: noise(), gamma: noise() };
    window.dispatchEvent(
      new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity, rotationRate, interval: 20 }),
    );
    setTimeout(give, 12 + 10 * Math.random());
  };
  setTimeout(give, 0);
  window.simulated_phone = {
    stand_up() {
      began_s = performance.now() / 1000 + 0.5;
      return new Promise((resolve) => {
        setTimeout(resolve, (repetitions * period_s + 1.5) * 1000);
      });
    },
  };
}

async function hide(page: Page, hidden: boolean) {
  await page.evaluate((yes) => {
    Object.defineProperty(document, 'visibilityState', { value: yes ? 'hidden' : 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('a test with the phone: requested, interrupted, done, in the chart', async ({ open_demo }) => {
  const demo = await open_demo({ width: 390 });
  const { window, search } = demo;
  const { page, t, button, heading, shows } = window;
  const { clinic, patient } = await open_orders(demo);
  const name = t('phone.test.sit_to_stand_5');
  const title = t('orders.phone.test.sit_to_stand_5');
  const seen = (what: string) => look(window, `phone test ${what}`);
  const choose = (number: number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();

  await test.step('the clinician requests it, withdraws it and takes that back', async () => {
    await clinic.button('orders.phone.new').click();
    const dialog = clinic.page.getByRole('dialog');
    await dialog.waitFor();
    await clinic.button('orders.ask').click();
    await expect(dialog.getByText(t('field.missing'))).toHaveCount(2);
    await dialog.getByLabel(t('orders.phone.which'), { exact: true }).selectOption({ label: title });
    await expect(dialog.getByLabel(t('orders.phone.course'), { exact: true })).toHaveCount(0);
    await dialog.getByRole('radio', { name: t('orders.own.helper'), exact: true }).check();
    await dialog
      .getByLabel(t('field.optional', { label: t('orders.measure.reason') }))
      .fill('The blue chair (simulated).');
    if (pictures) await look(clinic, 'phone test request', { narrow: 820 });
    await clinic.button('orders.ask').click();
    await clinic.shows('orders.own.due');
    await clinic.page.getByRole('button', { name: t('orders.withdraw.of', { title }), exact: true }).click();
    await clinic.shows('orders.own.withdrawn');
    await clinic.button('chart.undo').click();
    await clinic.shows('orders.own.due');
    await look(clinic, 'phone test orders', { narrow: 820 });
    const requests = await search(`ServiceRequest?subject=Patient/${patient}&_count=100`);
    const [request] = requests.filter(({ category }) => category?.[0].coding[0].code === 'phone-test');
    expect(request.status).toBe('active');
    expect(request.code.coding[0]).toStrictEqual({ system: 'urn:reprise:phone-test', code: 'sit_to_stand_5' });
  });

  await test.step('the patient finds it, and what must be ready', async () => {
    await page.addInitScript(simulate_phone, { repetitions: REPETITIONS, period_s: PERIOD_S });
    await demo.sign_in();
    await page.getByText(t('phone.title'), { exact: true }).waitFor();
    if (pictures) await seen('today');
    await page.getByRole('button', { name: `${t('phone.open')} ${name}` }).click();
    await answer_questions(window);
    await page.getByText('The blue chair (simulated).').waitFor();
    await button('goOn').click();
    await page.getByText(t('introduce.confirm')).first().waitFor();
    await seen('ready');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('checkbox', { name: t('introduce.helper'), checked: true }).waitFor();
    await button('goOn').click();
    await heading('phone.check');
    await button('phone.start').waitFor();
    await seen('check');
  });

  await test.step('a hidden page voids it, with the reason', async () => {
    await button('phone.start').click();
    await shows('phone.countdown');
    if (pictures) await seen('countdown');
    // With text of double size, too, the button that ends it is in view.
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await expect(page.locator('.hold-button')).toBeInViewport({ ratio: 1 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '';
    });
    await shows('phone.go.sit_to_stand_5');
    await hide(page, true);
    await heading('phone.voided');
    await shows('phone.voided.hidden');
    await hide(page, false);
    if (pictures) await seen('voided');
    expect(await search(`Observation?subject=Patient/${patient}&_count=100`)).not.toContainEqual(
      expect.objectContaining({ basedOn: expect.anything() }),
    );
  });

  await test.step('it is done to its end, and in the chart', async () => {
    await button('phone.repeat').click();
    await button('phone.start').click();
    await shows('phone.go.sit_to_stand_5');
    await page.evaluate(() => window.simulated_phone.stand_up());
    const hold = page.getByRole('button', { name: t('phone.hold.end'), exact: true });
    await hold.click(); // a short touch ends nothing
    await shows('phone.go.sit_to_stand_5');
    await hold.hover();
    await page.mouse.down();
    await page.waitForTimeout(HOLD_MS);
    await page.mouse.up();
    await heading('phone.whole');
    if (pictures) await seen('whole');
    await button('phone.whole.yes').click();
    await heading('pain.after', { name });
    await choose(1);
    await button('goOn').click();
    await heading('phone.result');
    await shows('phone.simulated');
    await seen('result');
    await send_result(window, { clinic, kind: 'sit_to_stand' });
  });

  await test.step('it is in the record', async () => {
    const values = await requested_values(demo, patient, 'sit_to_stand');
    const [time] = values.filter(({ code }) => code.coding[0].code === 'test_time');
    expect(time.valueQuantity.value).toBeGreaterThan((REPETITIONS - 1) * PERIOD_S);
    expect(time.valueQuantity.value).toBeLessThan((REPETITIONS + 1) * PERIOD_S);
  });
  expect([...window.problems, ...clinic.problems]).toStrictEqual([]);
});
