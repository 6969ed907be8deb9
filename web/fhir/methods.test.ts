// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { codesOf, isSameMethod, methodIn, methodOf } from './methods.ts';

const coded = (code: string, text: string) => ({ coding: [{ system: 'urn:reprise:method', code }], text });
const GO = 'Sit-to-stand in 30 seconds by one camera, from a given start.';

it('reads the code, and of older ranges the words', () => {
  expect(methodIn(coded('range_goniometer', 'other words'))).toBe('range_goniometer');
  const older = 'Range of motion: active, by one camera, at the end of each trial on the fitted body.';
  expect(methodIn({ text: older })).toBe('range_camera');
  expect(methodIn({ text: 'Range of motion: passive, read off a goniometer.' })).toBe('range_goniometer');
  expect(methodIn({ text: 'Squats by one camera.' })).toBeUndefined();
  expect(methodIn(undefined)).toBeUndefined();
});

it('compares by code whatever the words are, and by words with an older value', () => {
  const now = methodOf(coded('sit_to_stand_30_camera_go', GO));
  expect(isSameMethod(now, methodOf(coded('sit_to_stand_30_camera_go', 'Better words.')))).toBe(true);
  expect(isSameMethod(now, methodOf(coded('sit_to_stand_30_camera', GO)))).toBe(false);
  expect(isSameMethod(now, methodOf({ text: GO }))).toBe(true);
  expect(isSameMethod(now, methodOf({ text: 'Squats by one camera.' }))).toBe(false);
  expect(isSameMethod(methodOf(undefined), methodOf(undefined))).toBe(false);
});

it('gives older values the code of newer ones with the same words', () => {
  expect(codesOf([{ text: GO }, coded('sit_to_stand_30_camera_go', GO), { text: 'a phone' }, undefined])).toStrictEqual(
    ['sit_to_stand_30_camera_go', 'sit_to_stand_30_camera_go', undefined, undefined],
  );
});
