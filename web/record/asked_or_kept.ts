import { failureOf, type Failure } from '../source/api.ts';
import { shelf } from './kept.ts';

export interface Known<T> {
  value: T;
  /** When the record was asked, and why it was not asked now. */
  at: string;
  failure?: Failure;
}

/** What the record says; where it cannot be asked, what it said last. Throws a Failure where there is neither. */
export async function askedOrKept<T>(key: string, ask: () => Promise<T>): Promise<Known<T>> {
  const kept = await shelf();
  try {
    const known: Known<T> = { value: await ask(), at: new Date().toISOString() };
    await kept.putValue(key, known).catch(() => {});
    return known;
  } catch (error) {
    const failure = failureOf(error);
    const before = await kept.value<Known<T>>(key);
    if (!before || failure.code === 'no-session') throw failure;
    return { ...before, failure };
  }
}
