// SPDX-License-Identifier: Apache-2.0
// Tests the calculations of the administrators' pages: valid consents, entries of the log, a patient who moves.

import { describe, expect, it } from 'vitest';
import { consentsGivenOf } from './consents_given.ts';
import { csvOf, entryOf, lookedOf, queryOf, NO_FILTER } from '../clinical/audit/events.ts';
import { caringFor } from '../clinical/care_team.ts';
import { moveBundle } from './move.ts';
import { endsSoon, isFull } from './state.ts';

const consent = (id, of, code, type, dateTime, more = {}): any => ({
  id,
  status: 'active',
  patient: { reference: `Patient/${of}` },
  category: [{ coding: [{ system: 'urn:reprise:consent', code }] }],
  dateTime,
  provision: { type },
  meta: { lastUpdated: dateTime },
  ...more,
});

describe('administration', () => {
  it('the newest answer of a kind holds, and an earlier agreement is known', () => {
    expect(consentsGivenOf([consent('1', 'a', 'app-use', 'permit', '2026-01-01T10:00:00Z')])).toStrictEqual([
      { patient: 'a', kind: 'app-use', agreed: true, since: '2026-01-01T10:00:00Z', before: undefined },
    ]);
    const [withdrawn] = consentsGivenOf([
      consent('2', 'a', 'app-use', 'deny', '2026-02-01T10:00:00+02:00'),
      consent('1', 'a', 'app-use', 'permit', '2026-01-01T10:00:00Z'),
      consent('3', 'a', 'app-use', 'permit', '2026-03-01T10:00:00Z', { status: 'entered-in-error' }),
    ]);
    expect([withdrawn.agreed, withdrawn.since, withdrawn.before]).toStrictEqual([
      false,
      '2026-02-01T10:00:00+02:00',
      '2026-01-01T10:00:00Z',
    ]);
    const [inactive] = consentsGivenOf([
      consent('1', 'a', 'app-use', 'permit', '2026-01-01T10:00:00Z', {
        status: 'inactive',
        meta: { lastUpdated: '2026-05-01T00:00:00Z' },
      }),
    ]);
    expect([inactive.agreed, inactive.since, inactive.before]).toStrictEqual([
      false,
      '2026-05-01T00:00:00Z',
      '2026-01-01T10:00:00Z',
    ]);
    const kinds = consentsGivenOf([
      consent('1', 'a', 'app-use', 'permit', 'x'),
      {
        id: '4',
        status: 'active',
        patient: { reference: 'Patient/a' },
        scope: { coding: [{ code: 'patient-privacy' }] },
      },
      { id: '5' },
    ]);
    expect(kinds.map(({ kind }) => kind)).toStrictEqual(['app-use', 'privacy']);
  });

  const event = (
    id,
    recorded,
    {
      who = { reference: 'Practitioner/kim', identifier: { value: 'account' } },
      outcome = '0',
      purpose = 'TREAT',
      subtype = 'read',
    } = {},
  ): any => ({
    id,
    recorded,
    type: { code: 'rest' },
    subtype: [{ code: subtype }],
    outcome,
    purposeOfEvent: [{ coding: [{ code: purpose }] }],
    agent: [{ type: { coding: [{ code: 'humanuser' }] }, who }],
    entity: [
      { what: { reference: 'Observation/o/_history/2' }, role: { code: '4' } },
      { what: { reference: 'Patient/a' }, role: { code: '1' } },
    ],
  });

  it('an entry says who, what, about whom and how it ended', () => {
    const entry = entryOf(event('7', '2026-01-01T10:00:00Z', { purpose: 'BTG', outcome: '4' }));
    expect([entry.act, entry.practitioner, entry.type, entry.patients, entry.outcome, entry.emergency]).toStrictEqual([
      'read',
      'kim',
      'Observation',
      ['a'],
      'refused',
      true,
    ]);
    expect(
      entryOf({ id: '1', recorded: 'x', type: { code: '110114' }, subtype: [{ code: '110122' }], outcome: '0' } as any)
        .act,
    ).toBe('signIn');
    expect(entryOf({ id: '1', recorded: 'x', type: { code: '110101' }, outcome: '8' } as any).outcome).toBe('failed');
    expect(entryOf({ id: '1', recorded: 'x', outcome: '0' } as any).act).toBe('other');
  });

  it('each viewer is counted once, the last first; a refused request is not counted', () => {
    const looked = lookedOf(
      [
        event('3', '2026-01-03'),
        event('2', '2026-01-02', { purpose: 'BTG' }),
        event('4', '2026-01-04', { who: { reference: 'Practitioner/bo' } } as any),
        event('5', '2026-01-05', { outcome: '4', who: { reference: 'Practitioner/no' } } as any),
      ].map(entryOf),
    );
    expect(looked.map(({ who, opened, listed, emergency }) => [who, opened, listed, emergency])).toStrictEqual([
      ['Practitioner/bo', { times: 1, last: '2026-01-04' }, undefined, false],
      ['Practitioner/kim', { times: 2, last: '2026-01-03' }, undefined, true],
    ]);
  });

  // Clinician finding 31: a worklist asks every 30 seconds, and a chart for many things at once.
  it('what a page asks for while it is open is one occasion, and the next day is another', () => {
    const at = (ms) => new Date(Date.parse('2026-01-02T09:00:00Z') + ms).toISOString();
    const polled = Array.from({ length: 250 }, (_, i) => event(String(i), at(i * 30_000)));
    const looked = lookedOf([...polled, event('next', at(24 * 3600_000))].reverse().map(entryOf));
    expect(looked.map(({ opened }) => opened)).toStrictEqual([{ times: 2, last: at(24 * 3600_000) }]);
  });

  // Clinician finding 31: a worklist that is open all day opens no chart.
  it('lists of several patients are told apart from an opened record, and hide none', () => {
    const at = (minutes) => new Date(Date.parse('2026-01-02T09:00:00Z') + minutes * 60_000).toISOString();
    const list = (minutes) => {
      const one = event(`l${minutes}`, at(minutes), { subtype: 'search' });
      return { ...one, entity: [...one.entity, { what: { reference: 'Patient/b' }, role: { code: '1' } }] };
    };
    const [kim] = lookedOf(
      [
        ...Array.from({ length: 120 }, (_, i) => list(i)),
        event('chart', at(30)),
        event('again', at(44)),
        event('later', at(60)),
      ].map(entryOf),
    );
    expect([kim.opened, kim.listed]).toStrictEqual([
      { times: 2, last: at(60) },
      { times: 1, last: at(119) },
    ]);
    // A search that finds one patient is a look at that record, and so is reading something that names several.
    expect(lookedOf([entryOf(event('1', at(0), { subtype: 'search' }))])[0].listed).toBe(undefined);
    expect(lookedOf([entryOf({ ...list(0), subtype: [{ code: 'read' }] })])[0].listed).toBe(undefined);
  });

  it('a filter becomes a search, by whole days of the reader', () => {
    expect(queryOf(NO_FILTER, 50)).toBe('_count=50');
    expect(
      queryOf({ ...NO_FILTER, who: 'Practitioner/kim', patient: 'a', kind: 'emergencyAccess', outcome: 'refused' }, 5),
    ).toBe('agent=Practitioner/kim&patient=a&purpose=BTG&outcome=4&_count=5');
    expect(queryOf({ ...NO_FILTER, who: 'acc' }, 5)).toBe('agent:identifier=acc&_count=5');
    const query = new URLSearchParams(queryOf({ ...NO_FILTER, from: '2026-03-28', to: '2026-03-28' }, 5)).getAll(
      'date',
    );
    expect(query).toStrictEqual([
      `ge${new Date('2026-03-28T00:00').toISOString()}`,
      `lt${new Date('2026-03-29T00:00').toISOString()}`,
    ]);
  });

  it('no cell is a formula', () => {
    expect(csvOf([['=1+1', 'a "b"', '-1', '@x', 'plain, text']])).toBe(
      '"\'=1+1","a ""b""","\'-1","\'@x","plain, text"\r\n',
    );
  });

  it('who moves leaves all teams and keeps relatives; nothing else of the patient changes', () => {
    const patient: any = {
      resourceType: 'Patient',
      id: 'a',
      meta: { versionId: '4' },
      name: [{ text: 'A' }],
      birthDate: '1970-01-01',
    };
    const team = (id, status, ...members): any => ({
      resourceType: 'CareTeam',
      id,
      status,
      meta: { versionId: '2' },
      period: { start: '2025-01-01' },
      participant: members.map((reference) => ({ member: { reference } })),
    });
    const teams = [
      team('1', 'active', 'Practitioner/kim', 'RelatedPerson/aunt'),
      team('2', 'active', 'Practitioner/bo'),
      team('3', 'inactive', 'Practitioner/old'),
    ];
    expect(caringFor(teams)).toStrictEqual(['kim', 'bo']);
    const { entry } = moveBundle(
      { patient, teams },
      { clinic: 'north', clinicians: ['nadia'], uuid: 'u', now: '2026-01-01T00:00:00Z' },
    ) as any;
    expect(
      entry.map(({ request }) => [request.method, request.url, request.ifMatch ?? request.ifNoneExist]),
    ).toStrictEqual([
      ['PUT', 'Patient/a', 'W/"4"'],
      ['PUT', 'CareTeam/1', 'W/"2"'],
      ['PUT', 'CareTeam/2', 'W/"2"'],
      ['POST', 'CareTeam', 'identifier=urn:ietf:rfc:3986|urn:uuid:u'],
    ]);
    expect(entry[0].resource).toStrictEqual({ ...patient, managingOrganization: { reference: 'Organization/north' } });
    expect([entry[1].resource.status, entry[1].resource.period, entry[1].resource.participant[0].period]).toStrictEqual(
      ['inactive', { start: '2025-01-01', end: '2026-01-01T00:00:00Z' }, { end: '2026-01-01T00:00:00Z' }],
    );
    expect(entry[3].resource.participant.map(({ member }) => member.reference)).toStrictEqual([
      'Practitioner/nadia',
      'RelatedPerson/aunt',
    ]);
    expect(entry[3].resource.period, 'no clock decides on access to the patient').toBe(undefined);
  });

  it('an almost full disk and an expiring certificate are announced in time', () => {
    expect([
      isFull({ free: 2 ** 29, all: 2 ** 32 }),
      isFull({ free: 2 ** 34, all: 2 ** 40 }),
      isFull({ free: 2 ** 36, all: 2 ** 38 }),
    ]).toStrictEqual([true, true, false]);
    const now = Date.parse('2026-01-01');
    expect(
      [
        { own: true, until: '2026-01-02' },
        { own: false, until: '2026-01-02' },
        { own: false, until: '2026-03-02' },
        { own: true, problem: 'x' },
      ].map((one) => endsSoon(one, now)),
    ).toStrictEqual([false, true, false, true]);
  });
});
