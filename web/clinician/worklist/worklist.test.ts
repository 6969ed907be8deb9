// SPDX-License-Identifier: Apache-2.0
// In what order the worklist has patients, and why; how a clinic's own numbers become a rule's next version.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matches, passes, reasonOf, rowsOf } from '../../clinical/flags/worklist.ts';
import { changed, rulesIn } from '../rules/rules.ts';
import { urgentIn } from '../../clinical/attention.ts';
import { conversationsIn } from '../../fhir/unanswered.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const patient = (id, name, more = {}): any => ({ id, name: [{ text: name }], ...more });
const part = (url, type, value): any => ({ url, [type]: value });
const flag = ((
  id,
  of,
  { rule = 'pain-up', urgency = 'soon', start = '2026-03-01T10:00:00Z', key, ...more }: any = {},
): any => ({
  id,
  status: 'active',
  subject: { reference: `Patient/${of}` },
  period: { start },
  code: { coding: [{ system: 'urn:reprise:flag', code: rule }], text: rule },
  extension: [
    {
      url: 'urn:reprise:finding',
      extension: [
        part('kind', 'valueCode', 'change'),
        part('of', 'valueCode', 'pain'),
        part('urgency', 'valueCode', urgency),
        part('unit', 'valueCode', '{score}'),
        part('value', 'valueDecimal', 5),
        part('before', 'valueDecimal', 2),
        part('since', 'valueDate', '2026-02-28'),
        ...(key ? [part('key', 'valueString', key)] : []),
      ],
    },
  ],
  ...more,
})) as any;
/** As care/monitoring/flag_changes.cpp writes what the change detector found. */
const sensed_flag = (parts: any[] = []): any => ({
  ...flag('s', 'w'),
  extension: [
    {
      url: 'urn:reprise:finding',
      extension: [
        part('rule', 'valueCanonical', 'urn:reprise:rule:sensed-change|2'),
        part('kind', 'valueCode', 'change'),
        part('of', 'valueCode', 'sensed'),
        part('measure', 'valueCode', 'step_time_asymmetry'),
        part('unit', 'valueCode', '%'),
        part('value', 'valueDecimal', 15.2),
        part('before', 'valueDecimal', 5.4),
        part('since', 'valueDate', '2026-02-28'),
        ...parts,
      ],
    },
  ],
});
const EVIDENCE = [
  part('shape', 'valueCode', 'step'),
  part('uncertainty', 'valueDecimal', 0.9),
  part('earliest', 'valueDate', '2026-02-27'),
  part('latest', 'valueDate', '2026-02-28'),
  part('confidence', 'valueDecimal', 0.987),
  part('before-count', 'valueInteger', 27),
  part('after-count', 'valueInteger', 2),
  part('shown-unit', 'valueString', '%'),
  part('decimals', 'valueInteger', 1),
];
const answer_flag = (id, of, start): any => ({
  id,
  status: 'active',
  subject: { reference: `Patient/${of}` },
  period: { start },
  code: { coding: [{ system: 'urn:reprise:flag', code: 'pain-risen' }], text: 'pain risen' },
});
const message = (of, sent, own): any => ({
  status: 'completed',
  subject: { reference: `Patient/${of}` },
  sender: { reference: own ? `Patient/${of}` : 'Practitioner/dr' },
  sent,
  category: [{ coding: [{ system: 'urn:reprise:communication', code: 'message' }] }],
});
const ids = (rows) => rows.map(({ id }) => id);

