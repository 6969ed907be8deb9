// SPDX-License-Identifier: Apache-2.0
// The warning signs that have short words: `work.sign.…`.
const SIGNS = [
  'saddle-or-bladder',
  'chest-or-breath',
  'calf',
  'wound-or-fever',
  'pop',
  'weakness-or-numbness',
  'injury',
  'neck-dizziness',
  'night-pain',
  'dizziness-or-palpitations',
  'self-flag-neck-hands',
  'self-flag-neck-headache',
  'self-flag-shoulder-sweat',
  'self-flag-shoulder-shape',
  'self-flag-elbow-hot',
  'self-flag-wrist-hot',
  'self-flag-wrist-cold',
  'self-flag-back-legs',
  'self-flag-back-history',
  'self-flag-hip-shorter',
  'self-flag-hip-hot',
  'self-flag-knee-hot',
  'self-flag-knee-stuck',
  'self-flag-ankle-steps',
  'self-flag-ankle-hot',
] as const;

/** A warning sign that has short words; undefined: it has none. */
export const signIn = (id: string) => SIGNS.find((one) => one === id);
