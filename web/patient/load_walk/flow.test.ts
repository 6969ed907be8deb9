// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import * as flow from './flow.ts';

const walking: flow.Step = { kind: 'live' };

describe('a walk with load sensors', () => {
  it('begins with warning signs and pain, and starts only with sensors that fit', () => {
    expect(flow.begun(true)).toStrictEqual({ kind: 'flags', on: 'start' });
    expect(flow.painBeforeSaid(true)).toStrictEqual({ kind: 'halted', why: 'pain' });
    expect(flow.started({ kind: 'setUp' }, false)).toStrictEqual({ kind: 'setUp' });
    expect(flow.started({ kind: 'setUp' }, true)).toStrictEqual(walking);
    expect(flow.started({ kind: 'prepare' }, true)).toStrictEqual({ kind: 'prepare' });
  });

  it('sets sensors up anew in its midst', () => {
    expect(flow.setUpAnew(walking)).toStrictEqual({ kind: 'setUp' });
    expect(flow.setUpAnew({ kind: 'painAfter' })).toStrictEqual({ kind: 'painAfter' });
  });

  it('is prepared again where its limit has changed', () => {
    expect([walking, { kind: 'setUp' } as const].map(flow.preparedAgain)).toStrictEqual([
      { kind: 'prepare' },
      { kind: 'prepare' },
    ]);
    expect(flow.preparedAgain({ kind: 'painAfter' })).toStrictEqual({ kind: 'painAfter' });
  });

  it('asks about warning signs where the patient feels unwell, and halts for one', () => {
    const asked = flow.unwell(walking);
    expect(asked).toStrictEqual({ kind: 'flags', on: 'stop' });
    expect(flow.flagsAnswered(asked, true)).toStrictEqual({ kind: 'halted', why: 'redFlag' });
    expect(flow.flagsAnswered(asked, false)).toStrictEqual({ kind: 'painAfter' });
  });

  it('ends by a touch or by pain, and is closed by a hold until then', () => {
    expect(flow.finished(walking)).toStrictEqual({ kind: 'painAfter' });
    expect(flow.stoppedByPain(true)).toStrictEqual({ kind: 'result', hurt: true });
    expect([walking, { kind: 'setUp' } as const].every(flow.isOpen)).toBe(true);
    expect(flow.isOpen({ kind: 'result', hurt: false })).toBe(false);
  });
});
