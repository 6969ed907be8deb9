// SPDX-License-Identifier: Apache-2.0
// Walking with load sensors, from the clinician's limit to the chart, through the pages of a real server. Insoles and
// the person on them are simulated, and the record says so.

import { answer_questions, demo_patient, send_programme, sign_in_clinician } from './chart_patient.mjs';
import { all_is_sent } from './demo.mjs';
import { open_window } from './browser.mjs';
import { expect, test, until } from './journey.ts';
import { look } from './look.ts';
import { simulate_worn_sensors } from './worn_devices.ts';

const quantity = (value: number, unit: string) => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code: unit,
});

/** In the page: counts the tones that it plays, by their form. */
function count_tones() {
  window.tones = {};
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function play(...when: [number?]) {
    window.tones[this.type] = (window.tones[this.type] ?? 0) + 1;
    return start.apply(this, when);
  };
}

test('a walk with load sensors: limited, walked, in the chart', async ({ open_demo }) => {
  const demo = await open_demo({ width: 390 });
  const { window, search, origin } = demo;
  const { page, t, button, heading, shows } = window;
  const { patient } = await demo_patient(demo);
  const clinic = await open_window(demo.browser, origin, { width: 1280 });
  await clinic.page.goto(`${origin}/`);
  await sign_in_clinician(demo, clinic);

  await test.step('the clinician limits the load; nothing of it is preset', async () => {
    await clinic.page.goto(`${origin}/programme?patient=${patient}`);
    const field = (key: string) => clinic.page.getByLabel(t(key), { exact: true });
    await field('plan.field.bearing').selectOption({ label: t('plan.bearing.partial') });
    // Exercises that need more weight go.
    const heavy = clinic.page.locator('.plan-item', { hasText: 'weight' }).getByRole('button', { name: /^Remove/ });
    await heavy.first().waitFor();
    while ((await heavy.count()) > 0) await heavy.first().click();
    await field('plan.load.limit').fill('20');
    await expect(clinic.page.getByText(t('field.missing'), { exact: true })).toHaveCount(1);
    await expect(clinic.page.getByText('load-limit').first()).toBeVisible();
    await field('plan.load.mass').fill('76.5');
    await field('plan.load.mass').blur();
    // The leg is not said yet.
    await expect(clinic.page.getByText('load-limit').first()).toBeVisible();
    await field('plan.field.affected').selectOption({ label: t('plan.side.left') });
    await expect(clinic.page.getByText('load-limit')).toHaveCount(0);
    await look(clinic, 'load prescription', { narrow: 820 });
    await send_programme(clinic);
    const [plan] = await search(`CarePlan?subject=Patient/${patient}&status=active`);
    expect(plan.extension.find(({ url }) => url === 'urn:reprise:load-limit').extension).toStrictEqual([
      { url: 'limit', valueQuantity: quantity(20, 'kg') },
      { url: 'body-mass', valueQuantity: quantity(76.5, 'kg') },
      { url: 'helper', valueBoolean: true },
    ]);
  });

  const body = (change: object) => page.evaluate((to) => Object.assign(window.simulated_body, to), change);
  const connect = async (place: string) => {
    await body({ next: place });
    await button('worn.connect', { place: t(`worn.place.${place}`) }).click();
  };
  const tones = () => page.evaluate(() => window.tones.square ?? 0);
  const confirm_all = async () => {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
  };
  const counted = async () =>
    Number.parseInt((await page.locator('.load-live .readings p').first().textContent()) ?? '', 10);

  await test.step('sensors that do not fit the weight measure nothing', async () => {
    await page.addInitScript(simulate_worn_sensors);
    await page.addInitScript(count_tones);
    await demo.sign_in();
    await page
      .getByText(t('today.loadLimit', { kg: 20 }))
      .first()
      .waitFor();
    await look(window, 'load today');
    await page.getByRole('button', { name: new RegExp(`^${t('load.open')}`) }).click();
    await answer_questions(window);
    await confirm_all();
    await look(window, 'load prepare');
    await button('goOn').click();
    await heading('load.setUp');
    await body({ next: 'right_foot' });
    await button('worn.connect', { place: t('worn.place.left_foot') }).click();
    await shows('worn.unfit');
    await connect('left_foot');
    await connect('right_foot');
    await heading('load.check');
    await look(window, 'load connected');
    // The check begins only after the sound was heard.
    await expect(button('load.check.begin')).toBeDisabled();
    await button('load.sound.play').click();
    expect(await tones()).toBeGreaterThanOrEqual(1);
    await button('load.check.begin').click();
    await expect(page.getByText(t('introduce.confirm'), { exact: true })).toHaveCount(4);
    await confirm_all();
    await button('load.check.begin').click();
    await shows('load.step.stand.left');
    await body({ feet: 'shifts', lean: 0.25 });
    await shows('load.trouble.too_light');
    await look(window, 'load does not fit');
    await expect(button('load.start')).toHaveCount(0);
    await body({ lean: 0 });
    await shows('load.step.tracking');
    await look(window, 'load ready');
  });

  await test.step('a sound comes above the limit only, and steps are counted', async () => {
    const before = await tones();
    await body({ feet: 'walks', peak_kg: 10 });
    await button('load.start').click();
    await until(async () => (await counted()) >= 3, 'three steps are counted');
    expect(await tones()).toBe(before);
    await look(window, 'load below');
    await body({ peak_kg: 32 });
    await page.locator('.load-bar[data-level="3"]').waitFor();
    await look(window, 'load above');
    await until(async () => (await tones()) >= before + 3, 'the sound comes');
    await body({ peak_kg: 10 });
  });

  await test.step('a lost sensor pauses by its name, and a lost connection wants the check anew', async () => {
    await body({ muted: 'left_foot' });
    const silent = t('load.problem.silent', { place: t('worn.place.left_foot') });
    await page.getByText(silent).waitFor();
    await expect(page.getByText(t('load.paused'), { exact: true })).toHaveCount(0);
    const low = () => page.evaluate(() => window.tones.sine ?? 0);
    const heard = await low();
    await until(async () => (await low()) > heard, 'the low sound comes again');
    await heading('load.leg.left');
    await look(window, 'load silent'); // in each language it sounds anew
    await page.getByRole('heading', { level: 1 }).click();
    const before = await counted();
    await body({ muted: '' });
    await shows('load.over');
    const quiet = await low();
    await page.waitForTimeout(2500);
    // The reason stays, and the touch has ended the sound.
    await expect(page.getByText(silent)).toHaveCount(1);
    expect(await low()).toBe(quiet);
    expect(await counted()).toBe(before);
    await button('live.goOn').click();
    await until(async () => (await counted()) > before, 'it counts again');
    const hide = (state: 'hidden' | 'visible') =>
      page.evaluate((to) => {
        Object.defineProperty(document, 'visibilityState', { value: to, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await hide('hidden');
    await shows('load.problem.hidden');
    await hide('visible');
    await button('live.goOn').click();
    await button('live.pause').waitFor();
    await body({ feet: 'air' });
    await page.evaluate(() => window.simulated_body.lose());
    await shows('load.problem.lost');
    await expect(button('live.goOn')).toHaveCount(0);
    await button('load.anew').click();
    await heading('load.check');
    await confirm_all();
    await button('load.check.begin').click();
    await shows('load.step.stand.left');
    await body({ feet: 'shifts' });
    await shows('load.step.tracking');
    await body({ feet: 'walks' });
    const kept = await page.evaluate(() => window.tones.square);
    await button('load.start').click();
    await until(async () => (await counted()) > before + 2, 'the steps before are kept');
    expect(await tones()).toBe(kept);
  });

  await test.step('the walk goes to the chart', async () => {
    const steps_above = await page.locator('.load-live .readings p').nth(1).textContent();
    await button('load.finish').click();
    await heading('pain.after', { name: t('load.walking') });
    await page.locator('.scale label', { hasText: /^1$/ }).click();
    await button('goOn').click();
    await heading('load.result');
    await page
      .getByText(steps_above ?? '', { exact: true })
      .first()
      .waitFor();
    await look(window, 'load result');
    await page.getByRole('checkbox', { name: t('phone.share'), exact: true }).check();
    await button('phone.send').click();
    await heading('phone.sent');
    await all_is_sent(page);
    const all = await search(`Observation?subject=Patient/${patient}&_count=100`);
    const value = (code: string) => all.find(({ code: { coding } }) => coding.some(({ code: one }) => one === code));
    expect(value('steps').meta.tag.some(({ code }) => code === 'simulated')).toBe(true);
    expect(value('steps').valueQuantity.value).toBeGreaterThan(5);
    expect(value('contacts_above_limit').valueQuantity.value).toBeGreaterThanOrEqual(1);
    expect(value('largest_load').valueQuantity.value).toBeCloseTo((100 * 32) / 76.5, 0);
    expect(value('weight_limit').valueQuantity.value).toBeCloseTo((100 * 20) / 76.5, 1);
    await clinic.page.goto(`${origin}/patient?id=${patient}`);
    await clinic.page
      .getByText(t('plan.load.is.helper', { limit: '20 kg', mass: 76.5 }))
      .first()
      .waitFor();
    await clinic.page.getByText(t('sensed.measure.contacts_above_limit')).first().waitFor();
    await look(clinic, 'load chart', { narrow: 820 });
  });
  expect([...window.problems, ...clinic.problems]).toStrictEqual([]);
});
