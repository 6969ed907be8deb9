// SPDX-License-Identifier: Apache-2.0
// The values of web/design/tokens.css in every theme: of the pages, the report and the mails (docs/design.md).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COLORS } from '../design/colors.ts';
import { colors, theme } from '../design/theme.ts';
import { contrastOf } from './contrast.ts';

const SHEET = readFileSync(new URL('../design/tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const DARK = ':root[data-mantine-color-scheme="dark"]';
const MORE = SHEET.slice(SHEET.indexOf('@media (prefers-contrast: more)'));

/** The values of the first block after a selector. */
function block(sheet: string, selector: string): Record<string, string> {
  const begin = sheet.indexOf(`${selector} {`);
  expect(begin).toBeGreaterThanOrEqual(0);
  const body = sheet.slice(begin, sheet.indexOf('}', begin));
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

const light = block(SHEET, ':root');
const dark = { ...light, ...block(SHEET, DARK) };
const THEMES = {
  light,
  dark,
  'light, more contrast (and paper)': { ...light, ...block(MORE, ':root') },
  'dark, more contrast': { ...dark, ...block(MORE, DARK) },
};

const TONES = ['good', 'careful', 'bad'] as const;
const TEXTS: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['--text', ['--ground', '--card', ...TONES.map((tone) => `--${tone}-ground`)]],
  ['--text-quiet', ['--ground', '--card']],
  ['--accent', ['--ground', '--card']],
  ...TONES.map((tone) => [`--${tone}`, ['--ground', '--card', `--${tone}-ground`]] as const),
  ['--line-target', ['--card']],
  ['--line-ceiling', ['--card']],
  ['--on-action', ['--action']],
];
const LINES = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-target', '--line-ceiling'];

describe.each(Object.entries(THEMES))('%s', (_, values) => {
  const contrast = (one: string, other: string) => contrastOf(values[one] ?? '', values[other] ?? '') ?? 0;

  it('has texts that stand out from each of their grounds', () => {
    for (const [text, grounds] of TEXTS)
      for (const ground of grounds)
        expect.soft(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  it('has lines that stand out from the card and the ground', () => {
    for (const line of LINES)
      for (const ground of ['--card', '--ground'])
        expect.soft(contrast(line, ground), `${line} on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});

it('is the same for what the style sheet does not reach', () => {
  for (const [name, value] of Object.entries(COLORS))
    expect(value, name).toBe(light[`--${name.replace(/[A-Z]/g, (one) => `-${one.toLowerCase()}`)}`]);
});

it('is what Mantine’s fields and buttons have, too', () => {
  const petrol = theme.colors?.petrol ?? [];
  expect(light['--text']).toBe(theme.black);
  expect(dark['--text']).toBe(theme.colors?.dark?.[0]);
  expect([light['--accent'], light['--action']]).toStrictEqual([petrol[7], petrol[7]]);
  expect(dark['--accent']).toBe(petrol[4]);
  expect([theme.primaryColor, theme.primaryShade]).toStrictEqual(['petrol', 7]);
  const { light: inLight, dark: inDark } = colors({} as never);
  expect(inLight['--mantine-color-body']).toBe('var(--ground)');
  expect(inDark['--mantine-color-body']).toBe('var(--ground)');
});
