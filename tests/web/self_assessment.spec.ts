// SPDX-License-Identifier: Apache-2.0
// "How am I moving?": without an account, where nothing is stored or sent; with one, where it is in the record; and a
// warning sign. The camera shows a drawn figure, whose values are simulated.

import type { Page } from '@playwright/test';
import { open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician } from './chart_patient.mjs';
import { expect, test, until } from './journey.ts';
import { look } from './look.ts';
import { steps_of } from './self_check_steps.ts';

const drawn = ['elbow_flexion', '--azimuth', '-90', '--side', 'right', '--repetitions', '4'];

/** Everything that a page can leave on the device. */
const left_behind = (page: Page) =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const rows: unknown[] = [];
    for (const { name } of databases) {
      const open = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of open.objectStoreNames) {
        const all = open.transaction(store).objectStore(store).getAll();
        rows.push(
          store,
          await new Promise((resolve) => {
            all.onsuccess = () => resolve(all.result);
          }),
        );
      }
      open.close();
    }
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, rows]);
  });

test('without an account: what to do, and no trace of it', async ({ camera, open_demo }) => {
  const demo = await open_demo({ camera: await camera({ drawn, name: 'elbow' }) });
  const { window, origin } = demo;
  const { page, t, button, heading } = window;
  const steps = steps_of(window);
  const sent: string[] = [];
  window.context.on('request', (request) => {
    const data = request.postData();
    const { pathname, search } = new URL(request.url());
    if (request.method() !== 'GET' || data || search.length > 1) sent.push(`${request.method()} ${pathname}${search}`);
  });
  await page.goto(`${origin}/check`);
  await heading('self.title');
  await look(window, 'self check start');
  const before = await left_behind(page);

  await test.step('a warning sign ends it at once', async () => {
    await button('self.start').click();
    await heading('self.flags');
    await look(window, 'self check warning signs');
    await page
      .getByRole('group', { name: 'Do you have chest pain, are you short of breath, or have you fainted?' })
      .getByRole('radio', { name: t('yes'), exact: true })
      .click();
    await page.getByRole('heading', { name: 'Please get help now', exact: true }).waitFor();
    await expect(page.getByText(t('call.emergencyUnknown'))).toBeVisible();
    await expect(page.getByText('Nobody watches this live.')).toBeVisible();
    await look(window, 'self check get help');
    await button('halted.undo').click();
  });

  await test.step('questions', async () => {
    await steps.no_to_all('self.flags');
    await heading('self.where');
    await page.locator('[data-region="elbow right"]').click();
    await expect(page.getByRole('checkbox', { name: 'Elbow', exact: true })).toBeChecked();
    await expect(page.getByRole('radio', { name: t('self.right'), exact: true })).toBeChecked();
    await look(window, 'self check where');
    await button('goOn').click();
    await steps.no_to_all('self.flags.more');
    await steps.pain(3);
    await heading('self.questions');
    await button('goOn').click();
    await expect(page.getByText(t('field.missing'), { exact: true })).toHaveCount(2);
    await look(window, 'self check questions');
    await steps.questions();
    await heading('self.tests');
    await look(window, 'self check movements');
    await button('goOn').click();
  });

  await test.step('movements: the other side first, one measured, the others left out', async () => {
    await expect(page.locator('.side-word')).toHaveText(`${t('side.left')}. `);
    await look(window, 'self check a movement');
    await button('self.film.skip').click();
    await expect(page.locator('.side-word')).toHaveText(`${t('side.right')}. `);
    await button('self.film.start').click();
    await expect(page.locator('video')).toHaveCount(1);
    await expect(page.locator('.side-word')).toHaveText(`${t('side.left')}. `, { timeout: 600_000 });
    await button('self.film.skip').click();
    await button('self.film.skip').click();
  });

  await test.step('what it says', async () => {
    await page.getByRole('heading', { name: 'Nothing here asks for haste', exact: true }).waitFor();
    await expect(page.getByText(/^Left not measured, right 1[0-4]\d° \(±\d+°\)\.$/)).toBeVisible();
    await expect(page.getByText('You skipped it.').first()).toBeVisible();
    await expect(page.getByText(t('self.notKept'))).toBeVisible();
    await look(window, 'self check outcome');
    const download = page.waitForEvent('download');
    await button('chart.report.save').click();
    expect((await download).suggestedFilename()).toBe('self-check.html');
  });

  await test.step('pain in the midst of a movement ends it', async () => {
    await button('self.again').click();
    await button('self.start').click();
    await steps.no_to_all('self.flags');
    await expect(page.locator('input:checked')).toHaveCount(0);
    await steps.region('Neck');
    await steps.no_to_all('self.flags.more');
    await steps.pain(3);
    await steps.questions();
    await button('goOn').click();
    await button('self.film.start').click();
    await expect(page.locator('video')).toHaveCount(1);
    await button('stop.hurts').click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    // Nothing that the camera sees can end the movement before the answer.
    await expect(page.locator('video')).toHaveCount(0);
    await dialog.locator('.scale label', { hasText: /^5$/ }).click();
    await dialog.getByRole('button', { name: t('goOn'), exact: true }).click();
    await page.getByRole('heading', { name: 'See someone before you exercise', exact: true }).waitFor();
    await expect(page.getByText('You stopped in the middle of a movement.')).toBeVisible();
  });

  await test.step('nothing was stored, nothing was sent', async () => {
    expect(sent).toStrictEqual([]);
    // The choices of language and theme that looking at it makes are events only.
    expect(await left_behind(page)).toBe(before);
  });
  expect(window.problems).toStrictEqual([]);
});

