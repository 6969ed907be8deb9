// SPDX-License-Identifier: Apache-2.0
// How the person who shows an exercise looks. Every look is drawn from our own numbers; all are unsourced defaults.

export interface Looks {
  sex: 'female' | 'male';
  build: 'slim' | 'average' | 'heavy';
  /** CSS colors. */
  skin: string;
  hair: string;
  cut: 'short' | 'bob' | 'bun';
  shirt: string;
  trousers: string;
  shoes: string;
}

const SKINS = ['#f0c8a8', '#d9a27a', '#b97a52', '#8a5536', '#5d3826'] as const;
const HAIRS = ['#3a2a20', '#2a2120', '#7a5230', '#8d8a86', '#221c1b'] as const;
const SHIRTS = ['#2f8f9d', '#d9694a', '#5b6fb5', '#4f9a6b', '#c98a2b'] as const;
const TROUSERS = ['#39424e', '#2f3a5a', '#4b4652', '#33474a'] as const;
const BUILDS = ['average', 'slim', 'average', 'heavy'] as const;

/** The same exercise is always shown by the same person; another exercise by another one. */
export function looksFor(exercise: string): Looks {
  let seed = 2166136261;
  for (const letter of exercise) seed = Math.imul(seed ^ letter.charCodeAt(0), 16777619) >>> 0;
  const pick = <T>(from: readonly [T, ...T[]], digit: number): T => {
    const mixed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d + 2 * digit) >>> 0;
    return from[(mixed >>> 16) % from.length] ?? from[0];
  };
  const sex = pick<Looks['sex']>(['female', 'male'], 1);
  const skin = pick(SKINS, 2);
  const dark = skin === SKINS[3] || skin === SKINS[4];
  return {
    sex,
    build: pick(BUILDS, 3),
    skin,
    hair: dark ? pick(['#221c1b', '#2a2120', '#8d8a86'], 4) : pick(HAIRS, 4),
    cut: sex === 'male' ? 'short' : pick(['bob', 'bun'], 5),
    shirt: pick(SHIRTS, 6),
    trousers: pick(TROUSERS, 7),
    shoes: pick(['#e9e6df', '#3c4450', '#b8c4cc'], 8),
  };
}
