// SPDX-License-Identifier: Apache-2.0
import { afterAll, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('document', { documentElement: { style: {}, toggleAttribute: () => {} } });
const { preferencesFrom } = await import('./preferences.ts');
afterAll(() => vi.unstubAllGlobals());

describe('stored preferences', () => {
  it('come from the time when the voice was on or off', () => {
    expect(preferencesFrom('{"voice":false,"textSize":150}')).toMatchObject({ voice: 'off', textSize: 150 });
    expect(preferencesFrom('{"voice":true}')).toMatchObject({ voice: 'all', volume: 'full' });
  });
  it('are the first ones where none, or no JSON, were stored', () => {
    expect(preferencesFrom('{}')).toMatchObject({ voice: 'all', lessMotion: false });
    expect(preferencesFrom('{')).toStrictEqual(preferencesFrom('{}'));
  });
  it('are read as they were chosen', () => {
    expect(preferencesFrom('{"voice":"less","volume":"low"}')).toMatchObject({ voice: 'less', volume: 'low' });
  });
});
