// SPDX-License-Identifier: Apache-2.0
// A balance programme, from the clinician's request over sessions that ease and sessions that are ready for more, to
// the release of a level with closed eyes and foam, and that level at the patient's. All is simulated.

import type { Locator, Page } from '@playwright/test';
import { open_orders, requested_values } from './chart_patient.mjs';
import { all_is_sent } from './demo.mjs';
import { expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const DAY_MS = 24 * 3600_000;

const SWAY_DEG = 2;
const HOLD_MS = 2100;

/** In the page: a simulated phone in the pocket of a person who sways like a pendulum, about 50 samples a second. */
function simulate_sway(sway_deg: number) {
  const pulse = 2 * Math.PI * 0.4;
  const give = () => {
    const at_s = performance.now() / 1000;
    const angle = (sway_deg * Math.PI * Math.sin(pulse * at_s)) / 180;
    const accelerationIncludingGravity = { x: 0, y: 9.81 * Math.cos(angle), z: 9.81 * Math.sin(angle) };
    const rotationRate = { alpha: -sway_deg * pulse * Math.cos(pulse * at_s), beta: 0, gamma: 0 };
    const event = new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity, rotationRate, interval: 20 });
    Object.defineProperty(event, 'timeStamp', { value: at_s * 1000 }); // by the clock that the test moves
    window.dispatchEvent(event);
    setTimeout(give, 20);
  };
  setTimeout(give, 0);
}

/** Lets the time of a hold pass until something is on the screen. */
async function pass_until(page: Page, there: Locator) {
  for (let left_s = 60; left_s > 0 && !(await there.isVisible()); left_s -= 1) await page.clock.runFor(1000);
  await there.waitFor();
}

