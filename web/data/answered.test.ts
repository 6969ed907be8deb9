// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answeredHere, forgetAnswered, rememberAnswered } from './answered.ts';
import { localStore } from './local_store.ts';

const NONE = new Set<string>();
const at = (minute: number) => `2026-03-02T10:0${minute}:00.000Z`;
const answer = async (minute: number, question: string, id: string) => {
  vi.setSystemTime(at(minute));
  await rememberAnswered('kim', question, id, { resourceType: 'Bundle' });
};
const ids = async (asked: string, unsent: ReadonlySet<string>) =>
  (await answeredHere('kim', asked, unsent)).map((one) => JSON.parse(one).id).sort();

describe('answers that the record may not show yet', () => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await (await localStore()).clear();
    return () => vi.useRealTimers();
  });

  it('are the last one to each question, until a response has them', async () => {
    await answer(1, 'test ladder first', 'first');
    await answer(2, 'test ladder second', 'second');
    await answer(3, 'consent app', 'old');
    await answer(4, 'consent app', 'new');
    expect(await ids(at(0), NONE)).toStrictEqual(['first', 'new', 'second']);
    expect(await ids(at(5), new Set(['second']))).toStrictEqual(['second']);
  });

  it('are forgotten once a response has them, and no others', async () => {
    await answer(1, 'test ladder first', 'first');
    await answer(2, 'test ladder second', 'second');
    await answer(4, 'test ladder third', 'third');
    await forgetAnswered('kim', at(3), new Set(['second']));
    expect(await ids(at(0), NONE)).toStrictEqual(['second', 'third']);
  });

  it('lose none where two are kept at once', async () => {
    await Promise.all([answer(1, 'test ladder first', 'first'), answer(1, 'test ladder second', 'second')]);
    await Promise.all([forgetAnswered('kim', at(0), NONE), answer(1, 'test ladder third', 'third')]);
    expect(await ids(at(0), NONE)).toStrictEqual(['first', 'second', 'third']);
  });
});
