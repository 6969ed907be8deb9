// SPDX-License-Identifier: Apache-2.0
// An exercise with worn sensors, from prescription to chart, through the pages of a real server: the knee's angle by
// two of them, and a muscle's tension towards a clinician's target, played as a game. All of it is simulated, and says
// so.

import { demo_patient, send_programme, sign_in_clinician } from './chart_patient.mjs';
import { all_is_sent, begin_again, to_exercise } from './demo.mjs';
import { open_window } from './browser.mjs';
import { expect, test, until } from './journey.ts';
import { look } from './look.ts';
import { simulate_worn_sensors } from './worn_devices.ts';

const NAME = 'Knee straightening on a chair';
const STANDING = 'Heel to bottom, standing';

test('sets with worn sensors: prescribed, done, in the chart', async ({ open_demo }) => {
  const demo = await open_demo({ width: 390 });
  const { window, search, origin } = demo;
  const { page, t, button, heading, shows } = window;
  const { patient, requests } = await demo_patient(demo);
  const clinic = await open_window(demo.browser, origin, { width: 1280 });
  await clinic.page.goto(`${origin}/`);
  await sign_in_clinician(demo, clinic);

  await test.step('the clinician sets a target for a muscle; nothing of it is preset', async () => {
    await clinic.page.goto(`${origin}/programme?patient=${patient}`);
    const item = clinic.page.locator('.plan-item', { hasText: NAME });
    await item.getByRole('button', { name: t('plan.edit.of', { name: NAME }), exact: true }).click();
    const group = item.getByRole('group', { name: t('plan.field.muscle') });
    const field = (key: string) => group.getByLabel(t(key), { exact: true });
    await field('plan.field.muscle').selectOption({ label: t('plan.muscle.vastus-medialis') });
    await expect(group.getByText(t('field.missing'), { exact: true })).toHaveCount(3);
    await expect(item.getByText('muscle-target')).toBeVisible();
    await field('plan.muscle.side').selectOption({ label: t('plan.side.left') });
    await field('plan.muscle.share').fill('40');
    await field('plan.muscle.hold').fill('2');
    await field('plan.muscle.hold').blur();
    await expect(group.getByText(t('field.missing'), { exact: true })).toHaveCount(0);
    await expect(item.getByText('muscle-target')).toHaveCount(0);
    await look(clinic, 'sensors prescription', { narrow: 820 });
    await clinic.page.getByRole('searchbox', { name: t('plan.search') }).fill(STANDING);
    await clinic.page.getByRole('button', { name: t('plan.add.of', { name: STANDING }) }).click();
    await clinic.page
      .locator('.plan-item', { hasText: STANDING })
      .getByRole('button', { name: t('plan.side.left'), exact: true })
      .click();
    await send_programme(clinic);
    const { extension } = await demo.read(`ServiceRequest/${requests.seated_knee_extension}`);
    expect(extension.find(({ url }) => url === 'urn:reprise:muscle-target').extension).toStrictEqual([
      { url: 'muscle', valueCode: 'vastus-medialis' },
      { url: 'side', valueCode: 'left' },
      { url: 'share', valueQuantity: { value: 40, unit: '%', system: 'http://unitsofmeasure.org', code: '%' } },
      { url: 'hold', valueQuantity: { value: 2, unit: 's', system: 'http://unitsofmeasure.org', code: 's' } },
    ]);
  });

  const body = (change: object) => page.evaluate((to) => Object.assign(window.simulated_body, to), change);
  const counted = async () =>
    Number(/(\d+)\//.exec((await page.locator('.counter .count').textContent()) ?? '')?.[1] ?? Number.NaN);
  const connect = async (next: string, place: string) => {
    await body({ next });
    await button('worn.connect', { place }).click();
  };
  const finish = async (...next: Parameters<typeof heading>) => {
    await button('live.pause').click();
    await button('live.finishSet').click();
    await heading(...next);
    await all_is_sent(page);
    const [procedure] = await search('Procedure?_sort=-date&_count=1');
    const values = await search(`Observation?part-of=Procedure/${procedure.id}&_count=50`);
    const value = (code: string) => values.find(({ code: { coding } }) => coding.some(({ code: one }) => one === code));
    expect(procedure.meta.tag.some(({ code }) => code === 'simulated')).toBe(true);
    return { procedure, value };
  };
  const confirm = async () => {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
  };

  await test.step('a set by two sensors', async () => {
    await page.addInitScript(simulate_worn_sensors);
    await demo.sign_in();
    await to_exercise(window, STANDING);
    await confirm();
    await look(window, 'sensors introduce');
    await button('worn.with').click();
    await heading('worn.title.sensors');
    // Before the set as in it.
    await button('live.hurts').waitFor();
    // The wrong one is noticed by what it says of itself.
    await connect('left_shank', t('worn.place.left_thigh'));
    await shows('worn.unfit');
    await connect('left_thigh', t('worn.place.left_thigh'));
    await connect('left_shank', t('worn.place.left_shank'));
    await heading('worn.learn');
    await look(window, 'sensors connected');
    await button('worn.begin').click();
    await shows('introduce.confirm');
    await page.getByRole('checkbox', { name: t('worn.steady') }).check();
    await button('worn.begin').click();
    await shows('worn.step.movement.leg');
    await body({ leg: 'swings' });
    await look(window, 'sensors learning');
    await page.waitForTimeout(5000);
    await body({ leg: 'hangs' });
    await shows('worn.step.tracking');
    await look(window, 'sensors ready');
    await button('setUp.start').click();
    await body({ leg: 'bends' });
    await until(async () => (await counted()) >= 1, 'one is counted');
    await look(window, 'sensors set');
    // Silence pauses the set, by the sensor's name.
    await body({ muted: 'left_shank' });
    await shows('live.paused');
    const silent = t('worn.problem.silent', { place: t('worn.place.left_shank') });
    await page.getByText(silent).waitFor();
    await look(window, 'sensors silent');
    await body({ muted: '', leg: 'hangs' });
    // Heard again, and held still for a moment, it measures.
    for (const text of [silent, t('worn.problem.hold_still')])
      await until(async () => !(await page.locator('.banner').textContent())?.includes(text), `not “${text}”`);
    await button('live.goOn').click();
    await body({ leg: 'bends' });
    await until(async () => (await counted()) >= 2, 'two are counted');
    const { procedure, value } = await finish('rest.title');
    expect(procedure.note[0].text).toContain('measured by sensors worn at left thigh and left shank');
    expect(value('repetitions').valueInteger).toBeGreaterThanOrEqual(2);
    expect(value('repetitions').method.text).toBe('sensors worn at left thigh and left shank');
    const range = value('best-range');
    expect(range.valueQuantity.value).toBeGreaterThan(75);
    expect(range.valueQuantity.value).toBeLessThan(100);
  });

  await test.step('a muscle is tensed to its target, played as a game, and set up anew in between', async () => {
    await begin_again(window, origin, NAME);
    // No leg is swung, standing, for an exercise on a chair.
    await expect(button('worn.with')).toHaveCount(0);
    await confirm();
    await page.getByRole('radio', { name: new RegExp(t('game.display.balloon')) }).check();
    await look(window, 'sensors muscle introduce');
    await button('worn.withMuscle').click();
    await heading('worn.title.muscle');
    await connect('muscle', `${t('muscle.vastus-medialis')}, ${t('worn.place.left')}`);
    const learn = async () => {
      await button('worn.begin').click();
      await shows('worn.step.relax');
      await shows('worn.step.contract');
      await body({ tension: 1 });
      await look(window, 'sensors muscle learning');
      await shows('worn.step.tracking');
      await body({ tension: 0 });
      await page.waitForTimeout(500);
      await button('setUp.start').click();
      await page.locator('.game[data-game=balloon]').waitFor();
    };
    const hold = async () => {
      await body({ tension: 0.6 });
      await page.waitForTimeout(4500);
      await body({ tension: 0 });
      await until(async () => (await counted()) >= 1, 'a hold is counted');
      // Not before: axe keeps the page, and the sensor in it, for so long that the hold would fall into parts.
      await look(window, 'sensors muscle');
    };
    await learn();
    await hold();
    await button('live.pause').click();
    await look(window, 'sensors paused');
    await button('worn.anew').click();
    await heading('worn.learn');
    await learn();
    await hold();
    // The part before is the first of two sets.
    const { procedure, value } = await finish('pain.after', { name: NAME });
    expect(procedure.note[0].text).toContain('a sensor worn at left');
    expect(value('repetitions').valueInteger).toBe(1);
    expect(value('muscle-activity').valueQuantity.value).toBeGreaterThan(0.4);
    expect(value('tension-time').valueQuantity.value).toBeGreaterThan(2);
    expect(
      value('game-success').component.some(({ valueCodeableConcept: game }) => game?.coding[0].code === 'balloon'),
    ).toBe(true);
    // The hold counted before counts.
    const holds = await search('Observation?code=urn:reprise:observation%7Ctension-time');
    expect(holds.length).toBe(2);
  });

  await test.step('the chart shows both', async () => {
    await clinic.page.goto(`${origin}/patient?id=${patient}`);
    for (const measure of ['muscle_activity', 'knee_flexion'])
      await clinic.page.locator('.trend-card', { hasText: t(`chart.measure.${measure}`) }).waitFor();
    await look(clinic, 'sensors chart', { narrow: 820 });
  });
  expect([...window.problems, ...clinic.problems]).toStrictEqual([]);
});