test('a balance programme: requested, eased, ready for more, released, harder', async ({ open_demo }) => {
  const demo = await open_demo({ width: 390 });
  const { window, search, origin } = demo;
  const { page, t, button, heading, shows } = window;
  const { clinic, patient } = await open_orders(demo);
  const orders = `${origin}/patient?id=${patient}&tab=orders`;
  const dialog = clinic.page.getByRole('dialog');
  const seen = (what: string) => look(window, `balance ${what}`);
  const release = (number: number) => t('orders.balance.release.of', { number });
  const withdraw = (number: number) =>
    clinic.page.getByRole('button', { name: t('orders.balance.withdraw.of', { number }), exact: true });
  const request = async () =>
    (await search(`ServiceRequest?subject=Patient/${patient}&_count=100`)).find(
      ({ category }) => category?.[0].coding[0].code === 'balance-programme',
    );
  const released = async () =>
    (await request()).extension
      .filter(({ url }) => url === 'urn:reprise:balance-level')
      .map(({ extension }) => extension.filter(({ url }) => /^(released|confirmed)/.test(url)).map(({ url }) => url));

  await test.step('the clinician requests it; only the first level is released', async () => {
    await clinic.button('orders.balance.new').click();
    await dialog.waitFor();
    await clinic.button('orders.ask').click();
    await expect(dialog.getByText(t('field.missing'), { exact: true })).toHaveCount(1); // who is there: never preset
    const level = (number: number) => dialog.getByRole('group', { name: t('balance.level', { number }), exact: true });
    await clinic.page.getByRole('button', { name: t('orders.balance.remove.of', { number: 4 }), exact: true }).click();
    for (const number of [1, 2]) await level(number).getByLabel(t('orders.balance.holds'), { exact: true }).fill('2');
    for (const hazard of ['eyesClosed', 'foam'])
      await level(3)
        .getByRole('checkbox', { name: t(`balance.hazard.${hazard}`), exact: true })
        .check();
    await dialog.getByLabel(t('orders.balance.sessions'), { exact: true }).fill('1');
    await dialog.getByRole('radio', { name: t('orders.own.alone'), exact: true }).check();
    if (pictures) await look(clinic, 'balance request', { narrow: 820 });
    await clinic.button('orders.ask').click();
    await clinic.page.getByRole('button', { name: release(2), exact: true }).waitFor();
    expect(await released()).toStrictEqual([['released'], [], []]);
  });

  await test.step('a level is released by two touches, which can be undone', async () => {
    await expect(clinic.page.getByRole('button', { name: release(3), exact: true })).toHaveCount(0); // one by one
    const second = async () => {
      await clinic.page.getByRole('button', { name: release(2), exact: true }).click();
      await dialog.getByRole('button', { name: release(2), exact: true }).click();
      await clinic.page.getByText(t('orders.balance.releasedNow', { number: 2 }), { exact: true }).waitFor();
      await withdraw(2).waitFor();
    };
    await second();
    await clinic.button('chart.undo').click();
    await clinic.page.getByRole('button', { name: release(2), exact: true }).waitFor();
    expect(await released()).toStrictEqual([['released'], [], []]);
    await second();
    expect(await released()).toStrictEqual([['released'], ['released'], []]);
    await look(clinic, 'balance orders', { narrow: 820 });
  });

  const began = Date.now();
  await page.clock.install({ time: began });
  await demo.sign_in();
  const start = () => button('balance.start').click();
  const needed = () => page.getByRole('button', { name: t('balance.needed'), exact: true });
  const before_hold = () => page.getByRole('button', { name: t('balance.start'), exact: true });
  const pain_after = () => page.getByRole('heading', { name: t('pain.after', { name: t('balance.name') }) });
  const one = () => page.locator('.scale label', { hasText: /^1$/ }).click();
  const all_ready = async () => {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
  };
  /** To what must be ready, on another day. */
  const prepare = async (day: number, level: number) => {
    await page.clock.setSystemTime(began + day * DAY_MS);
    await page.goto(`${origin}/today`);
    await page.getByText(t('balance.title'), { exact: true }).first().waitFor();
    await page.getByText(new RegExp(`^${t('balance.level', { number: level })} ·`)).waitFor();
    if (day === 0) await seen('today');
    await page.getByRole('button', { name: `${t('balance.open')} ${t('balance.name')}` }).click();
    if (day === 0) {
      await button('flags.none').click();
      await button('goOn').click();
    }
    await heading('pain.before');
    await one();
    await button('goOn').click();
    await heading('phone.safe');
    await all_ready();
  };
  const hold_button = (key: string) => page.getByRole('button', { name: t(key), exact: true });
  /** A short touch, as of the cloth of a pocket, does nothing. */
  const take_out = async (key: string) => {
    const held = hold_button(key);
    await held.click();
    await held.hover();
    await page.mouse.down();
    await page.clock.runFor(HOLD_MS);
    await page.mouse.up();
    await expect(held).toHaveCount(0);
  };
  let is_away = false;
  /** To the first hold, on another day. */
  const open = async (day: number, level: number, place: 'beside' | 'pocket' = 'beside') => {
    await prepare(day, level);
    is_away = place === 'pocket';
    if (day === 0) await seen('prepare');
    await button('goOn').click();
    if (day === 0) await seen('place');
    await button(`balance.place.${place}`).click();
    if (place === 'pocket') {
      await pass_until(page, page.getByText(t('balance.place.steps').split('\n')[0] as string, { exact: true }));
      await seen('pocket');
      await button('goOn').click();
    }
    await before_hold().waitFor();
  };
  /** A hold to the end of its time; `how` it went is what the person says. */
  const stand = async (how: 'balance.told.whole' | 'balance.needed', next: Locator) => {
    await start();
    await page.locator('.locked').waitFor();
    const told = page.getByRole('heading', { name: t('balance.told'), exact: true });
    if (is_away) {
      await pass_until(page, hold_button('balance.pocket.tell'));
      await expect(told).toHaveCount(0);
      await seen('in the pocket');
      await take_out('balance.pocket.tell');
    }
    await pass_until(page, told);
    if (how === 'balance.needed') await seen('told');
    await button(how).click();
    await next.waitFor();
  };
  const whole = (next: Locator) => stand('balance.told.whole', next);
  const send = async () => {
    await one();
    await button('goOn').click();
    await heading('balance.result');
  };
  const sent = async () => {
    await button('phone.send').click();
    await heading('phone.sent');
    await page.clock.runFor(3000);
    await all_is_sent(page);
  };

  await test.step('a whole session that survives a reload', async () => {
    await open(0, 1);
    await seen('ready');
    await start();
    await pass_until(page, needed());
    await seen('hold');
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await shows('balance.again'); // interrupted: it does not count
    await page.evaluate(() =>
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true }),
    );
    await whole(before_hold());
    await shows('balance.last.whole');
    await page.reload();
    await heading('pain.before');
    await one();
    await button('goOn').click();
    await page.getByText(/You have already done one hold/).waitFor();
    await all_ready();
    await button('goOn').click();
    await button('balance.place.beside').click();
    await whole(pain_after());
    await send();
    await shows('balance.result.whole');
    await sent();
    const values = await requested_values(demo, patient, 'balance_programme');
    const of = (code: string) => values.find((value) => value.code.coding[0].code === code)?.valueQuantity.value;
    expect([of('holds'), of('holds_whole'), of('hold_time')]).toStrictEqual([2, 2, 10]);
  });

  await test.step('the released level is harder; needing the support makes it easier at once', async () => {
    await open(1, 2);
    await start();
    await pass_until(page, needed());
    await page.clock.runFor(4000);
    await needed().click();
    await shows('balance.last.easier');
    await page.getByText(new RegExp(`^${t('balance.level', { number: 1 })} ·`)).waitFor();
    await seen('eased');
    await stand('balance.needed', pain_after()); // the hand was slower than the clock
    await send();
    await shows('balance.result.first');
    await seen('result');
    await sent();
    await clinic.page.goto(orders);
    await clinic.page.getByText(/level 2: 0 of 1 without the support, level 1: 0 of 1/).waitFor();
  });

  await test.step('whole sessions again; the next level waits for its release, and the clinic reads so', async () => {
    await open(2, 1);
    await whole(before_hold());
    await whole(pain_after());
    await send();
    await sent();
    await page.addInitScript(simulate_sway, SWAY_DEG);
    await open(3, 2, 'pocket');
    await whole(before_hold());
    await whole(pain_after());
    await send();
    await sent();
    const sway = (await requested_values(demo, patient, 'balance_programme')).filter(
      ({ code }) => code.coding[0].code === 'trunk_sway_angle',
    );
    expect(sway).toHaveLength(1); // only where the phone was in the pocket
    expect(Math.abs(sway[0].valueQuantity.value / (SWAY_DEG / Math.SQRT2) - 1)).toBeLessThan(0.1);
    await clinic.page.goto(`${origin}/worklist`);
    const line = clinic.page.getByText(/Balance: ready for level 3, which is not released/);
    await until(async () => {
      await clinic.page.reload();
      await clinic.page.getByRole('heading', { level: 1 }).waitFor();
      return line.first().isVisible();
    }, 'the line in the worklist');
    await look(clinic, 'balance worklist', { narrow: 820 });
  });

  await test.step('closed eyes and foam are each confirmed before the level is released', async () => {
    await clinic.page.goto(orders);
    await clinic.page.getByText(/Ready for level 3, which is not released/).waitFor();
    await clinic.page.getByRole('button', { name: release(3), exact: true }).click();
    await dialog.getByRole('button', { name: release(3), exact: true }).click();
    await expect(dialog.getByText(t('field.missing'), { exact: true })).toHaveCount(2);
    await look(clinic, 'balance release', { narrow: 820 });
    await dialog.getByRole('checkbox', { name: t('orders.balance.confirm.eyesClosed'), exact: true }).check();
    await dialog.getByRole('button', { name: release(3), exact: true }).click();
    await expect(dialog.getByText(t('field.missing'), { exact: true })).toHaveCount(1);
    await dialog.getByRole('checkbox', { name: t('orders.balance.confirm.foam'), exact: true }).check();
    await dialog.getByRole('button', { name: release(3), exact: true }).click();
    await clinic.page.getByText(t('orders.balance.releasedNow', { number: 3 }), { exact: true }).waitFor();
    expect((await released())[2]).toStrictEqual(['released', 'confirmed-eyes-closed', 'confirmed-foam']);
    await until(async () => {
      const flags = await search(`Flag?subject=Patient/${patient}&_count=50`);
      return flags.some(({ code, status }) => code.coding[0].code === 'balance-ready' && status === 'inactive');
    }, 'the line ends by itself');
  });

  await test.step('the harder level starts only after its end was heard, where the phone will be', async () => {
    await open(4, 3, 'pocket');
    await expect(before_hold()).toBeDisabled();
    await button('balance.sound.play').click();
    await shows('balance.sound.wait');
    await pass_until(page, page.getByText(t('balance.sound.played'), { exact: true }));
    await seen('sound in the pocket');
    await take_out('balance.pocket.goOn');
    await page.getByRole('checkbox', { name: t('balance.sound.heard'), exact: true }).click();
    await expect(before_hold()).toBeEnabled();
    await seen('closed eyes');
    await whole(before_hold());
    await button('balance.stop').click();
    await button('phone.why.enough').click();
    await pain_after().waitFor();
    await send();
    await sent();
    await clinic.page.clock.setFixedTime(began + 5 * DAY_MS);
    await clinic.page.goto(`${origin}/patient?id=${patient}&tab=overview&range=2w`);
    await clinic.heading('sensed.title', { kind: t('sensed.kind.balance_programme') });
    await clinic.page
      .getByText(/One foot half ahead, eyes closed, on foam, 10 s/)
      .first()
      .waitFor();
    await look(clinic, 'balance chart', { narrow: 820 });
  });

  await test.step('a withdrawn release makes it easier at once, also where the session has begun', async () => {
    await prepare(5, 3);
    await clinic.page.goto(orders);
    await withdraw(3).click();
    await clinic.page.getByText(t('orders.balance.withdrawn', { number: 3 }), { exact: true }).waitFor();
    expect(await released()).toStrictEqual([['released'], ['released'], []]);
    await button('goOn').click();
    await page.getByText(new RegExp(`^${t('balance.level', { number: 2 })}:`)).waitFor();
    await all_ready();
    await button('goOn').click();
    await button('balance.place.beside').click();
    await page.getByText(new RegExp(`^${t('balance.level', { number: 2 })} ·`)).waitFor();
  });

  await test.step('a session that needed the support and is not sent makes the next one easier', async () => {
    is_away = false;
    await stand('balance.needed', before_hold());
    await button('balance.stop').click();
    await button('phone.why.enough').click();
    await send();
    await shows('balance.result.eased');
    await button('phone.discard').click();
    const easier = page.getByText(new RegExp(`^${t('balance.level', { number: 1 })} ·`));
    await easier.waitFor();
    await page.reload();
    await easier.waitFor();
  });

  await test.step('stopped before the first hold, nothing is measured', async () => {
    await open(6, 1);
    await button('balance.stop').click();
    await button('phone.why.enough').click();
    await one();
    await button('goOn').click();
    await heading('balance.none');
    await seen('none');
  });

  await test.step("after a reload pain is compared with today's first answer, and the holds are sent", async () => {
    await open(6, 1);
    await whole(before_hold());
    await page.reload();
    await heading('pain.before');
    await page.locator('.scale label', { hasText: /^4$/ }).click(); // a rise of 3
    await button('goOn').click();
    await heading('halted.pain');
    await page.clock.runFor(3000);
    await all_is_sent(page);
    await clinic.page.goto(orders);
    await clinic.page.getByText(/level 1: 1 of 1 without the support/).waitFor();
  });
  expect([...window.problems, ...clinic.problems]).toStrictEqual([]);
});
