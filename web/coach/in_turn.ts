// SPDX-License-Identifier: Apache-2.0
// A worker's calls, one after the other, and the codes of what fails in them.

import { transfer } from 'comlink';
import { RepriseError } from 'reprise-engine';
import { CoachFailure, type CoachFailureCode } from './types.ts';

function codeOf(error: unknown): CoachFailureCode {
  if (error instanceof CoachFailure) return error.code;
  const said = String(error);
  if (/out of memory|allocate|bad_alloc|Maximum memory/i.test(said)) return 'memory';
  if (error instanceof WebAssembly.CompileError) return 'damaged';
  if (error instanceof RepriseError && error.code === 'unreadable') return 'unreachable';
  return 'unexpected';
}

let before: Promise<unknown> = Promise.resolve();

/**
 * Runs one call after the other: a set does not end in the middle of a picture. Throws errors named by their code.
 * `arraysOf`: the arrays of a value, which the page gets without a copy.
 */
export function inTurn<T>(
  work: () => T | Promise<T>,
  arraysOf: (value: T) => readonly (Float32Array | undefined)[] = () => [],
): Promise<T> {
  const answer = before.then(async () => {
    try {
      const value = await work();
      const buffers = arraysOf(value).flatMap((array) => array?.buffer ?? []);
      return buffers.length > 0 ? (transfer(value as object, buffers) as T) : value;
    } catch (error) {
      throw Object.assign(new Error(String(error)), { name: codeOf(error) });
    }
  });
  before = answer.catch(() => {});
  return answer;
}
