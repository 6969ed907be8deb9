// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { keptFiles, type Chunk } from './kept_files.mts';

const chunk = (fileName: string, module: string | null, more: Partial<Chunk> = {}): Chunk => ({
  fileName: `assets/${fileName}`,
  isEntry: false,
  facadeModuleId: module && `/somewhere/web/${module}`,
  imports: [],
  dynamicImports: [],
  files: [],
  ...more,
});

const PAGES = ['session', 'questions', 'progress', 'messages', 'learn', 'settings'];
const chunks = [
  chunk('index-1.js', null, {
    isEntry: true,
    imports: ['assets/shared-1.js'],
    dynamicImports: [
      'assets/chart-1.js',
      'assets/en-1.js',
      'assets/reprise-1.js',
      ...PAGES.map((name) => `assets/${name}-1.js`),
    ],
    files: [
      'assets/index-1.css',
      'assets/coach_worker-1.js',
      'assets/network-1.tflite',
      'assets/reprise_programme-1.wasm',
      'assets/reprise_engine-1.wasm',
    ],
  }),
  chunk('shared-1.js', null),
  chunk('en-1.js', 'translations/en.ts'),
  { ...chunk('reprise-1.js', null), facadeModuleId: '/somewhere/build/wasm/module/reprise.mjs' },
  ...PAGES.map((name) =>
    chunk(`${name}-1.js`, `patient/${name}/${name}_page.tsx`, {
      dynamicImports: name === 'session' ? ['assets/three-1.js', 'assets/make_handout-1.js'] : [],
    }),
  ),
  chunk('make_handout-1.js', 'paper/make_handout.ts'),
  chunk('three-1.js', null, { files: ['assets/three-1.css'] }),
  chunk('chart-1.js', 'clinician/chart/chart_page.tsx', {
    imports: ['assets/shared-1.js'],
    dynamicImports: ['assets/report-1.js'],
    files: ['assets/chart-1.css'],
  }),
  chunk('report-1.js', null),
];
const all = [
  ...chunks.flatMap(({ fileName, files }) => [fileName, ...files]),
  'assets/coach_worker-1.js',
  'assets/NotoSans-1.ttf',
].map((fileName) => ({ fileName, bytes: fileName.endsWith('.tflite') ? 3e6 : 1000 }));
const kept = new Map(keptFiles(chunks, all).map(({ path, fetched }) => [path, fetched]));
const fetched = (...names: string[]) => names.map((name) => kept.get(`/assets/${name}`));

test('what a patient opens on the first day comes first', () => {
  const names = ['index-1.js', 'index-1.css', 'shared-1.js', 'session-1.js', 'learn-1.js', 'reprise_programme-1.wasm'];
  expect(fetched(...names)).toStrictEqual(names.map(() => 'first'));
});

test('what may be wanted comes later, workers and languages too', () => {
  const names = ['three-1.js', 'three-1.css', 'en-1.js', 'coach_worker-1.js', 'reprise-1.js', 'reprise_engine-1.wasm'];
  expect(fetched(...names)).toStrictEqual(names.map(() => 'later'));
});

test('a large file, and what only papers need, wait until they are used', () => {
  expect(fetched('network-1.tflite', 'make_handout-1.js', 'NotoSans-1.ttf')).toStrictEqual(
    Array.from({ length: 3 }, () => 'when used'),
  );
});

test('pages of clinicians, and what only they load, are not kept', () => {
  expect(fetched('chart-1.js', 'chart-1.css', 'report-1.js')).toStrictEqual([undefined, undefined, undefined]);
});

test('first pages that bring the whole engine are an error of the build', () => {
  const heavy = chunks.map((one) =>
    one.fileName === 'assets/shared-1.js' ? { ...one, imports: ['assets/reprise-1.js'] } : one,
  );
  expect(() => keptFiles(heavy, all)).toThrow('the whole engine');
  const within = chunks.filter(({ fileName }) => fileName !== 'assets/reprise-1.js');
  expect(() => keptFiles(within, all)).toThrow('the whole engine');
});

test('a page that is gone is an error of the build', () => {
  expect(() => keptFiles(chunks.slice(0, 5), all)).toThrow('there is no page questions');
});
