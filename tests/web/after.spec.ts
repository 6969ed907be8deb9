// SPDX-License-Identifier: Apache-2.0
// After an exercise and at the end of a session: the success, the thing to try, more than on an earlier day, the tick;
// and none of it after pain. The sets on the device are made up; the earlier day is a simulated set in the record.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { loadReprise } from '../../build/wasm/module/reprise.mjs';
import { all_is_sent, answer_first } from './demo.mjs';
import { expect, test } from './journey.ts';
import { look } from './look.ts';

const SQUAT = 3;
const DAY_MS = 86_400_000;

/** Changes the session that is kept on the device. */
const change_session = (page: Page, change: object) =>
  page.evaluate(async (parts) => {
    const request = indexedDB.open('reprise');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject });
    });
    const store = database.transaction('values', 'readwrite').objectStore('values');
    const all = store.getAll();
    await new Promise((resolve) => {
      all.onsuccess = resolve;
    });
    const kept = all.result.find(({ key }) => key.startsWith('session '));
    const { squat, ...rest } = parts as any;
    kept.value.exercises[3] = { ...kept.value.exercises[3], ...squat };
    Object.assign(kept.value, rest);
    const put = store.put(kept);
    await new Promise((resolve) => {
      put.onsuccess = resolve;
    });
    database.close();
  }, change);

const set = (id: string, faults: Record<string, number>, value: number) => {
  const broken = Object.values(faults).reduce((sum, one) => sum + one, 0);
  return {
    id,
    startedAt: '2026-03-05T10:00:00Z',
    endedAt: '2026-03-05T10:01:00Z',
    by: 'camera',
    count: 8,
    held_s: null,
    quality: 84,
    short: false,
    looked: {
      repetitions: 8,
      judged: 8,
      clean: 8 - broken,
      faults,
      lasted_s: [4, 4, 5, 4, 4, 5, 4, 4],
      farthest: { value, uncertainty: 5, unit: 'degree', rising: true, method: 'one camera, without markers' },
    },
  };
};

test('an exercise is looked back on, and the session ends with a tick', async ({ open_demo }) => {
  const reprise = await loadReprise({
    wasm: readFileSync(new URL('../../build/wasm/module/reprise_engine.wasm', import.meta.url)),
  });
  const demo = await open_demo();
  const { window, search } = demo;
  const { page, context, t, button, heading, shows } = window;
  const choose = (number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();
  const next = () => button('goOn').click();
  await demo.sign_in();

  const before = new Date(Date.now() - 2 * DAY_MS);
  const farthest_before = await test.step('a set of an earlier day', async () => {
    const requests = await search('ServiceRequest?_count=100');
    const squat = requests.find(({ code }) => JSON.stringify(code).includes('squat'));
    const json = readFileSync(new URL('../../catalog/exercises/squat.json', import.meta.url), 'utf8');
    const loaded = reprise.exercise(json);
    const coach = loaded.coach();
    for (const frame of loaded.simulate({ repetitions: 3, azimuth_deg: 90 })) coach.step(frame);
    coach.finish();
    const { bundle } = coach.setBundle({
      id: crypto.randomUUID(),
      session: crypto.randomUUID(),
      patient: squat.subject.reference.replace('Patient/', ''),
      simulated: true,
      exercise: { request: squat.id, side: null, ceiling: null },
      start: before.toISOString(),
      end: new Date(before.getTime() + 60_000).toISOString(),
      stopped: null,
      pain: [],
      effort: null,
      note: null,
    });
    const { csrf } = await (await context.request.get(`${demo.server.origin}/auth/session`)).json();
    const answer = await context.request.post(`${demo.server.origin}/fhir`, {
      data: bundle,
      headers: { 'content-type': 'application/fhir+json', 'x-csrf-token': csrf },
    });
    expect(answer.status(), await answer.text()).toBe(200);
    const [range] = await search('Observation?code=urn:reprise:observation%7Cbest-range');
    return range.valueQuantity.value;
  });

  const begin = async () => {
    await page.goto(`${demo.origin}/session?exercise=${SQUAT}`);
    await answer_first(window);
    await choose(2);
    await next();
    await heading('introduce.steps');
  };

  await test.step('after an exercise', async () => {
    await begin();
    await change_session(page, {
      step: { kind: 'after' },
      squat: {
        state: 'done',
        pains: [2],
        sets: [set('a', { trunk_forward: 5 }, farthest_before), set('b', { knees_in: 3 }, farthest_before + 25)],
      },
    });
    await page.reload();
    await heading('after.title', { name: 'Squat' });
    await shows('after.well.corrected', { fault: 'Leaning far forward' });
    await shows('after.well.corrected.why', { times: 5 });
    await shows('after.try.why', { fault: 'Knees falling inwards', count: 3, of: 8 });
    await page.getByText('Push your knees out.').waitFor();
    const weekday = new Intl.DateTimeFormat('en', { weekday: 'long' }).format(before);
    await shows('after.lower', { by: '25°', day: weekday });
    await page
      .getByText(`${t('after.quality.fair')}.`)
      .first()
      .waitFor();
    await expect(page.getByText('84 of 100')).toBeHidden();
    await expect(page.locator('.two-replays'), 'the page holds no points of it').toHaveCount(0);
    await look(window, 'after an exercise with all');
    await next();
    await heading('introduce.steps');
  });

  const to_the_end = async () => {
    await change_session(page, { step: { kind: 'feeling' } });
    await page.reload();
    await heading('feeling.title');
    await choose(4);
    await next();
  };
  await test.step('the end of a session, with motion and without', async () => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await to_the_end();
    await heading('summary.title');
    await page.locator('.celebration').waitFor();
    await expect(page.locator('.celebration'), 'it goes by itself').toHaveCount(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.getByText('Kim Simulated').waitFor();
    await look(window, 'summary with all');
    await all_is_sent(page);
  });

  await test.step('nothing of it after pain', async () => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await begin();
    await change_session(page, {
      squat: { state: 'stopped', hurtAt: 7, pains: [7], sets: [set('c', {}, farthest_before + 25)] },
    });
    await to_the_end();
    await heading('summary.titleHurt');
    await page.waitForTimeout(500);
    await expect(page.locator('.celebration')).toHaveCount(0);
    await expect(page.getByText(t('after.quality.fair'))).toHaveCount(0);
    await expect(page.getByText(t('after.tomorrow'))).toHaveCount(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await look(window, 'summary after pain');
  });
  expect(window.problems).toStrictEqual([]);
});
