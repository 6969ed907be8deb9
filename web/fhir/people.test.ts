// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { initialsOf, photoOf } from './people.ts';

describe('a person of the clinic', () => {
  it('has the initials of the first and the last name', () => {
    expect(initialsOf('Kim Simulated')).toBe('KS');
    expect(initialsOf('Dr. med. Änne van der Berg')).toBe('ÄB');
    expect(initialsOf('Kim Simulated, physiotherapist')).toBe('KS');
    expect(initialsOf('Kim')).toBe('K');
    expect(initialsOf('')).toBe('');
  });

  it('has the first photo that can be shown, and no address of another server', () => {
    const jpeg = { contentType: 'image/jpeg', data: '/9j/4A==' };
    expect(photoOf({ photo: [{ contentType: 'image/jpeg', url: 'https://example.org/a.jpg' }, jpeg] })).toBe(
      'data:image/jpeg;base64,/9j/4A==',
    );
    expect(photoOf({ photo: [{ contentType: 'image/svg+xml', data: 'PHN2Zz4=' }] })).toBe(undefined);
    expect(photoOf({ photo: [{ contentType: 'image/jpeg', data: '"onerror=' }] })).toBe(undefined);
    expect(photoOf({})).toBe(undefined);
  });
});
