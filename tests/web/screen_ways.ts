// SPDX-License-Identifier: Apache-2.0
// In which ways each screen is looked at: each value of a setting with each value of any other, in few rows.

export const SETTINGS = {
  width: [390, 1280],
  theme: ['light', 'dark', 'contrast'],
  language: ['en', 'de', 'es'],
  text: [100, 200],
} as const;

export type Way = { [setting in keyof typeof SETTINGS]: (typeof SETTINGS)[setting][number] };

/** All of them. */
export const ALL: readonly Way[] = SETTINGS.width.flatMap((width) =>
  SETTINGS.theme.flatMap((theme) =>
    SETTINGS.language.flatMap((language) => SETTINGS.text.map((text) => ({ width, theme, language, text }))),
  ),
);

/**
 * Three for the screen of this number: it comes to each value of each setting, and the screens together come to each
 * pair of values (pairs_left()).
 */
export function pairwise(screen: number): Way[] {
  return SETTINGS.theme.map((theme, row) => ({
    theme,
    language: SETTINGS.language[(row + screen) % 3],
    width: SETTINGS.width[(row + (screen >> 1)) % 2],
    text: SETTINGS.text[(row + screen + (screen >> 2)) % 2],
  }));
}

/** The pairs that `screens` do not come to: of a screen with a value, and of two values. */
export function pairs_left(screens: number): string[] {
  const settings = Object.keys(SETTINGS) as (keyof Way)[];
  const pairs_of = (way: Way) =>
    settings.flatMap((one, i) => settings.slice(i + 1).map((other) => `${one} ${way[one]}, ${other} ${way[other]}`));
  const seen = new Set<string>();
  const wanted = new Set(ALL.flatMap(pairs_of));
  for (let screen = 0; screen < screens; ++screen) {
    const of_screen = (way: Way) => settings.map((one) => `screen ${screen}, ${one} ${way[one]}`);
    for (const pair of ALL.flatMap(of_screen)) wanted.add(pair);
    for (const way of pairwise(screen)) for (const pair of [...pairs_of(way), ...of_screen(way)]) seen.add(pair);
  }
  return [...wanted].filter((pair) => !seen.has(pair));
}