test('with an account: in the record, compared with last time, and a warning sign reaches the clinic', async ({
  camera,
  open_demo,
}) => {
  const demo = await open_demo({
    camera: await camera({ drawn, name: 'elbow' }),
    options: ['--clinic-phone', '+49 30 1234567', '--clinic-emergency-number', '112'],
  });
  const { window, search } = demo;
  const { page, t, button, heading } = window;
  const steps = steps_of(window);
  await test.step('without an account: the configured numbers', async () => {
    await page.goto(`${demo.origin}/check`);
    await button('self.start').click();
    await heading('self.flags');
    await page
      .getByRole('radio', { name: t('yes'), exact: true })
      .first()
      .click();
    await expect(page.locator('a[href="tel:112"]')).toBeVisible();
    await expect(page.locator('a[href="tel:+49 30 1234567"]')).toBeVisible();
  });
  await demo.open_invitation();
  await demo.agree();
  const responses = (name: string) =>
    search(`QuestionnaireResponse?questionnaire=urn:reprise:questionnaire:${name}&_sort=-authored`);
  const ranges = () => search('Observation?code=urn:reprise:signal-measure%7Cjoint_range');
  /** From Today to the movements. */
  const to_movements = async () => {
    await page.getByRole('button', { name: t('self.open'), exact: true }).click();
    await button('self.start').click();
    await steps.no_to_all('self.flags');
    await steps.region('Elbow', t('self.left'));
    await steps.no_to_all('self.flags.more');
    await steps.pain(2);
    await steps.questions();
    await heading('self.tests');
    await button('goOn').click();
  };
  const measure_right = async () => {
    await expect(page.locator('.side-word')).toHaveText(`${t('side.right')}. `);
    await button('self.film.start').click();
    await expect(page.locator('.side-word')).toHaveText(`${t('side.left')}. `, { timeout: 600_000 });
    for (let i = 0; i < 3; ++i) await button('self.film.skip').click();
    await page.getByRole('heading', { name: 'Nothing here asks for haste', exact: true }).waitFor();
  };

  await test.step('answers and values are in the record', async () => {
    await to_movements();
    await measure_right();
    await expect(page.getByText(t('self.kept'), { exact: true })).toBeVisible();
    await until(async () => (await responses('self-assessment')).length === 1, 'the answers are in the record');
    const [response] = await responses('self-assessment');
    const given = Object.fromEntries(response.item.map(({ linkId, answer }) => [linkId, answer[0]]));
    expect(given['self-regions']).toStrictEqual({ valueString: 'Elbow (left)' });
    expect(given['self-outcome']).toStrictEqual({ valueString: 'Nothing here asks for haste' });
    expect(given['self-flag-elbow-hot']).toStrictEqual({ valueBoolean: false });
    await until(async () => (await ranges()).length === 1, 'the value is in the record');
    const [range] = await ranges();
    expect(range.bodySite.coding[0].code).toBe('24028007');
    expect(range.performer[0].reference).toMatch(/^Patient\//);
    expect(range.meta.tag.some(({ code }) => code === 'simulated')).toBe(true);
    expect(await responses('red-flags')).toHaveLength(1);
    expect(await search('Observation?code=72514-3')).toHaveLength(1);
  });

  await test.step('the second time is compared with the first', async () => {
    await button('session.toToday').click();
    await to_movements();
    await measure_right();
    await expect(page.getByText(/^Right: no sure change since /)).toBeVisible();
    await look(window, 'self check compared');
    await button('session.toToday').click();
  });

  await test.step('a warning sign of a region reaches the clinic', async () => {
    const before = await search('Flag?_count=200');
    const hot_knee = async () => {
      await steps.no_to_all('self.flags');
      await steps.region('Knee', t('self.right'));
      await heading('self.flags.more');
      const yes = page.getByRole('radio', { name: t('yes'), exact: true });
      await yes.first().click();
      await page.getByRole('heading', { name: 'See someone before you exercise', exact: true }).waitFor();
    };
    await page.getByRole('button', { name: t('self.open'), exact: true }).click();
    await button('self.start').click();
    await hot_knee();
    // A wrong touch is taken back on this screen; both stay in the record.
    await button('halted.undo').click();
    await hot_knee();
    await button('halted.undo').waitFor();
    await expect(page.getByText(t('self.kept.told'), { exact: true })).toBeVisible();
    await expect(page.locator('a[href^="tel:"]').first()).toBeVisible();
    await look(window, 'self check see someone');
    await until(async () => (await search('Flag?_count=200')).length > before.length, 'the clinic is told');
    await button('session.toToday').click();
    await heading('today.title');
    await expect(page.getByText(t('work.sign.self-flag-knee-hot'))).toBeVisible();
    await expect(page.getByRole('button', { name: t('self.open'), exact: true })).toHaveCount(0);
  });

  await test.step('the clinician sees which warning sign it was', async () => {
    const clinic = await open_window(demo.browser, demo.origin, { width: 1280 });
    await clinic.page.goto(`${demo.origin}/`);
    const { patient } = await demo_patient(demo);
    await sign_in_clinician(demo, clinic);
    await clinic.page.goto(`${demo.origin}/worklist`);
    await expect(clinic.page.locator('.worklist')).toContainText(t('work.sign.self-flag-knee-hot'));
    await look(clinic, 'self check worklist', { narrow: 820 });
    await clinic.page.goto(`${demo.origin}/patient?id=${patient}`);
    await expect(clinic.page.getByText(t('work.sign.self-flag-knee-hot')).first()).toBeVisible();
    await look(clinic, 'self check chart', { narrow: 820 });
  });
  expect(window.problems).toStrictEqual([]);
});
