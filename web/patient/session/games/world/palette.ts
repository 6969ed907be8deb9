// SPDX-License-Identifier: Apache-2.0
// The colors of a game's world: by day, and in the evening for the dark theme. All by eye.

export interface Palette {
  /** From the zenith down to the horizon. */
  sky: readonly [string, string, string];
  sun: string;
  fog: string;
  light: string;
  lightPower: number;
  shade: string;
  ground: string;
  groundFar: string;
  hills: readonly [string, string, string];
  far: readonly [string, string, string];
  leaves: readonly [string, string, string];
  trunk: string;
  water: string;
  cloud: string;
  spark: string;
}

const DAY: Palette = {
  sky: ['#4aa3df', '#a7dcf2', '#fdf3d8'],
  sun: '#fff1b8',
  fog: '#e4f0e6',
  light: '#fff0cf',
  lightPower: 2.6,
  shade: '#7fa58f',
  ground: '#86c06a',
  groundFar: '#a8d58c',
  hills: ['#5aa469', '#79b45a', '#4c9a84'],
  far: ['#8fc0b4', '#a9cfc6', '#c6dfd8'],
  leaves: ['#4f9d4a', '#6fb455', '#3f8a57'],
  trunk: '#8a5a3b',
  water: '#4fb3c8',
  cloud: '#ffffff',
  spark: '#ffd768',
};

const EVENING: Palette = {
  sky: ['#121b3a', '#39406f', '#c4788a'],
  sun: '#ffd9b0',
  fog: '#5a5680',
  light: '#ffc9a0',
  lightPower: 1.7,
  shade: '#6a74a6',
  ground: '#3f7d68',
  groundFar: '#45755f',
  hills: ['#2f6a58', '#44784e', '#2d6169'],
  far: ['#4d5a80', '#5d6289', '#7a6b92'],
  leaves: ['#2f6b49', '#3f7d4d', '#2a5c52'],
  trunk: '#5d4232',
  water: '#3f74a3',
  cloud: '#8f86b0',
  spark: '#ffe09a',
};

/** The last light of a day: lanterns need it. */
const DUSK: Palette = {
  ...DAY,
  sky: ['#5167b3', '#c98fb0', '#ffd9a6'],
  sun: '#ffcf8f',
  fog: '#eebfa6',
  light: '#ffc58f',
  lightPower: 2.1,
  shade: '#8a7fae',
  ground: '#86b873',
  groundFar: '#8aa873',
  far: ['#8f86b4', '#b39abb', '#d6b0b6'],
  leaves: ['#4a8553', '#5f9656', '#3f7563'],
  cloud: '#ffe3d3',
};

export const paletteOf = (dark: boolean, dusk = false): Palette => (dark ? EVENING : dusk ? DUSK : DAY);
