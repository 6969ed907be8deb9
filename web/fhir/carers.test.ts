// SPDX-License-Identifier: Apache-2.0
import type { RelatedPerson } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { carerOf, isOfCarer, loginFor } from './carers.ts';

const anna: RelatedPerson = {
  resourceType: 'RelatedPerson',
  id: 'r1',
  patient: { reference: 'Patient/p1' },
  name: [{ text: 'Anna Muster' }],
  relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'CHILD' }] }],
};

describe('carers in the record', () => {
  it('are named with their relation', () => {
    expect(carerOf('RelatedPerson/r1', [anna])).toEqual({ id: 'r1', name: 'Anna Muster', relation: 'child' });
    expect(carerOf('RelatedPerson/r2', [anna])).toEqual({ id: 'r2', name: undefined, relation: 'other' });
    expect(carerOf('Patient/r1', [anna])).toBeUndefined();
    expect(isOfCarer(undefined)).toBe(false);
  });

  it('get a sign-in name that can be typed anywhere', () => {
    expect(loginFor('Anna-Lena Müßig')).toBe('anna.lena.mussig');
    expect(loginFor(' José ')).toBe('jose');
    expect(loginFor('Анна')).toBe('');
  });
});
