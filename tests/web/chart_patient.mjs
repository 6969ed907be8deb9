// SPDX-License-Identifier: Apache-2.0
// A clinician who is signed in, and a patient with a past, for tests and measurements of the chart. All entries are
// simulated, and say so.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ask } from '../server/server.mjs';
import { authenticator, open_window } from './browser.mjs';
import { PASSWORD, all_is_sent, printed_link } from './demo.mjs';

const DAY_MS = 24 * 3600_000;
const SIMULATED = { tag: [{ system: 'urn:reprise:tag', code: 'simulated', display: 'simulated: about no person' }] };
const own = (code) => ({ coding: [{ system: 'urn:reprise:observation', code }] });
const side_words = { left: '7771000', right: '24028007' };

/** Writes with every right, as a program of the clinic; in transactions of at most 900 entries. */
export function writer({ server }, command) {
  const token = execFileSync(
    command,
    ['token', 'create', '--name', 'seed', '--scopes', 'system/*.cruds', '--record-folder', server.folder],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim();
  const send = async (method, path, body = undefined) => {
    const answer = await ask(server.base, method, path, body, {
      authorization: `Bearer ${token}`,
      prefer: 'return=minimal',
    });
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer;
  };
  return {
    send,
    /** `entries`: groups that stay in one transaction. */
    async write(groups) {
      for (let at = 0; at < groups.length; ) {
        const entry = [];
        while (at < groups.length && entry.length + groups[at].length <= 900) entry.push(...groups[at++]);
        await send('POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
      }
    },
  };
}

/** Gives an account a mail address, on a page of a clinician who is signed in. */
export async function set_mail(page, account, mail) {
  const status = await page.evaluate(
    async ([name, address]) => {
      const { csrf } = await (await fetch('/auth/session')).json();
      const { accounts } = await (await fetch(`/auth/accounts?search=${name}`)).json();
      const answer = await fetch(`/auth/accounts/${accounts[0].id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
        body: JSON.stringify({ mail: address }),
      });
      return answer.status;
    },
    [account, mail],
  );
  assert.equal(status, 200);
}

export const create = (resource, fullUrl = `urn:uuid:${randomUUID()}`) => ({
  fullUrl,
  resource: { ...resource, meta: SIMULATED },
  request: { method: 'POST', url: resource.resourceType },
});

/** The same numbers from the same seed. */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * What a set leaves: its Procedure and Observations. `range`: {value, from, uncertainty}; `limited`: a ceiling is set.
 *
 * @param {{ patient: string, exercise: string, name: string, start: number, [more: string]: any }} set
 */
export function set_of({
  patient,
  request,
  exercise,
  name,
  side,
  start,
  range,
  limited = false,
  measure,
  unit = 'deg',
  quality,
  count = 8,
  status = 'completed',
}) {
  const url = `urn:uuid:${randomUUID()}`;
  const period = { start: new Date(start).toISOString(), end: new Date(start + 60_000).toISOString() };
  const subject = { reference: `Patient/${patient}` };
  const site = side && { coding: [{ system: 'http://snomed.info/sct', code: side_words[side] }], text: side };
  const quantity = (value) => ({ value, ...(unit && { unit, system: 'http://unitsofmeasure.org', code: unit }) });
  const observation = (values) =>
    create({
      resourceType: 'Observation',
      status: 'final',
      subject,
      partOf: [{ reference: url }],
      effectivePeriod: period,
      ...values,
    });
  return [
    create(
      {
        resourceType: 'Procedure',
        status,
        instantiatesCanonical: [`urn:reprise:exercise:${exercise}|1`],
        ...(request && { basedOn: [{ reference: `ServiceRequest/${request}` }] }),
        code: { coding: [{ system: 'urn:reprise:exercise', code: exercise }], text: name },
        subject,
        performedPeriod: period,
        ...(site && { bodySite: [site] }),
      },
      url,
    ),
    observation({ code: own('repetitions'), valueInteger: count }),
    ...(range
      ? [
          observation({
            code: {
              coding: [
                ...own(limited ? 'mean-range' : 'best-range').coding,
                { system: 'urn:reprise:measure', code: measure },
              ],
              text: `Range: ${measure}`,
            },
            ...(site && { bodySite: site }),
            valueQuantity: quantity(range.value),
            component: [
              { code: own('from'), valueQuantity: quantity(range.from) },
              { code: own('uncertainty'), valueQuantity: quantity(range.uncertainty) },
            ],
          }),
        ]
      : []),
    ...(quality === undefined
      ? []
      : [
          observation({
            code: own('movement-quality'),
            valueQuantity: { value: quality, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' },
          }),
        ]),
  ];
}

const survey = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] }];
export const pain_of = ({ patient, at, moment, value }) =>
  create({
    resourceType: 'Observation',
    status: 'final',
    category: survey,
    code: { coding: [{ system: 'http://loinc.org', code: '72514-3' }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: new Date(at).toISOString(),
    valueQuantity: { value, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' },
    component: [
      { code: own('moment'), valueCodeableConcept: { coding: [{ system: 'urn:reprise:moment', code: moment }] } },
    ],
  });
export const effort_of = ({ patient, at, value }) =>
  create({
    resourceType: 'Observation',
    status: 'final',
    category: survey,
    code: own('effort'),
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: new Date(at).toISOString(),
    valueQuantity: { value, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' },
  });

const EXERCISES = [
  {
    exercise: 'heel_slide',
    name: 'Heel slide',
    side: 'left',
    measure: 'knee_flexion',
    limited: true,
    from: 5,
    start: 55,
    end: 88,
  },
  { exercise: 'squat', name: 'Squat', measure: 'knee_flexion', from: 4, start: 60, end: 105 },
  {
    exercise: 'sit_to_stand',
    name: 'Stand up from a chair',
    measure: 'hip_height',
    unit: '1',
    from: 0.1,
    start: 0.7,
    end: 0.95,
  },
  {
    exercise: 'seated_knee_extension',
    name: 'Straighten the knee, sitting',
    side: 'left',
    measure: 'knee_flexion',
    from: 88,
    start: 25,
    end: 6,
  },
  {
    exercise: 'single_leg_stance',
    name: 'Stand on one leg',
    side: 'left',
    measure: 'foot_lift',
    unit: '1',
    from: 0,
    start: 0.12,
    end: 0.25,
  },
];

/**
 * Groups of entries: two sets of five exercises on each of `days` days until `now`, with pain and effort. `requests`:
 * ids by exercise.
 */
export function daily_past({ patient, requests, days, now, seed = 1 }) {
  const random = dice(seed);
  const noise = () => random() + random() - 1;
  const groups = [];
  for (let i = days; i >= 1; --i) {
    const morning = now - i * DAY_MS;
    const share = 1 - Math.exp(-3 * (1 - i / days));
    groups.push([
      pain_of({ patient, at: morning, moment: 'before', value: Math.max(0, Math.round(5 - 3 * share + noise())) }),
    ]);
    for (const { start, end, from, ...exercise } of EXERCISES) {
      for (let set = 0; set < 2; ++set) {
        const wide = exercise.unit === '1' ? 0.04 : 6;
        const value = start + (end - start) * share + noise() * wide;
        groups.push(
          set_of({
            ...exercise,
            patient,
            request: requests[exercise.exercise],
            start: morning + (set + 1) * 300_000,
            quality: Math.min(100, Math.round(60 + 25 * share + 8 * noise())),
            range: { value: Number(value.toFixed(2)), from, uncertainty: wide },
          }),
        );
      }
    }
    groups.push([
      pain_of({
        patient,
        at: morning + 3600_000,
        moment: 'after',
        value: Math.max(0, Math.round(5.5 - 3 * share + noise())),
      }),
      effort_of({ patient, at: morning + 3600_000, value: 4 + Math.round(noise()) }),
    ]);
  }
  return groups;
}

/** Signs a user in by an invitation, with a second factor; `window` is then theirs. `now`: the server's time. */
export async function sign_in_with(origin, window, secret, now = Date.now) {
  let cookie = '';
  let csrf = '';
  const send = async (method, path, body) => {
    const response = await fetch(origin + path, {
      method,
      body: body && JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(cookie && { cookie }), ...(csrf && { 'x-csrf-token': csrf }) },
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${text}`);
    const answer = text ? JSON.parse(text) : {};
    csrf = answer.session?.csrf ?? answer.csrf ?? csrf;
    return answer;
  };
  const { name: account } = await send('POST', '/auth/invitation/acceptance', { secret, password: PASSWORD });
  await send('POST', '/auth/session', { name: account, password: PASSWORD });
  const { secret: factor } = await send('POST', '/auth/enrolment', {});
  await send('POST', '/auth/enrolment/confirmation', { code: await authenticator(factor, now)() });
  const [name, ...value] = cookie.split('=');
  await window.context.addCookies([
    { name, value: value.join('='), url: origin, secure: true, httpOnly: true, sameSite: 'Strict' },
  ]);
  return (await send('GET', '/auth/session')).account;
}

/** Signs the clinician of the demonstration in; `window` is then hers. */
export const sign_in_clinician = ({ server, origin }, window, now = Date.now) =>
  sign_in_with(origin, window, printed_link(server, 'Kim Simulated').split('#')[1], now);

/** Robin's id, and the ids of the ServiceRequests by exercise. */
export async function demo_patient({ search }) {
  const [patient] = (await search('Patient?identifier=urn:reprise:demo%7Cpatient')).map(({ id }) => id);
  const requests = Object.fromEntries(
    (await search('ServiceRequest?identifier=urn:reprise:demo%7C')).map(({ id, code }) => [code.coding[0].code, id]),
  );
  return { patient, requests };
}

/** Sends the programme that is open in the clinician's window. */
export async function send_programme({ page, t }) {
  await page.getByRole('button', { name: `${t('plan.send')}…` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('plan.send'), exact: true })
    .click();
  await page.getByText(t('plan.sent', { name: 'Robin Simulated' })).waitFor();
}

/** A clinician's window with a tab of Robin's chart: {clinic, patient}. */
async function open_tab(demo, tab) {
  const { patient } = await demo_patient(demo);
  const clinic = await open_window(demo.browser, demo.origin, { width: 1280 });
  await clinic.page.goto(`${demo.origin}/`);
  await sign_in_clinician(demo, clinic);
  await clinic.page.goto(`${demo.origin}/patient?id=${patient}&tab=${tab}`);
  return { clinic, patient };
}

/** A clinician's window with the requests to Robin: {clinic, patient}. */
export const open_orders = (demo) => open_tab(demo, 'orders');

/** The same with the assessments; `values(measure)`: the record's Observations of a measure; `sent`: the requests. */
export async function open_assess(demo, kind) {
  const { clinic, patient } = await open_tab(demo, 'assess');
  await clinic.page.getByRole('radio', { name: clinic.t(`assess.kind.${kind}`), exact: true }).check();
  const values = (measure) =>
    demo.search(`Observation?subject=Patient/${patient}&code=urn:reprise:signal-measure%7C${measure}&_count=50`);
  const sent = [];
  clinic.page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return { clinic, values, sent };
}

/** In the patient's window: no warning sign, and a pain of 1. */
export async function answer_questions({ page, button, heading }) {
  await button('flags.none').click();
  await button('goOn').click();
  await heading('pain.before');
  await page.locator('.scale label', { hasText: /^1$/ }).click();
  await button('goOn').click();
  await heading('phone.safe');
}

/** From the result's page: sent, done for today, and then in the chart. */
export async function send_result({ page, t, button, heading }, { clinic, settle = () => {}, kind }) {
  await page.getByRole('checkbox', { name: t('phone.share'), exact: true }).check();
  await button('phone.send').click();
  await heading('phone.sent');
  await settle();
  await all_is_sent(page);
  await button('session.toToday').click();
  await heading('today.title');
  await page.getByText(t('phone.done'), { exact: true }).waitFor();
  await clinic.page.reload();
  await clinic.shows('orders.own.done');
  await clinic.page.getByRole('link', { name: t('orders.own.values') }).click();
  await clinic.heading('sensed.title', { kind: t(`sensed.kind.${kind}`) });
  // The curves that the patient gave, on demand.
  await clinic.page.getByText(t('sensed.signals'), { exact: true }).click();
  await clinic.page.locator('figure.signal canvas').first().waitFor();
}

/** Robin's simulated Observations of a kind of measurement that a request asked for. */
export async function requested_values({ search }, patient, kind) {
  const all = await search(`Observation?subject=Patient/${patient}&_count=100`);
  const values = all.filter(({ category }) => category.some(({ coding }) => coding?.some(({ code }) => code === kind)));
  for (const { meta, basedOn } of values) {
    assert.ok(meta.tag.some(({ code }) => code === 'simulated'));
    assert.match(basedOn[0].reference, /^ServiceRequest\//);
  }
  return values;
}

/**
 * A simulated set as the patient's app sends it, recording included: {bundle, id}. `exercise_text`: the file;
 * `options`: for Exercise.simulate.
 */
export function recorded_set(
  reprise,
  { exercise_text, patient, request, side = null, ceiling = null, start, options = {} },
) {
  const exercise = reprise.exercise(exercise_text);
  const coach = exercise.coach({ ...(side && { side }), ...(ceiling !== null && { ceiling }) });
  const frames = exercise.simulate({
    repetitions: 5,
    azimuth_deg: 60,
    noise_m: 0.004,
    seed: 7,
    mirror: side === 'left',
    ...options,
  });
  for (const frame of frames) coach.step(frame);
  coach.finish();
  const id = randomUUID();
  const end = start + Math.ceil((frames.at(-1).time_s - frames[0].time_s) * 1000);
  const bundle = JSON.parse(
    coach.setBundle({
      id,
      session: randomUUID(),
      patient,
      simulated: true,
      exercise: { request, side, ceiling },
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      stopped: null,
      pain: [],
      effort: null,
      note: null,
      recording: { id: randomUUID(), base64: gzipSync(coach.recording()).toString('base64'), gzip: true },
    }).bundle,
  );
  coach.release();
  exercise.release();
  return { id, bundle, frames: frames.length };
}
