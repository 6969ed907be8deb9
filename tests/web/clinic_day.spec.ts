// SPDX-License-Identifier: Apache-2.0
// From a flag to what became of it, through the pages of a real server: a flag, the chart, the replay, a changed
// programme, the patient who sees and does it, the trend, and the flag that ends. Every click and key of the clinician
// is counted on the way to the sent programme.

import { readFileSync } from 'node:fs';
import { loadReprise } from '../../build/wasm/module/reprise.mjs';
import { open_window } from './browser.mjs';
import { daily_past, demo_patient, recorded_set, sign_in_clinician, writer } from './chart_patient.mjs';
import { all_is_sent, answer_first, PASSWORD, printed_link } from './demo.mjs';
import { command, expect, test, until } from './journey.ts';

const DAY_MS = 24 * 3600_000;
const MOST_INTERACTIONS = 12;

test('from a flag to a changed programme, and to its end', async ({ open_demo }) => {
  const reprise = await loadReprise({
    wasm: readFileSync(new URL('../../build/wasm/module/reprise_engine.wasm', import.meta.url)),
  });
  const demo = await open_demo({ width: 1280, patients: 0 });
  const { window, search, origin } = demo;
  const { page, t, button, heading } = window;
  const { patient, requests } = await demo_patient(demo);
  const { send, write } = writer(demo, command);
  const active = () => search(`Flag?subject=Patient/${patient}&date=ge${encodeURIComponent(new Date().toISOString())}`);
  const is_flagged = async () =>
    (await active()).some(({ code }) => code.coding.some((one) => one.code === 'no-session'));

  let interactions = 0;
  const click = async (what) => {
    ++interactions;
    await what.click();
  };

  await test.step('a patient stays away', async () => {
    const now = Date.now();
    const [plan] = await search(`CarePlan?subject=Patient/${patient}`);
    await send('PUT', `/CarePlan/${plan.id}`, {
      ...plan,
      period: { start: new Date(now - 40 * DAY_MS).toISOString().slice(0, 10) },
    });
    await write(daily_past({ patient, requests, days: 14, now: now - 7 * DAY_MS }));
    const exercise_text = readFileSync(new URL('../../catalog/exercises/squat.json', import.meta.url), 'utf8');
    await send(
      'POST',
      '',
      recorded_set(reprise, {
        exercise_text,
        patient,
        request: requests.squat,
        start: now - 8 * DAY_MS + 7200_000,
        options: { repetitions: 3 },
      }).bundle,
    );
    await until(is_flagged, 'the flag');
  });

  await test.step('from the flag to a sent programme', async () => {
    await page.goto(`${origin}/`);
    await sign_in_clinician(demo, window);
    await page.goto(`${origin}/worklist`);
    const row = page.locator('.work', { hasText: 'Robin' });
    await row.getByText(/No session for \d+ days/).waitFor();
    await click(row.getByRole('link', { name: /Robin/ }));
    await page
      .locator('.flags')
      .getByText(/No session for \d+ days/)
      .waitFor();
    await click(
      page
        .getByRole('navigation', { name: t('chart.tabs') })
        .getByRole('link', { name: t('chart.tab.sessions'), exact: true }),
    );
    await click(
      page
        .locator('tr', { has: page.getByText(t('chart.recorded'), { exact: true }) })
        .getByRole('button', { name: 'Squat' }),
    );
    await page.locator('.pane canvas').first().waitFor();
    await click(button('chart.replay.play'));
    await page.waitForFunction(
      (label) => Number(document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`).value) > 0.3,
      t('chart.replay.time'),
    );
    await click(
      page
        .getByRole('navigation', { name: t('chart.tabs') })
        .getByRole('link', { name: t('chart.tab.overview'), exact: true }),
    );
    await click(page.getByRole('link', { name: t('plan.open') }));
    const squat = page.locator('.plan-item', { hasText: 'Squat' });
    await click(squat.getByRole('button', { name: t('plan.edit.of', { name: 'Squat' }) }));
    await click(squat.getByLabel(t('plan.field.sets'), { exact: true }));
    ++interactions;
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('1');
    await click(page.getByRole('button', { name: `${t('plan.send')}…` }));
    await page
      .getByRole('dialog')
      .getByText(/Squat: Sets 2 → 1/)
      .waitFor();
    await click(page.getByRole('dialog').getByRole('button', { name: t('plan.send'), exact: true }));
    await page.getByText(t('plan.sent', { name: 'Robin Simulated' })).waitFor();
    console.log(`${interactions} interactions from the worklist to a changed and sent programme`);
    expect(interactions, `${interactions}`).toBeLessThanOrEqual(MOST_INTERACTIONS);
  });

  await test.step('the patient sees and does it', async () => {
    const other = await open_window(demo.browser, origin);
    const { page: phone } = other;
    await phone.goto(printed_link(demo.server, 'Robin Simulated'));
    await other.field('invitation.password').fill(PASSWORD);
    await other.button('invitation.action').click();
    await other.heading('welcome.title');
    await phone.getByRole('radio', { name: t('yes'), exact: true }).check();
    await phone.getByRole('checkbox', { name: t('welcome.understood') }).check();
    await other.button('welcome.action').click();
    await other.heading('today.title');
    await phone
      .locator('.exercise-card', { hasText: 'Squat' })
      .getByText(t('dose.repetitions', { sets: 1, repetitions: 8 }))
      .waitFor();
    await phone.goto(`${origin}/messages`);
    await phone.getByText(t('plan.message')).waitFor();
    await phone.goto(`${origin}/session?exercise=3`);
    await answer_first(other);
    const choose = (number) => phone.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();
    await choose(1);
    await other.button('goOn').click();
    await other.heading('introduce.steps');
    for (const box of await phone.getByRole('checkbox').all()) await box.check();
    await other.button('introduce.byHand').click();
    await phone.locator('.by-hand').waitFor();
    for (let i = 0; i < 8; ++i) await phone.locator('.tap').click();
    await phone.getByRole('heading', { name: /hurt after/ }).waitFor();
    await choose(1);
    await other.button('goOn').click();
    await all_is_sent(phone);
  });

  await test.step('the trend goes on and the flag ends', async () => {
    await until(async () => !(await is_flagged()), 'the end of the flag');
    await page.goto(`${origin}/patient?id=${patient}`);
    await page.locator('.trend-card canvas').first().waitFor();
    expect(
      await page
        .locator('.flags')
        .getByText(/No session/)
        .count(),
    ).toBe(0);
    // Pain before and after, of today, stand at the end of the trend's numbers.
    const pain = page
      .locator('.trend-card', { has: page.getByRole('heading', { name: t('chart.pain'), exact: true }) })
      .first();
    await pain.locator('summary').first().click();
    const today = await page.evaluate(() => new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(new Date()));
    await pain.getByText(today).first().waitFor();
    const slider = page.getByRole('slider', { name: t('chart.timeline') });
    await slider.focus();
    await page.keyboard.press('End');
    await expect(slider).toHaveAttribute('aria-valuetext', /Changed: Squat: sets 2 → 1/i);
    await page.goto(`${origin}/worklist`);
    await heading('work.title');
    const row = page.locator('.work', { hasText: 'Robin' });
    await row.waitFor();
    expect(await row.getByText(/No session/).count()).toBe(0);
  });
});
