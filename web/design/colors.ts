// SPDX-License-Identifier: Apache-2.0
// The light values of tokens.css, for what its style sheet does not reach: papers, pictures, files that stand alone.

export const COLORS = {
  text: '#1a2026',
  textQuiet: '#5c6068',
  accent: '#0a6a8a',
  good: '#1b6e3c',
  carefulGround: '#fdf0cf',
  bad: '#9b1c14',
  badGround: '#fde6e3',
  lineTarget: '#1b6e3c',
  lineCeiling: '#b3261e',
} as const;
