// SPDX-License-Identifier: Apache-2.0
// How soon a worklist of 2,000 patients can be used, and how smoothly it scrolls, in Debian's Chromium beside the
// server.
//
//   node bench/worklist_in_browser.mjs [--patients 2000] [--rounds 3] [--build build/release]
// "Usable": the first rows are drawn and the search answers, after a link to the list was followed in an open page. A
// fifth of the patients has a flag (of absence, raised by the server's own rules), a tenth a message. The quickest
// round counts, because other programs only make it slower. Drawn without a graphics card (SwiftShader), so that a
// screen with one is quicker.

import { randomUUID } from 'node:crypto';
import { builtProgram } from '../tests/revalidation/browser.mjs';
import { create, sign_in_clinician, writer } from '../tests/web/chart_patient.mjs';
import { open_demo } from '../tests/web/demo.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const patients = option('patients', 2000);
const rounds = option('rounds', 3);
const DAY_MS = 24 * 3600_000;
const WANTED_S = 1;

const command = builtProgram('cli/reprise');
const demo = await open_demo(command, { width: 1280 });
const { page } = demo.window;
page.setDefaultTimeout(180_000);

const GIVEN = ['Ada', 'Bo', 'Cem', 'Dora', 'Eli', 'Fay', 'Gus', 'Hana', 'Ivo', 'Jo'];
const FAMILY = [
  'Alder',
  'Birch',
  'Cedar',
  'Elm',
  'Fir',
  'Hazel',
  'Juniper',
  'Larch',
  'Maple',
  'Oak',
  'Pine',
  'Rowan',
  'Willow',
];

/** Returns one of Kim's patients; a fifth has had a programme for weeks and did nothing. */
function make_patient(i, kim) {
  const url = `urn:uuid:${randomUUID()}`;
  const subject = { reference: url };
  const entries = [
    create(
      {
        resourceType: 'Patient',
        active: true,
        name: [{ given: [GIVEN[i % 10]], family: `Simulated-${FAMILY[i % 13]} ${i}` }],
        birthDate: `${1940 + (i % 60)}-05-01`,
        gender: i % 2 ? 'female' : 'male',
      },
      url,
    ),
    create({
      resourceType: 'CareTeam',
      status: 'active',
      subject,
      participant: [{ member: { reference: `Practitioner/${kim}` } }],
    }),
  ];
  if (i % 5 === 0) {
    entries.push(
      create({
        resourceType: 'CarePlan',
        status: 'active',
        intent: 'plan',
        subject,
        category: [{ coding: [{ system: 'urn:reprise:care-plan', code: 'exercise-programme' }] }],
        period: { start: new Date(Date.now() - (20 + (i % 9)) * DAY_MS).toISOString().slice(0, 10) },
      }),
    );
    entries.push(
      create({
        resourceType: 'ServiceRequest',
        status: 'active',
        intent: 'order',
        subject,
        instantiatesCanonical: ['urn:reprise:exercise:squat'],
        occurrenceTiming: { repeat: { frequency: 3, period: 1, periodUnit: 'wk' } },
      }),
    );
  }
  if (i % 10 === 3) {
    entries.push(
      create({
        resourceType: 'Communication',
        status: 'completed',
        category: [{ coding: [{ system: 'urn:reprise:communication', code: 'message' }] }],
        subject,
        sender: subject,
        sent: new Date().toISOString(),
        payload: [{ contentString: 'A question (simulated).' }],
      }),
    );
  }
  return entries;
}

async function seed() {
  const { write } = writer(demo, command);
  const [kim] = (await demo.search('Practitioner?identifier=urn:reprise:demo%7C')).map(({ id }) => id);
  await write(Array.from({ length: patients - 1 }, (_, i) => make_patient(i, kim)));
  const wanted = Math.floor((patients - 2) / 5) + 1;
  for (;;) {
    const { total } = await demo.read(`Flag?_total=accurate&_count=0`);
    if (total >= wanted) return total;
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
  }
}

/** In the page: follows the way to the list; when its first rows are drawn, and when a search is answered. */
const opened = (rows) =>
  page.evaluate(async (wanted) => {
    performance.clearResourceTimings();
    const start = performance.now();
    history.pushState(null, '', '/worklist');
    dispatchEvent(new PopStateEvent('popstate'));
    while (document.querySelectorAll('.work').length < wanted) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const seconds = (performance.now() - start) / 1000;
    const asked = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/fhir/'));
    return {
      seconds,
      requests: asked.length,
      bytes: asked.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0),
    };
  }, rows);

/** Types into the search; when the list has followed. */
async function searched() {
  const field = page.getByRole('searchbox');
  await field.focus();
  const start = Date.now();
  await field.fill('hana row');
  await page.waitForFunction(() => {
    const { length } = document.querySelectorAll('.work');
    return length > 0 && length < 100;
  });
  const ms = Date.now() - start;
  await field.fill('');
  return ms;
}

/** Scrolls from the top to the end in three seconds; the time between two pictures. */
const scrolled = () =>
  page.evaluate(async () => {
    const times = [];
    const start = performance.now();
    let last = start;
    const height = document.documentElement.scrollHeight;
    while (last - start < 3000) {
      window.scrollTo(0, (height * (last - start)) / 3000);
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
    }
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.floor(share * (times.length - 1))];
    return { pictures: times.length / 3, median: at(0.5), p95: at(0.95) };
  });

try {
  const flags = await seed();
  await sign_in_clinician(demo, demo.window);
  let best;
  for (let i = 0; i < rounds; ++i) {
    await page.goto(`${demo.origin}/account`);
    await page.waitForTimeout(1500);
    const result = await opened(patients);
    result.search = await searched();
    if (!best || result.seconds < best.seconds) best = result;
  }
  const scroll = await scrolled();
  console.log(
    `${patients} patients, ${flags} flags: usable after ${best.seconds.toFixed(2)} s (${best.requests} requests, ` +
      `${(best.bytes / 1e6).toFixed(1)} MB before compression); a search is answered after ${best.search} ms`,
  );
  console.log(
    `scrolling through all in 3 s: ${scroll.pictures.toFixed(0)} pictures a second, ` +
      `median ${scroll.median.toFixed(1)} ms, 95 % within ${scroll.p95.toFixed(1)} ms`,
  );
  process.exitCode = best.seconds <= WANTED_S ? 0 : 1;
} finally {
  await demo.close();
}
