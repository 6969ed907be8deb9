// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { afterVisit, hintFor, NO_VISITS, visitsIn, type Device } from './install_hint.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 ' +
  'Mobile/15E148 Safari/604.1';
const CHROME_ON_IPHONE = IPHONE.replace('Version/18.0', 'CriOS/130.0');
const ANDROID =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Mobile Safari/537.36';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18 Safari/605';

const device = (userAgent: string, more: Partial<Device> = {}): Device => ({
  standalone: false,
  offered: false,
  userAgent,
  touchPoints: 5,
  ...more,
});
const OFTEN = { last: '2026-11-27', days: 3, dismissed: false };

describe('the hint at the home screen', () => {
  test('comes on the third day of use, not before', () => {
    let visits = NO_VISITS;
    const seen = ['2026-11-25', '2026-11-25', '2026-11-26', '2026-11-27'].map((day) => {
      visits = afterVisit(visits, day);
      return hintFor(visits, device(ANDROID, { offered: true }), 0);
    });
    expect(seen).toStrictEqual([undefined, undefined, undefined, 'offer']);
  });

  test('comes only where the device can do it', () => {
    expect(hintFor(OFTEN, device(ANDROID), 0)).toBeUndefined();
    expect(hintFor(OFTEN, device(IPHONE), 0)).toBe('safari');
    expect(hintFor(OFTEN, device(CHROME_ON_IPHONE), 0)).toBeUndefined();
    expect(hintFor(OFTEN, device(MAC), 0), 'an iPad says that it is a Mac').toBe('safari');
    expect(hintFor(OFTEN, device(MAC, { touchPoints: 0 }), 0)).toBeUndefined();
  });

  test('does not come back once dismissed, nor inside of the installed app', () => {
    expect(hintFor({ ...OFTEN, dismissed: true }, device(IPHONE, { offered: true }), 0)).toBeUndefined();
    expect(hintFor(OFTEN, device(IPHONE, { standalone: true }), 0)).toBeUndefined();
  });

  test('does not lead away from results that wait in this browser', () => {
    expect(hintFor(OFTEN, device(IPHONE), 1)).toBeUndefined();
    expect(hintFor(OFTEN, device(ANDROID, { offered: true }), 1), 'the same storage').toBe('offer');
  });

  test('begins anew if the stored text is none of ours', () => {
    for (const text of [null, '', 'x', '7', 'null', '{"last":1,"days":3}', '{"last":"","days":"many"}'])
      expect(visitsIn(text)).toStrictEqual(NO_VISITS);
    expect(visitsIn(JSON.stringify(OFTEN))).toStrictEqual(OFTEN);
  });
});