describe('worklist', () => {
  it('a change of a sensor has its uncertainty, beginning, evidence and version, or the words of the record', () => {
    expect(reasonOf(sensed_flag(EVIDENCE)).finding?.sensed).toStrictEqual({
      shape: 'step',
      part: undefined,
      uncertainty: 0.9,
      earliest: '2026-02-27',
      latest: '2026-02-28',
      confidence: 0.987,
      daysBefore: 27,
      daysSince: 2,
      unit: '%',
      decimals: 1,
      version: '2',
    });
    expect(reasonOf(sensed_flag()).finding?.sensed).toBe(undefined);
    expect(reasonOf(flag('1', 'w')).finding?.sensed).toBe(undefined);
  });

  it('the most needy come first, then who waits for an answer, then names', () => {
    const rows = rowsOf(
      [
        patient('z', 'Zoe'),
        patient('b', 'Bo'),
        patient('m', 'Mo'),
        patient('w', 'Will'),
        patient('s', 'Sam'),
        patient('n', 'Nia'),
        patient('gone', 'Gone', { active: false }),
      ],
      [
        flag('1', 'w', { urgency: 'watch' }),
        flag('2', 's'),
        answer_flag('3', 'n', '2026-03-01T09:00:00Z'),
        flag('4', 'gone'),
      ],
      conversationsIn([message('m', '2026-03-01T08:00:00Z', true)]),
      [],
      NOW,
    );
    expect(ids(rows)).toStrictEqual(['n', 's', 'w', 'm', 'b', 'z']);
    expect(rows[0].reasons[0].urgency, 'the given answer had to be known at once').toBe('now');
  });

  it('the same again and again is one reason, and says how often', () => {
    const [row] = rowsOf(
      [patient('a', 'Ann')],
      [
        answer_flag('1', 'a', '2026-02-27T09:00:00Z'),
        answer_flag('2', 'a', '2026-03-01T09:00:00Z'),
        flag('3', 'a', { key: 'squat' } as any),
        flag('4', 'a', { key: 'lunge' } as any),
      ],
      new Map(),
      [],
      NOW,
    );
    expect(row.reasons.map(({ times, flags }) => [times, flags.length])).toStrictEqual([
      [2, 2],
      [1, 1],
      [1, 1],
    ]);
    expect(row.reasons[0].raised).toBe('2026-03-01T09:00:00Z');
  });

  // Patient finding 1: who closes a flag knows that exercises are on hold because of it.
  it('a flag says whether exercises are on hold because of it', () => {
    const hold = (...more) =>
      rowsOf(
        [patient('a', 'Ann')],
        [
          {
            ...answer_flag('1', 'a', '2026-03-01T09:00:00Z'),
            extension: [{ url: 'urn:reprise:hold', extension: [part('until', 'valueCode', 'clinician')] }, ...more],
          },
        ],
        new Map(),
        [],
        NOW,
      )[0].reasons[0].hold;
    expect(hold()).toBe('on');
    expect(hold({ url: 'urn:reprise:snoozed-until', valueDateTime: '2026-03-02T09:00:00Z' })).toBe('on');
    expect(hold({ url: 'urn:reprise:hold-ended', extension: [part('why', 'valueCode', 'taken-back')] })).toBe(
      'taken-back',
    );
    expect(hold({ url: 'urn:reprise:hold-ended', extension: [part('why', 'valueCode', 'next-day')] })).toBe(undefined);
  });

  it('a warning sign comes before all else and is named; a wrong touch does not', () => {
    const sign = (id, of, ...more): any => ({
      ...answer_flag(id, of, '2026-02-20T09:00:00Z'),
      code: {
        coding: [{ system: 'urn:reprise:flag', code: 'red-flag' }],
        text: 'a warning sign was answered with yes (chest-or-breath)',
      },
      extension: [
        {
          url: 'urn:reprise:hold',
          extension: [part('until', 'valueCode', 'clinician'), part('question', 'valueCode', 'chest-or-breath')],
        },
        ...more,
      ],
    });
    const others = [answer_flag('1', 'a', '2026-03-01T09:00:00Z'), flag('2', 'a', { urgency: 'now' })];
    const people = [patient('a', 'Ann'), patient('b', 'Bo')];
    const rows = rowsOf(people, [...others, sign('3', 'b')], new Map(), [], NOW);
    expect(ids(rows), 'though it is older, and one of one').toStrictEqual(['b', 'a']);
    expect(rows[0].reasons[0].signs).toStrictEqual(['chest-or-breath']);
    const back = sign('3', 'b', { url: 'urn:reprise:hold-ended', extension: [part('why', 'valueCode', 'taken-back')] });
    expect(ids(rowsOf(people, [...others, back], new Map(), [], NOW))).toStrictEqual(['a', 'b']);
  });

  it('a snoozed reason is hidden until its time', () => {
    const snoozed = () => flag('1', 'a', {});
    const one = snoozed();
    one.extension.push({ url: 'urn:reprise:snoozed-until', valueDateTime: '2026-03-03T10:00:00Z' });
    const at = (now) => rowsOf([patient('a', 'Ann')], [one], new Map(), [], now)[0];
    expect([at(NOW).reasons.length, at(NOW).snoozed.length]).toStrictEqual([0, 1]);
    expect(at(NOW + 2 * 24 * 3600_000).reasons.length).toBe(1);
    expect(passes(at(NOW), 'snoozed')).toBe(true);
    expect(passes(at(NOW), 'attention')).toBe(false);
  });

  it("messages wait from the clinic's last answer on", () => {
    const of = (...messages) => rowsOf([patient('a', 'Ann')], [], conversationsIn(messages), [], NOW)[0].messages;
    expect(of(message('a', '2026-03-01T08:00:00Z', true), message('a', '2026-03-01T09:00:00Z', true))).toBe(2);
    expect(of(message('a', '2026-03-01T08:00:00Z', true), message('a', '2026-03-01T09:00:00Z', false))).toBe(0);
    expect(of(message('a', '2026-03-01T09:00:00Z', false), message('a', '2026-03-01T10:00:00Z', true))).toBe(1);
  });

  it('a search finds beginnings of words in names and reasons, without accents', () => {
    const [row] = rowsOf([patient('a', 'Zoë Núñez')], [flag('1', 'a')], new Map(), [], NOW);
    const found = (typed) => matches(row, typed, () => 'Pain up 3 points');
    expect(found('nun zoe')).toBe(true);
    expect(found('pain')).toBe(true);
    expect(found('oe')).toBe(false);
    expect(found('')).toBe(true);
  });

  it('the navigation counts patients, not flags, and none that are snoozed or can wait', () => {
    const late = answer_flag('3', 'b', '2026-03-01T09:00:00Z');
    late.extension = [{ url: 'urn:reprise:snoozed-until', valueDateTime: '2026-03-09T10:00:00Z' }];
    expect(
      urgentIn(
        [answer_flag('1', 'a', '2026-03-01T09:00:00Z'), flag('2', 'a', { urgency: 'now' }), late, flag('4', 'c')],
        NOW,
      ),
    ).toBe(1);
  });

  const definition = (file, more = {}): any => ({
    resourceType: 'PlanDefinition',
    id: '1',
    meta: { versionId: '1' },
    url: `urn:reprise:rule:${file.id}`,
    version: String(file.version),
    status: 'active',
    relatedArtifact: [
      {
        type: 'documentation',
        document: {
          contentType: 'application/json',
          data: Buffer.from(JSON.stringify(file)).toString('base64'),
          title: `${file.id}.json`,
        },
      },
    ],
    ...more,
  });
  const shipped = (id) =>
    JSON.parse(readFileSync(new URL(`../../../catalog/rules/${id}.json`, import.meta.url), 'utf8'));

  it('the newest active version of a rule counts; one that is switched off is still there', () => {
    const file = shipped('pain-up');
    const rules = rulesIn([
      definition({ ...file, version: 9, by: 4 }, { id: '9', status: 'retired' }),
      definition(file),
      definition({ ...file, version: 2, by: 3 }, { id: '2' }),
      { resourceType: 'PlanDefinition' },
    ]);
    expect(rules.length).toBe(1);
    expect(rules[0].numbers.by).toBe(3);
    expect(rulesIn([definition(file, { status: 'retired' })])[0].on).toBe(false);
  });

  it('other numbers are the next version, and all else stays byte for byte', () => {
    const file = shipped('pain-up');
    const [rule] = rulesIn([definition(file)]);
    const next = changed(rule, { ...rule.numbers, by: 4, 'recent.points': 3 }, 'now', 7);
    const text = JSON.parse(Buffer.from(next.relatedArtifact[0].document.data, 'base64').toString('utf8'));
    expect(text).toStrictEqual({ ...file, version: 8, by: 4, urgency: 'now', recent: { ...file.recent, points: 3 } });
    expect(next.version).toBe('8');
    expect(next.id).toBe(undefined);
  });
});
