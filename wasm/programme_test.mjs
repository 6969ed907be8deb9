// SPDX-License-Identifier: Apache-2.0
// The small module says what the whole engine says. REPRISE_MODULE names the folder with the built modules.
//
//   REPRISE_MODULE=build/wasm/module node --test wasm/programme_test.mjs

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { folder, reprise, RepriseError, root, textOf } from './module_under_test.mjs';

const file = (name) => path.join(folder, name);
const only = await import(pathToFileURL(file('programme_only.mjs')));
const small = await only.loadProgrammeEngine({ wasm: readFileSync(file('reprise_programme.wasm')) });

const text = textOf('heel_slide');
const { version } = JSON.parse(text);
const page = readFileSync(path.join(root, 'docs/reference/programme.md'), 'utf8').match(/```json\n([\s\S]*?)```/)[1];
const answers = [
  page.replace('heel_slide|1', `heel_slide|${version}`),
  JSON.stringify({
    resourceType: 'ActivityDefinition',
    id: 'a',
    url: 'urn:reprise:exercise:heel_slide',
    version: String(version),
    status: 'active',
    relatedArtifact: [
      {
        type: 'documentation',
        document: { contentType: 'application/json', data: Buffer.from(text).toString('base64') },
      },
    ],
  }),
];

test('reads the same programme', () => {
  const programme = small.programme(answers);
  assert.equal(programme.exercises.length, 1);
  assert.deepEqual(programme, reprise.programme(answers));
});

test('shows every exercise of the catalog alike', () => {
  assert.deepEqual(small.bones, reprise.bones);
  for (const name of readdirSync(path.join(root, 'catalog/exercises'))) {
    const json = readFileSync(path.join(root, 'catalog/exercises', name), 'utf8');
    const [a, b] = [small, reprise].map((engine) => engine.exercise(json));
    assert.deepEqual(a.facts(), b.facts(), name);
    for (const share of [0, 0.3, 0.5]) {
      assert.deepEqual(a.body(share, { mirror: true }), b.body(share, { mirror: true }), name);
      assert.deepEqual(a.drawing(share), b.drawing(share), name);
    }
    assert.deepEqual(a.pace(1.5), b.pace(1.5), name);
    a.release();
    b.release();
  }
});

test('draws within a ceiling, and has no coach', () => {
  const [a, b] = [small, reprise].map((engine) => engine.exercise(textOf('squat')));
  const [limited, same] = [a, b].map((exercise) => exercise.shownWithin(60));
  assert.deepEqual(limited.figure(0.5), same.figure(0.5));
  assert.notDeepEqual(limited.figure(0.5), a.figure(0.5));
  assert.equal(a.coach, undefined);
  assert.equal(typeof same.coach, 'function');
  for (const exercise of [a, b, limited, same]) exercise.release();
});

test('aims at a muscle alike', () => {
  const [a, b] = [small, reprise].map((engine) =>
    engine.exercise(textOf('elbow_flexion')).withMuscle({ share: 0.4, hold_s: 3 }).facts(),
  );
  assert.equal(a.measure, 'muscle_activity');
  assert.deepEqual(a, b);
});

test('judges answers, and documents a set without a camera, alike', () => {
  const limits = { painStop: 5, painRise: 2 };
  for (const facts of [
    { limits, redFlags: { calf: true } },
    { limits, pain: 2, painBefore: 1 },
    { limits, pain: 8, painBefore: 1, exercise: 'slide' },
  ])
    assert.deepEqual(small.safety(facts), reprise.safety(facts));
  const [slide] = small.programme(answers).exercises;
  const set = {
    id: '0b8e2a60-7c1f-4f6e-8d7a-000000000001',
    session: '0b8e2a60-7c1f-4f6e-8d7a-0000000000ff',
    patient: 'robin',
    simulated: false,
    exercise: slide,
    start: '2026-03-02T10:00:00Z',
    end: '2026-03-02T10:01:00Z',
    stopped: null,
    pain: [{ when: 'after', value: 2 }],
    effort: null,
    note: null,
    byHand: { repetitions: 2, held_s: null },
  };
  assert.match(small.setBundle(set), /"valueInteger":2/);
  assert.equal(small.setBundle(set), reprise.setBundle(set));
});

test('fails as the whole engine does', () => {
  assert.equal(only.RepriseError, RepriseError);
  const failure = (engine) => {
    try {
      engine.exercise('{"id": "squat"}');
    } catch (error) {
      return { message: error.message, problems: error.problems };
    }
    return undefined;
  };
  assert.ok(failure(small).problems.length > 0);
  assert.deepEqual(failure(small), failure(reprise));
  for (const call of ['setBundle', 'answersBundle', 'consentBundle', 'safety'])
    assert.throws(() => small[call](undefined), { code: 'invalid_argument' });
});

test('is small: a first visit waits for it', () => {
  const bytes = (name) => statSync(file(name)).size;
  assert.ok(2 * bytes('reprise_programme.wasm') < bytes('reprise_engine.wasm'));
  const compressed = brotliCompressSync(readFileSync(file('reprise_programme.wasm'))).length;
  assert.ok(compressed < 450_000, `${compressed} bytes compressed`);
});
