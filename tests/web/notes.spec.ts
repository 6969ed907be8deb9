// SPDX-License-Identifier: Apache-2.0
// A clinician writes a note, inserts measured values, is signed out in the midst of it, meets another clinician's
// changes, signs, and adds an addendum; printing is blocked; a questionnaire is asked for and answered. Through the
// pages of a real server.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open_window } from './browser.mjs';
import { daily_past, demo_patient, set_of, sign_in_clinician, writer } from './chart_patient.mjs';
import { all_is_sent } from './demo.mjs';
import { command, expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const DAY_MS = 24 * 3600_000;
const text_of = ({ section }, title) => section.find((one) => one.title === title)?.text.div ?? '';

test('notes are written, signed and locked', async ({ open_demo }) => {
  const demo = await open_demo();
  const { search, read } = demo;
  const robin = demo.window;
  const window = await open_window(demo.browser, demo.origin, { width: 1280, acceptDownloads: true });
  const { page, t, button, heading, shows, field } = window;
  const seen = (name) => look(window, name, { narrow: 820 });
  const { patient, requests } = await demo_patient(demo);
  const { send, write } = writer(demo, command);
  const exercises = Object.keys(requests).length;
  const notes_of = async () => search(`Composition?subject=Patient/${patient}&_sort=date&_count=100`);
  const list = `${demo.origin}/patient?id=${patient}&tab=notes`;

  /** For the documents: what a desk's screen shows. */
  async function for_document(name) {
    if (!pictures) return;
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: join(pictures, `document ${name}.png`) });
  }

  /** Who leaves a field need not wait. */
  async function is_saved() {
    await page.keyboard.press('Tab');
    await shows('notes.standing.saved');
  }

  /** `how`: what the browser makes of window.print() where that is blocked. */
  async function printing_is_blocked(how, what) {
    await page.evaluate((throws) => {
      window.print = () => {
        if (throws) throw new DOMException('blocked', 'SecurityError');
      };
    }, how === 'throws');
    await button('chart.report.print').click();
    await shows('print.blocked.print');
    const [download] = await Promise.all([page.waitForEvent('download'), button('chart.report.save').click()]);
    const html = readFileSync(await download.path(), 'utf8');
    for (const words of what) expect(html, `${download.suggestedFilename()} has ${words}`).toContain(words);
    await page.getByText(t('print.blocked.print')).waitFor({ state: 'detached' });
  }

  /** So many exercises the patient's app shows. */
  async function shows_today(count) {
    await robin.page.goto(`${demo.origin}/today`);
    await until(async () => (await robin.page.locator('.exercise-card').count()) === count, `${count} exercises`);
  }

  await demo.sign_in();
  await write(daily_past({ patient, requests, days: 8, now: Date.now() - DAY_MS }));
  // The programme begins today: without a set nothing would be said of sets, because the day is not over.
  await write([
    set_of({
      patient,
      request: requests.heel_slide,
      exercise: 'heel_slide',
      name: 'Heel slide',
      side: 'left',
      start: Date.now() - 60_000,
    }),
  ]);
  await sign_in_clinician(demo, window);

  await test.step('a note is written', async () => {
    await page.goto(list);
    await shows('notes.none');
    await button('notes.new').click();
    await heading('notes.edit');
    await field('notes.part.subjective').fill('Stairs are easier.');
    await field('notes.part.objective').fill('In the clinic: no swelling.');
    await page.keyboard.press('Alt+m');
    await page.getByRole('dialog').waitFor();
    await for_document('values');
    if (pictures) await seen('choosing a measured value');
    await page.getByRole('dialog').getByLabel(t('notes.insert.search')).fill('squat range');
    await shows('notes.insert.none');
    await page.getByRole('dialog').getByLabel(t('notes.insert.search')).fill('squ knee');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const objective = await field('notes.part.objective').inputValue();
    const verdict = /( \((better|worse|cannot tell)\))?/.source;
    const value = /\d+° ± \d+° \(.*\)/.source;
    expect(objective).toMatch(
      new RegExp(
        '^In the clinic: no swelling\\.\n' +
          `Squat, .*: ${value}, before ${value}, change [+−]?\\d+°( ± \\d+°)?${verdict}\n$`,
      ),
    );
    // At once where the cursor is then; "/" at the beginning of a line does the same, and in a line it is a letter.
    await until(
      () => page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'),
      'the field has the focus again',
    );
    await page.keyboard.type('/');
    await expect(page.getByRole('dialog').getByLabel(t('notes.insert.search'))).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(
      async () => /Sets done from/.test(await field('notes.part.objective').inputValue()),
      'the first is chosen by arrows',
    );
    await until(
      () => page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'),
      'the field has the focus again',
    );
    await page.keyboard.type('Squats 3/10.');
    expect(await field('notes.part.objective').inputValue()).toMatch(/Squats 3\/10\.$/);
    await is_saved();
    const [note] = await notes_of();
    expect([note.status, note.author[0].reference.split('/')[0], note.meta.tag[0].code]).toStrictEqual([
      'preliminary',
      'Practitioner',
      'simulated',
    ]);
    expect(note.section.map(({ code }) => code.coding[0].code)).toStrictEqual(['61150-9', '61149-1']);
    const { entry } = note.section[1];
    expect(entry).toHaveLength(2);
    const measured = await read(entry[0].reference);
    expect(entry[0].display, entry[0].display).toContain(`${Math.round(measured.valueQuantity.value)}°`);
    await shows('notes.evidence', { count: 2 });
    await for_document('note');
    await seen('a note is written');
  });

  await test.step('the sign in ends', async () => {
    const [cookie] = (await window.context.cookies()).filter(({ httpOnly }) => httpOnly);
    await window.context.clearCookies();
    await field('notes.part.plan').fill('Go on with the squat.');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: t('signIn.action'), exact: true }).waitFor();
    expect(await page.getByText('Go on with the squat.').count()).toBe(0);
    expect((await notes_of())[0].section.some(({ title }) => title === 'Plan')).toBeFalsy();
    await window.context.addCookies([cookie]);
    await page.goto(list);
    await shows('notes.onDevice');
    await page.getByRole('link', { name: t('notes.title.first'), exact: true }).click();
    await until(
      async () => (await field('notes.part.plan').inputValue()) === 'Go on with the squat.',
      'the device kept it',
    );
    await is_saved();
    expect(text_of((await notes_of())[0], 'Plan')).toMatch(/Go on with the squat\./);
  });

  await test.step('another clinician writes', async () => {
    const [note] = await notes_of();
    const theirs = structuredClone(note);
    theirs.section.find(({ title }) => title === 'Plan').text.div =
      '<div xmlns="http://www.w3.org/1999/xhtml"><p>Rest for a week.</p></div>';
    await send('PUT', `/Composition/${note.id}`, theirs);
    await field('notes.part.plan').fill('Go on with the squat, slowly.');
    await page.keyboard.press('Tab');
    await shows('notes.conflict.both');
    await page.locator('.note-theirs', { hasText: 'Rest for a week.' }).waitFor();
    if (pictures) await seen('two wrote');
    expect(text_of((await notes_of())[0], 'Plan')).toMatch(/Rest for a week/);
    await button('notes.conflict.both').click();
    await is_saved();
    await expect(field('notes.part.plan')).toHaveValue('Go on with the squat, slowly.\n\nRest for a week.');
    expect(text_of((await notes_of())[0], 'Plan')).toMatch(/slowly\.<\/p><p>Rest for a week\./);
  });

  await test.step('signed and locked', async () => {
    // A value that was typed over rests on nothing any more.
    const before = await field('notes.part.objective').inputValue();
    await field('notes.part.objective').fill(before.replace(/: \d+°/, ': 170°'));
    await page.getByText(/^Inserted values that were changed by hand/).waitFor();
    await field('notes.part.objective').fill(before);
    await page.getByRole('button', { name: `${t('notes.sign')}…`, exact: true }).click();
    await page.getByText(t('notes.sign.missing', { parts: t('notes.part.assessment') })).waitFor();
    if (pictures) await seen('before signing');
    await button('notes.sign.now').click();
    await shows('notes.locked');
    const [note] = await notes_of();
    expect([note.status, note.attester.length, note.attester[0].mode, note.attester[0].party.reference]).toStrictEqual([
      'final',
      1,
      'legal',
      note.author[0].reference,
    ]);
    expect(note.section[1].entry).toHaveLength(2);
    await for_document('signed');
    await seen('a signed note');
    const put = await page.evaluate(
      async ({ changed, id }) => {
        const { csrf } = await (await fetch('/auth/session')).json();
        const answer = async (method, body = undefined) =>
          (
            await fetch(`/fhir/Composition/${id}`, {
              method,
              headers: { 'content-type': 'application/fhir+json', 'x-csrf-token': csrf },
              ...(body && { body: JSON.stringify(body) }),
            })
          ).status;
        return [await answer('PUT', changed), await answer('DELETE')];
      },
      { id: note.id, changed: { ...note, title: 'Another' } },
    );
    expect(put).toStrictEqual([422, 422]);
    await printing_is_blocked('is silent', [
      'Stairs are easier.',
      'Rest for a week.',
      t('chart.simulated'),
      'Robin Simulated',
    ]);
  });

  await test.step('an addendum', async () => {
    await button('notes.addendum.add').click();
    await heading('notes.edit.addendum');
    await field('notes.part.addendum').fill('It is the left knee.');
    await page.getByRole('button', { name: `${t('notes.sign')}…`, exact: true }).click();
    await button('notes.sign.now').click();
    // Clinician finding 32: its own page is called an addendum, and the list shows first words.
    await button('notes.addendum.to').waitFor();
    expect(await page.locator('.note-paper h2').textContent()).toBe(t('notes.addendum'));
    await button('notes.addendum.to').click();
    await page.locator('.note-paper', { hasText: 'It is the left knee.' }).locator('h2').waitFor();
    const [note, addendum] = await notes_of();
    expect([addendum.status, addendum.relatesTo]).toStrictEqual([
      'final',
      [{ code: 'appends', targetReference: { reference: `Composition/${note.id}` } }],
    ]);
  });

  await test.step('a draft waits in the worklist and is discarded', async () => {
    await page.goto(list);
    await button('notes.new').click();
    await field('notes.part.plan').fill('Unfinished.');
    await is_saved();
    await page.goto(`${demo.origin}/worklist`);
    await page
      .locator('.work', { hasText: 'Robin' })
      .getByRole('link', { name: t('inbox.of', { what: t('work.notes', { count: 1 }), name: 'Robin Simulated' }) })
      .click();
    await shows('notes.draft');
    await page.locator('.note-addenda .excerpt', { hasText: 'It is the left knee.' }).waitFor();
    await page.locator('.note-list .excerpt', { hasText: 'Unfinished.' }).waitFor();
    if (pictures) await seen('notes');
    await page.locator('.note-list').getByRole('link').first().click();
    await field('notes.part.plan').waitFor();
    await page.getByRole('button', { name: `${t('notes.discard')}…`, exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('notes.discard'), exact: true })
      .click();
    await shows('notes.discarded');
    expect(await notes_of()).toHaveLength(2);
    await button('chart.undo').click();
    await shows('notes.draft');
    expect((await notes_of()).map(({ status }) => status).sort()).toStrictEqual(['final', 'final', 'preliminary']);
  });

  await test.step('the report is blocked too', async () => {
    await page.goto(`${demo.origin}/patient?id=${patient}&tab=report`);
    await heading('chart.report.title', { name: 'Robin Simulated' });
    await printing_is_blocked('throws', ['Robin Simulated', t('chart.report.unreviewed')]);
  });

  // The patient sees it, answers, and the clinician reads the answer.
  await test.step('a questionnaire is asked for', async () => {
    await page.goto(`${demo.origin}/patient?id=${patient}&tab=orders`);
    // What the demonstration asks each week is withdrawn, and asked for once instead.
    await page
      .getByRole('button', { name: t('orders.withdraw.of', { title: 'How was your week?' }), exact: true })
      .click();
    await shows('orders.state.withdrawn');
    await button('orders.new').click();
    await page.getByRole('dialog').waitFor();
    await button('orders.ask').click();
    await shows('field.missing');
    await page
      .getByRole('dialog')
      .getByLabel(t('orders.which'), { exact: true })
      .selectOption({ label: 'How was your week?' });
    await page
      .getByRole('dialog')
      .getByLabel(t('field.optional', { label: t('orders.reason') }))
      .fill('Before your visit (simulated).');
    if (pictures) await seen('asking for a questionnaire');
    await button('orders.ask').click();
    await shows('orders.state.due');
    await robin.page.goto(`${demo.origin}/questions`);
    await robin.page.getByText('Before your visit (simulated).').waitFor();
    await robin.page.getByText(/^Please answer by/).waitFor();
    await robin.page.getByRole('button', { name: robin.t('questions.answer') }).click();
    await robin.page.getByRole('radio', { name: 'So-so' }).check();
    await robin.page.locator('.scale label', { hasText: /^7$/ }).click();
    await robin.page
      .getByRole('group', { name: 'Was one of the exercises too hard?' })
      .getByRole('radio', { name: t('no'), exact: true })
      .check();
    await robin.button('questions.send').click();
    await robin.shows('questions.thanks');
    await all_is_sent(robin.page);
    await page.reload();
    await shows('orders.state.done');
    await page.locator('.order-links').getByRole('button').first().click();
    await page.getByRole('dialog').getByText('So-so').waitFor();
    if (pictures) await seen('an answer');
    await page.keyboard.press('Escape');
  });

  // One set by a day; once it is done, the patient is asked no more.
  await test.step('a measurement is asked for', async () => {
    await button('orders.measure.new').click();
    await page
      .getByRole('dialog')
      .getByLabel(t('orders.measure.which'), { exact: true })
      .selectOption({ label: 'Squat' });
    if (pictures) await seen('asking for a measurement');
    await button('orders.ask').click();
    await shows('orders.measure.due');
    await shows_today(exercises + 1);
    const [request] = (await search(`ServiceRequest?subject=Patient/${patient}&_count=100`)).filter(
      ({ category }) => category?.[0].coding[0].code === 'assessment',
    );
    await write([
      set_of({
        patient,
        request: request.id,
        exercise: 'squat',
        name: 'Squat',
        measure: 'knee_flexion',
        start: Date.now() - 60_000,
        range: { value: 97, from: 3, uncertainty: 5 },
      }),
    ]);
    await shows_today(exercises);
    await page.reload();
    await shows('orders.measure.done');
    await page.getByText(/97° ± 5°/).waitFor();
    await for_document('asked for');
    await seen('asked for');
  });

  expect([robin.problems, window.problems]).toStrictEqual([[], []]);
});
