// SPDX-License-Identifier: Apache-2.0
// Lengths of time in milliseconds.

export const HOUR_MS = 3600_000;
export const DAY_MS = 24 * HOUR_MS;
