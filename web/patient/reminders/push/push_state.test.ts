// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { keyBytes, pushState, type Browser, type ServerPush } from './push_state.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Safari/604.1';
const IPAD = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15';
const browser = (more: Partial<Browser> = {}): Browser => ({
  supported: true,
  permission: 'default',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140',
  touchPoints: 0,
  standalone: false,
  ...more,
});
const push = (...here: boolean[]): ServerPush => ({
  key: 'AQ',
  devices: here.map((one, i) => ({ id: `${i}`, since: '2026-03-02T18:00:00Z', here: one })),
});

describe('reminders on this device', () => {
  it('are not there where the server sends none', () => {
    expect(pushState(undefined, browser({ permission: 'granted' }))).toBe('off');
  });

  it('are offered until this device receives them', () => {
    expect(pushState(push(), browser())).toBe('offered');
    expect(pushState(push(false), browser({ permission: 'granted' }))).toBe('offered');
    expect(pushState(push(false, true), browser({ permission: 'granted' }))).toBe('on');
  });

  it('are not on where the browser forgot the permission', () => {
    expect(pushState(push(true), browser({ permission: 'default' }))).toBe('offered');
  });

  it('say so where the browser blocks them', () => {
    expect(pushState(push(true), browser({ permission: 'denied' }))).toBe('refused');
  });

  it('lead to the home screen on an iPhone or iPad', () => {
    expect(pushState(push(), browser({ supported: false, userAgent: IPHONE }))).toBe('homeScreen');
    expect(pushState(push(), browser({ supported: false, userAgent: IPAD, touchPoints: 5 }))).toBe('homeScreen');
    expect(pushState(push(), browser({ userAgent: IPHONE, standalone: true }))).toBe('offered');
    expect(pushState(push(), browser({ supported: false, userAgent: IPHONE, standalone: true }))).toBe('unsupported');
  });

  it('name a browser that cannot do it', () => {
    expect(pushState(push(), browser({ supported: false }))).toBe('unsupported');
    expect(pushState(push(), browser({ supported: false, userAgent: IPAD }))).toBe('unsupported');
  });
});

it('reads the key of the server', () => {
  expect([...keyBytes('-_8B')]).toEqual([251, 255, 1]);
  expect([...keyBytes('AQ')]).toEqual([1]);
});
