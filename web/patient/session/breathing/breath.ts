// SPDX-License-Identifier: Apache-2.0
// The pace of calm breathing in a rest. Pure.

// Unsourced defaults, not clinically reviewed.
export const IN_S = 4;
export const OUT_S = 6;

export type Breath = 'in' | 'out';

/** Returns whether to breathe in or out so long after the first breath began, at least 0 seconds. */
export const breathAt = (seconds: number): Breath => (seconds % (IN_S + OUT_S) < IN_S ? 'in' : 'out');
