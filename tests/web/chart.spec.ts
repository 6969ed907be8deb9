// SPDX-License-Identifier: Apache-2.0
// A clinician's chart of a patient through the pages of a real server: the history, one session in detail, goals, the
// report for a referrer; and data that must no longer be shown.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadReprise } from '../../build/wasm/module/reprise.mjs';
import { create, daily_past, demo_patient, recorded_set, set_of, sign_in_clinician, writer } from './chart_patient.mjs';
import { command, expect, pictures, test } from './journey.ts';
import { look } from './look.ts';

const DAY_MS = 24 * 3600_000;
const file = (id) => readFileSync(new URL(`../../catalog/exercises/${id}.json`, import.meta.url), 'utf8');

/** Two days ago in the morning, here. */
const start = new Date(Date.now() - 2 * DAY_MS).setHours(8, 0, 0, 0);

test('a chart shows a patient’s history, and stops when access ends', async ({ open_demo }) => {
  const reprise = await loadReprise({
    wasm: readFileSync(new URL('../../build/wasm/module/reprise_engine.wasm', import.meta.url)),
  });
  const demo = await open_demo({ width: 1280, patients: 4 });
  const { window, search } = demo;
  const { page, t, button, shows } = window;
  const seen = (name) => look(window, name, { narrow: 820 });
  /** As on a desk's screen, for the document. */
  const for_document = async (name) => {
    if (!pictures) return;
    await page.setViewportSize({ width: 1280, height: 960 });
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(pictures, `document ${name}.png`) });
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  const { patient, requests } = await demo_patient(demo);
  const { send, write } = writer(demo, command);
  const tab = async (name) =>
    page
      .getByRole('navigation', { name: t('chart.tabs') })
      .getByRole('link', { name: t(`chart.tab.${name}`), exact: true })
      .click();

  /** The weeks' figures, the newest first. */
  async function adherence_of(id) {
    await page.goto(`${demo.origin}/patient?id=${id}`);
    const card = page.locator('.trend-card', {
      has: page.getByRole('heading', { name: t('chart.adherence'), exact: true }),
    });
    await card.locator('canvas').waitFor();
    await card.locator('summary').first().click();
    return card.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.textContent));
  }

  /** Sets on an average day, of the day that is told of below the timeline. */
  const prescribed_now = () =>
    page
      .locator('.day-told')
      .getByText(/prescribed on average/)
      .textContent();

  const report_of = async (id) => {
    await page.goto(`${demo.origin}/patient?id=${id}&tab=report`);
    return page.getByText(/% of the sets prescribed at the time/).textContent();
  };

  const time_of_replay = () =>
    page
      .getByRole('slider', { name: t('chart.replay.time') })
      .evaluate((slider: HTMLInputElement) => Number(slider.value));

  /** Clinician finding 30: pages on paper have numbers and the patient's name, and the last drawings stay together. */
  async function every_page_says_whose_it_is() {
    const sheets = await page.evaluate(() =>
      document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText)).join('\n'),
    );
    expect(sheets).toMatch(/@bottom-left\s*\{[^}]*Robin Simulated, born/);
    expect(sheets).toMatch(/@bottom-right\s*\{[^}]*counter\(page\)/);
    const title = await page.title();
    const printed = await page.evaluate(() => {
      const print = new Promise((resolve) => {
        window.addEventListener('beforeprint', () => resolve(document.title), { once: true });
      });
      window.dispatchEvent(new Event('beforeprint'));
      return print;
    });
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    expect([printed, await page.title()]).toStrictEqual([t('chart.report.title', { name: 'Robin Simulated' }), title]);
    await page.emulateMedia({ media: 'print' });
    expect(
      await page
        .locator('.report-trends figure')
        .last()
        .evaluate((figure) => getComputedStyle(figure).breakBefore),
    ).toBe('avoid');
    if (pictures) await page.pdf({ path: join(pictures, 'report.pdf'), format: 'A4', preferCSSPageSize: false });
    await page.emulateMedia({ media: null });
  }

  /** Clinician finding 29: names of exercises do not lie over each other on a tablet. */
  async function names_have_room() {
    await page.setViewportSize({ width: 820, height: 1180 });
    const rows = await page.locator('table.sets td button').evaluateAll((buttons) =>
      buttons.map((one) => {
        const [outer, label] = [
          one.getBoundingClientRect(),
          one.querySelector('.mantine-Button-label').getBoundingClientRect(),
        ];
        return [one.textContent, outer.top - label.top, label.bottom - outer.bottom] as const;
      }),
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const [name, above, below] of rows)
      expect(above <= 1 && below <= 1, `${name} sticks out of its button by ${above} and ${below}`).toBeTruthy();
    await page.setViewportSize({ width: 1280, height: 800 });
  }

  await test.step('there is a past', async () => {
    await write(daily_past({ patient, requests, days: pictures ? 70 : 24, now: Date.now() - DAY_MS }));
    const odd = (values) =>
      set_of({
        patient,
        request: requests.squat,
        exercise: 'squat',
        name: 'Squat',
        measure: 'knee_flexion',
        start: start - DAY_MS,
        ...values,
      });
    await write([
      odd({ range: { value: 4000, from: 3, uncertainty: 8 } }),
      odd({ unit: '', range: { value: 80, from: 3, uncertainty: 8 } }),
      odd({ start: Date.now() + 9 * DAY_MS, range: { value: 95, from: 3, uncertainty: 8 } }),
      set_of({ patient, exercise: 'a_former_one', name: 'A former exercise', start: start - 2 * DAY_MS, quality: 70 }),
    ]);
    for (const [exercise, side, ceiling, at] of [
      ['squat', null, null, start],
      ['squat', null, null, start - 7 * DAY_MS],
      ['heel_slide', 'left', 90, start + 600_000],
    ]) {
      const options = { repetitions: 3, ...(exercise === 'squat' && at === start && { fault: 'trunk_forward' }) };
      await send(
        'POST',
        '',
        recorded_set(reprise, {
          exercise_text: file(exercise),
          patient,
          request: requests[exercise],
          side,
          ceiling,
          start: at,
          options,
        }).bundle,
      );
    }
    // An exercise that the record no longer has is in the programme, and one that a camera cannot measure well enough
    // for its target of 8°.
    const [plan] = await search(`CarePlan?subject=Patient/${patient}`);
    const made = async (type, resource) =>
      new RegExp(`${type}/[^/]+`).exec(
        (await send('POST', `/${type}`, create({ resourceType: type, ...resource }).resource)).headers.get('location'),
      )[0];
    const order = (exercise, more = {}) =>
      made('ServiceRequest', {
        status: 'active',
        intent: 'order',
        instantiatesCanonical: [`urn:reprise:exercise:${exercise}`],
        subject: { reference: `Patient/${patient}` },
        ...more,
      });
    const { extension, occurrenceTiming } = await demo.read(`ServiceRequest/${requests.squat}`);
    const added = [
      await order('gone'),
      await order('bridge', {
        occurrenceTiming,
        extension: extension.filter(({ url }) => url === 'urn:reprise:dosage'),
      }),
    ];
    await write(
      [14, 9, 12, 10, 11].map((value, i) =>
        set_of({
          patient,
          exercise: 'bridge',
          name: 'Bridge',
          measure: 'hip_flexion',
          start: start - (5 - i) * DAY_MS,
          range: { value, from: 45, uncertainty: 12 },
        }),
      ),
    );
    await send('PUT', `/CarePlan/${plan.id}`, {
      ...plan,
      activity: [...plan.activity, ...added.map((reference) => ({ reference: { reference } }))],
    });
    // A questionnaire of the clinic's own, answered.
    const url = 'urn:uuid:7d1f9f5e-0c44-4d0d-9a35-3f8f4c1d8e11';
    await made('Questionnaire', {
      url,
      version: '2',
      status: 'active',
      title: 'Life with a new knee',
      item: [{ linkId: 'q1', type: 'boolean', text: 'Do you sleep well?' }],
    });
    await made('QuestionnaireResponse', {
      status: 'completed',
      questionnaire: `${url}|2`,
      subject: { reference: `Patient/${patient}` },
      source: { reference: `Patient/${patient}` },
      authored: new Date(start).toISOString(),
      item: [{ linkId: 'q1', answer: [{ valueBoolean: true }] }],
    });
  });
  await sign_in_clinician(demo, window);

  await test.step('the last weeks', async () => {
    await page.goto(`${demo.origin}/patient?id=${patient}`);
    await page.locator('.trend-card canvas').first().waitFor();
    await shows('chart.simulated');
    await page
      .getByText(t('chart.ceiling', { value: '90°' }))
      .first()
      .waitFor();
    // Clinician finding 25: a link that looks like a button has its text in the middle.
    const off = await page.getByRole('link', { name: t('plan.open'), exact: true }).evaluate((link) => {
      const [box, label] = [link, link.querySelector('.mantine-Button-label')].map((one) =>
        one.getBoundingClientRect(),
      );
      return (box.top + box.bottom - label.top - label.bottom) / 2;
    });
    expect(Math.abs(off), `${off}`).toBeLessThanOrEqual(1);
    // Clinician finding 6
    await shows('chart.bearing', { bearing: t('plan.bearing.full') });
    await page
      .getByText(t('chart.programme.problem', { text: '' }).trim())
      .first()
      .waitFor();
    await page.getByText(t('chart.ahead', { count: 1 })).waitFor();
    // By keys from day to day, and told.
    const slider = page.getByRole('slider', { name: t('chart.timeline') });
    await slider.focus();
    const told = () => slider.getAttribute('aria-valuetext');
    const last = await told();
    await page.keyboard.press('ArrowLeft');
    expect(await told()).not.toBe(last);
    await page.keyboard.press('End');
    expect(await told()).toBe(last);
    // Clinician finding 12: a questionnaire of the clinic's own is called by its title.
    for (let i = 0; i < 60 && !(await told()).includes('Life with a new knee'); ++i)
      await page.keyboard.press('ArrowLeft');
    expect(await told()).toMatch(new RegExp(`${t('chart.kind.questionnaire')}: Life with a new knee`));
    expect(await page.getByText(/urn:uuid/).count()).toBe(0);
    // A missing picture is explained beside the numbers.
    const squat = page
      .locator('.trend-card', { has: page.getByRole('heading', { name: 'Squat', exact: true }) })
      .first();
    await squat.getByText(t('chart.odd', { count: 3 })).waitFor();
    await squat.locator('summary').first().click();
    for (const trouble of ['implausible', 'unit', 'future'])
      await squat
        .getByText(t(`chart.trouble.${trouble}`))
        .first()
        .waitFor();
    await page.getByRole('heading', { name: 'A former exercise' }).waitFor();
    if (pictures) await page.evaluate(() => window.scrollTo(0, 0));
    await for_document('chart');
    await seen('chart');
    await page.getByRole('link', { name: t('chart.range.2w'), exact: true }).click();
    await page.waitForURL(/range=2w/);
    await expect(page.locator('nav [aria-current]', { hasText: t('chart.range.2w') })).toHaveText(/\S/);
  });

  // Clinician finding 1: a prescription from today on changes no earlier week and no report for a referrer.
  await test.step('the past stays when the programme changes', async () => {
    let plan: any;
    // The simulated clinic's history is still being written.
    for (let i = 0; i < 300 && !plan; ++i) {
      const plans = await search(
        'CarePlan?status=active&category=urn:reprise:care-plan%7Cexercise-programme&_sort=_id',
      );
      plan = plans.find(
        ({ subject, period }) =>
          subject.reference !== `Patient/${patient}` && Date.parse(period.start) < Date.now() - 40 * DAY_MS,
      );
      if (!plan) await page.waitForTimeout(200);
    }
    const id = plan.subject.reference.slice('Patient/'.length);
    // Whatever weekday it is, something was done this week: of nothing, more would be no smaller part.
    const asked = plan.activity.flatMap(({ reference: one }) => one ?? [])[0].reference;
    const exercise = (await demo.read(asked)).instantiatesCanonical[0].split(':').at(-1).split('|')[0];
    await write([
      set_of({
        patient: id,
        request: asked.slice('ServiceRequest/'.length),
        exercise,
        name: exercise,
        start: Date.now(),
      }),
    ]);
    const weeks = await adherence_of(id);
    expect(
      weeks[0].includes(t('chart.adherence.soFar')) && !weeks[1].includes(t('chart.adherence.soFar')),
      weeks.join('\n'),
    ).toBeTruthy();
    const [prescribed, report] = [await prescribed_now(), await report_of(id)];
    expect(weeks.length > 5 && weeks.slice(1).some((week) => !/ 0%/.test(week)), weeks.join('\n')).toBeTruthy();
    for (const { reference } of plan.activity.flatMap(({ reference: one }) => one ?? [])) {
      const request = await demo.read(reference);
      request.extension.find(({ url }) => url === 'urn:reprise:dosage').extension[0].valuePositiveInt = 9;
      await send('PUT', `/${reference}`, { ...request, authoredOn: new Date().toISOString() });
    }
    await send('PUT', `/CarePlan/${plan.id}`, { ...plan, title: 'More of everything' });
    const after = await adherence_of(id);
    expect(after.slice(1)).toStrictEqual(weeks.slice(1));
    expect(await prescribed_now(), 'today is judged by the new prescription').not.toBe(prescribed);
    expect(await report_of(id)).toBe(report);
    await page.goto(`${demo.origin}/patient?id=${id}`);
    await page.locator('.trend-card canvas').first().waitFor();
    await seen('chart of a programme that changed');
  });
  await page.goto(`${demo.origin}/patient?id=${patient}`);
  await page.locator('.trend-card canvas').first().waitFor();

  await test.step('a session from near', async () => {
    const day = new Date(start);
    const two_digits = (number) => String(number).padStart(2, '0');
    const iso = `${day.getFullYear()}-${two_digits(day.getMonth() + 1)}-${two_digits(day.getDate())}`;
    await tab('sessions');
    await page.getByLabel(t('chart.day'), { exact: true }).selectOption(iso);
    await page
      .locator('tr', { has: page.getByText(t('chart.recorded'), { exact: true }) })
      .getByRole('button', { name: 'Squat' })
      .click();
    await page.locator('.pane canvas').first().waitFor();
    await names_have_room();
    // Both passes ran over it: three repetitions, the fault that was drawn into them.
    await page.getByRole('button', { name: t('chart.repetition.go', { number: 3, time: '' }).trim() }).waitFor();
    expect(await page.getByText(t('chart.noFaults')).count()).toBe(0);
    await page.getByLabel(t('chart.replay.beside')).selectOption('reference');
    await page.locator('.pane canvas').nth(1).waitFor();
    await button('chart.replay.play').click();
    await page.waitForFunction(
      (label) => Number(document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`).value) > 0.5,
      t('chart.replay.time'),
    );
    await button('chart.replay.pause').click();
    await page.getByRole('button', { name: t('chart.repetition.go', { number: 3, time: '' }).trim() }).click();
    const there = await time_of_replay();
    expect(there, `${there}`).toBeGreaterThan(5);
    await page.keyboard.press('.');
    const [before, after] = [there, await time_of_replay()];
    expect(after > before && after - before < 0.1, `one picture on: ${before} ${after}`).toBeTruthy();
    await page.keyboard.press('3');
    await expect(button('chart.view.side')).toHaveAttribute('aria-pressed', 'true');
    // A comment at this moment.
    await page.getByLabel(t('chart.comment.here')).fill('Knees over the toes here.');
    await button('chart.comment.save').click();
    await page.getByText('Knees over the toes here.').waitFor();
    // The field shows the typed text, too, until it is sent.
    let comment: any;
    for (let i = 0; i < 100 && !comment; ++i) {
      [comment] = await search(
        `Communication?subject=Patient/${patient}&category=urn:reprise:communication%7Csession-comment`,
      );
      if (!comment) await page.waitForTimeout(100);
    }
    expect(Math.abs(comment.extension[0].valueQuantity.value - after), JSON.stringify(comment.extension)).toBeLessThan(
      0.05,
    );
    expect(comment.about.map(({ reference }) => reference.split('/')[0])).toStrictEqual([
      'Procedure',
      'DocumentReference',
    ]);
    expect(comment.meta.tag[0].code).toBe('simulated');
    if (pictures) {
      await page.locator('.player').focus();
      for (const key of ['1', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
      await page.locator('.player').evaluate((player) => player.scrollIntoView());
    }
    await for_document('session');
    await seen('session review');
    // Beside another day, and taken back.
    await page.getByLabel(t('chart.replay.beside')).selectOption({ index: 2 });
    await page.locator('.pane canvas').nth(1).waitFor();
    await button('chart.comment.takeBack').click();
    await shows('chart.comments.none');
    await page
      .locator('tr', { has: page.getByText(t('chart.notRecorded'), { exact: true }) })
      .getByRole('button')
      .first()
      .click();
    await page.getByText(t('chart.replay.none')).waitFor();
  });

  await test.step('goals and problems', async () => {
    await tab('goals');
    await button('chart.goal.add').click();
    await button('chart.goal.save').click();
    await shows('field.missing');
    await page.getByLabel(t('chart.goal.words'), { exact: true }).fill('Kneel in the garden');
    // Clinician finding 11: a goal has no measure and no direction before the clinician chooses. Finding 7: pain is
    // offered by its moment.
    expect(await page.getByLabel(t('chart.goal.measure')).inputValue()).toBe('');
    for (const moment of ['before', 'after', 'next-morning'])
      await expect(page.getByLabel(t('chart.goal.measure')).locator(`option[value="pain|${moment}"]`)).toHaveCount(1);
    await page.getByLabel(t('chart.goal.measure')).selectOption('range|squat|');
    expect(await page.getByLabel(t('chart.goal.direction')).inputValue()).toBe('');
    await page.getByLabel(t('chart.goal.value', { unit: '°' })).fill('120');
    await button('chart.goal.save').click();
    await shows('field.missing');
    await page.getByLabel(t('chart.goal.direction')).selectOption('least');
    const due = new Date(Date.now() + 60 * DAY_MS).toISOString().slice(0, 10);
    await page.getByLabel(t('chart.goal.due'), { exact: true }).fill(due);
    // Fields of dialogs are looked at by other tests.
    if (pictures) await seen('a new goal');
    await button('chart.goal.save').click();
    await page.getByText('Kneel in the garden').waitFor();
    const goals = () => search(`Goal?patient=${patient}`);
    const [goal] = await goals();
    expect([goal.target[0].detailQuantity.value, goal.target[0].dueDate, goal.lifecycleStatus]).toStrictEqual([
      120,
      due,
      'active',
    ]);
    await button('chart.undo').click();
    await shows('chart.goals.none');
    expect((await goals())[0].lifecycleStatus).toBe('entered-in-error');
    // Since before there was anything to measure, so that there is a way to be shown.
    await send('POST', '/Goal', {
      ...goal,
      id: undefined,
      identifier: undefined,
      startDate: new Date(Date.now() - 20 * DAY_MS).toISOString().slice(0, 10),
    });
    await page.reload();
    await page.getByRole('progressbar', { name: t('chart.goal.progress') }).waitFor();
    await button('chart.problem.resolve').last().waitFor();
    // Clinician finding 21: it reads as something to do, not as a state.
    expect(t('chart.problem.resolve')).toBe('Mark as resolved');
    const problems = await page.getByRole('button', { name: t('chart.problem.resolve'), exact: true }).count();
    await page
      .getByRole('button', { name: t('chart.problem.resolve'), exact: true })
      .first()
      .click();
    await shows('chart.problem.resolved');
    await page.waitForFunction(
      ([name, count]) =>
        [...document.querySelectorAll('button')].filter(({ textContent }) => textContent === name).length === count,
      [t('chart.problem.resolve'), problems - 1],
    );
    await button('chart.undo').click();
    await page.waitForFunction(
      ([name, count]) =>
        [...document.querySelectorAll('button')].filter(({ textContent }) => textContent === name).length === count,
      [t('chart.problem.resolve'), problems],
    );
    await for_document('goals');
    await seen('goals');
  });

  await test.step('the report', async () => {
    await tab('report');
    await page.getByRole('heading', { name: t('chart.report.title', { name: 'Robin Simulated' }) }).waitFor();
    await page.getByText('Kneel in the garden', { exact: false }).waitFor();
    await shows('chart.report.unreviewed');
    // Clinician finding 16: what the chart tells in words because of its uncertainty, the report does not draw either.
    const [bridge, squat] = ['Bridge', 'Squat'].map((name) =>
      page.locator('.report-trends figure', { hasText: new RegExp(`^${name}, (Hip|Knee) flexion`) }),
    );
    await bridge.getByText(/no line is drawn/).waitFor();
    expect([await bridge.locator('svg').count(), await squat.locator('svg').count()]).toStrictEqual([0, 1]);
    if (pictures) await page.locator('.report').evaluate((report) => report.scrollIntoView());
    await for_document('report');
    await seen('report');
    await every_page_says_whose_it_is();
    const [download] = await Promise.all([page.waitForEvent('download'), button('chart.report.save').click()]);
    const html = readFileSync(await download.path(), 'utf8');
    expect(html).toMatch(/@bottom-left\{content:"Robin Simulated, /);
    expect(
      html.includes('Kneel in the garden') &&
        html.includes('<svg') &&
        html.includes(t('chart.simulated')) &&
        !html.includes('<script'),
    ).toBeTruthy();
  });

  await test.step('consent is withdrawn', async () => {
    await send('POST', '/Consent', {
      resourceType: 'Consent',
      status: 'active',
      scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
      patient: { reference: `Patient/${patient}` },
      policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTOUT' }] },
    });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await shows('chart.gone');
    expect(await page.locator('main').innerText()).not.toMatch(/Robin|Squat|Kneel/);
    await page.goto(`${demo.origin}/patient?id=${patient}&tab=sessions`);
    await shows('chart.gone');
    await page.goto(`${demo.origin}/patient`);
    await shows('chart.whom');
  });

  expect(window.problems).toStrictEqual([]);
});
