// SPDX-License-Identifier: Apache-2.0
// Two patients of one name: registered, told apart and found on every page where one is chosen; and the demonstration
// starts again after it.

import { demo_patient, sign_in_clinician, writer } from './chart_patient.mjs';
import { command, expect, test } from './journey.ts';
import { look } from './look.ts';

test('two patients of one name are told apart', async ({ open_demo, start_server }) => {
  const demo = await open_demo({ width: 1280 });
  const { window, search, origin } = demo;
  const { page, t, button, heading, field, shows } = window;
  const { send } = writer(demo, command);
  const seen = (name) => look(window, name, { narrow: 820 });

  /** As the page does it. */
  async function register(birth) {
    await page.goto(`${origin}/new-patient`);
    await field('newPatient.given').fill('Karim');
    await field('newPatient.family').fill('Holly');
    await field('newPatient.birth').fill(birth);
    await field('account.name').fill(`karim.${birth}`);
    await button('newPatient.make').click();
    await shows('newPatient.next');
  }

  // Clinician finding 8: every person registered in a demonstration is simulated.
  await test.step('two of one name are registered', async () => {
    await page.goto(`${origin}/`);
    await sign_in_clinician(demo, window);
    await register('1949-05-01');
    await register('1973-02-03');
    const registered = await search('Patient?family=Holly');
    expect(registered).toHaveLength(2);
    expect(
      registered.every(({ meta }) => meta.tag.some(({ code }) => code === 'simulated')),
      JSON.stringify(registered),
    ).toBeTruthy();
  });

  // Clinician finding 9, 10: every list shows the birth date, and the search finds by it, by keyboard, from any page.
  await test.step('they are told apart and found', async () => {
    await page.goto(`${origin}/worklist`);
    for (const year of ['1949', '1973'])
      await page.locator('.work .who', { hasText: 'Karim Holly' }).filter({ hasText: year }).waitFor();
    await page.goto(`${origin}/calendar`);
    await heading('cal.title');
    const [older] = await search('Patient?family=Holly&birthdate=1949');
    const find = page.getByRole('combobox', { name: t('find.label') });
    await page.keyboard.press('Control+k');
    await find.pressSequentially('hol');
    await page.locator('.find-found li').nth(1).waitFor();
    expect((await page.locator('.find-found li').allTextContents()).join('|')).toMatch(/1949.*\|.*1973/);
    await seen('search in the header');
    await find.fill('1.5.1949');
    await page.locator('.find-found li').nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/patient' && url.searchParams.get('id') === older.id);
    await page.getByText(/1949/).first().waitFor();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: t('nav.patients') })
      .click();
    await heading('people.patients');
    const rows = page.locator('.rows .row');
    await rows.nth(2).waitFor();
    await expect(rows, 'Robin and two, with an account or without').toHaveCount(3);
    await seen('patients');
    await page.getByLabel(t('patients.search'), { exact: true }).fill('holly 1973');
    await rows.nth(1).waitFor({ state: 'detached' });
    await expect(rows.first()).toHaveText(/Karim Holly.*1973/);
  });

  // Clinician finding 9, 26: in pickers; a time in working hours; weekdays whole.
  await test.step('the calendar asks for the right one', async () => {
    // A Sunday: no one works.
    await page.goto(`${origin}/calendar?view=week&day=2031-03-02`);
    await button('cal.new').click();
    expect([await field('cal.day').inputValue(), await field('cal.time').inputValue()]).toStrictEqual([
      '2031-03-03',
      '09:00',
    ]);
    await field('who.patient').fill('karim');
    const found = page.locator('.who-found button');
    await found.nth(1).waitFor();
    expect((await found.allTextContents()).join('|')).toMatch(/1949.*\|.*1973/);
    await field('who.patient').press('Enter');
    await expect(found, 'Enter does not choose one of several').toHaveCount(2);
    await seen('new appointment');
    await field('who.patient').fill('karim 1973');
    await found.nth(1).waitFor({ state: 'detached' });
    await field('who.patient').press('Enter');
    await page.getByRole('dialog').getByText(/1973/).waitFor();
    await button('cal.new.save').click();
    await page.locator('[data-visit]', { hasText: 'Karim Holly' }).filter({ hasText: '1973' }).waitFor();
    await button('cal.hours').click();
    const weekday = page.getByLabel(t('cal.weekday'), { exact: true }).first();
    await weekday.waitFor();
    const room = await page.getByLabel(t('cal.weekday'), { exact: true }).evaluateAll((selects) =>
      (selects as HTMLSelectElement[]).map((select) => {
        const style = getComputedStyle(select);
        const pen = document.createElement('canvas').getContext('2d');
        pen.font = style.font;
        return (
          select.clientWidth -
          Number.parseFloat(style.paddingLeft) -
          Number.parseFloat(style.paddingRight) -
          pen.measureText(select.selectedOptions[0].text).width
        );
      }),
    );
    expect(room.length === 5 && room.every((left) => left >= 0), `weekdays are cut: ${room.join(', ')}`).toBeTruthy();
    await seen('working hours');
    await page.keyboard.press('Escape');
    await page.goto(`${origin}/remote-monitoring`);
    await page.locator('option', { hasText: 'Karim Holly' }).filter({ hasText: '1949' }).waitFor({ state: 'attached' });
  });

  // Clinician finding 12: an answer without the words of its questions, of a version that was retired since.
  await test.step('answers stand with their questions', async () => {
    const { patient } = await demo_patient(demo);
    const url = 'urn:reprise:questionnaire:how-was-your-week';
    const [asked] = await search(`Questionnaire?url=${url}`);
    await send('PUT', `/Questionnaire/${asked.id}`, { ...asked, status: 'retired' });
    const { id: _id, meta: _meta, ...next } = asked;
    await send('POST', '/Questionnaire', {
      ...next,
      version: '2',
      item: [{ linkId: 'week-hard', type: 'boolean', text: 'Something else entirely?' }],
    });
    await send('POST', '/QuestionnaireResponse', {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: `${url}|${asked.version}`,
      subject: { reference: `Patient/${patient}` },
      source: { reference: `Patient/${patient}` },
      authored: new Date().toISOString(),
      item: [
        {
          linkId: 'week-sleep',
          answer: [
            { valueCoding: asked.item.find(({ linkId }) => linkId === 'week-sleep').answerOption[0].valueCoding },
          ],
        },
        { linkId: 'week-confidence', answer: [{ valueInteger: 5 }] },
        { linkId: 'week-hard', answer: [{ valueBoolean: true }] },
        { linkId: 'week-hard-which', answer: [{ valueString: 'The squat' }] },
      ],
    });
    await page.goto(`${origin}/patient?id=${patient}&tab=orders`);
    await page.locator('.order-links button').first().click();
    await page.getByText('Was one of the exercises too hard?').waitFor();
    expect(await page.getByText('week-hard').count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  // Patient finding 30: a visit's page without a visit tells a patient what a patient can do, not a clinician.
  await test.step('there is no visit', async () => {
    await page.goto(`${origin}/visit`);
    await shows('visit.which');
    await button('visit.toWorklist').click();
    await heading('work.title');
    await window.context.clearCookies();
    await demo.sign_in();
    await page.goto(`${origin}/visit`);
    await shows('visit.which.patient');
    expect(await page.getByRole('main').getByText(t('visit.which'), { exact: true }).count()).toBe(0);
    await look(window, 'no visit');
    await button('visit.toToday').click();
    await heading('today.title');
  });

  expect(window.problems).toStrictEqual([]);
  await demo.browser.close();
  // Clinician finding 8: the demonstration starts again.
  await demo.server.kill();
  const again = await start_server(['--demo', '--demo-patients', '0'], demo.server.folder);
  await again.stop();
});
