// SPDX-License-Identifier: Apache-2.0
// What the engine needs of WebAssembly.

// The smallest programs that use them, as bytes.
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0];
const SIMD = [...HEADER, 0x0a, 9, 1, 7, 0, 0x41, 0, 0xfd, 0x0f, 0x1a, 0x0b]; // i32.const 0, i8x16.splat, drop
const EXCEPTIONS = [...HEADER, 0x0a, 8, 1, 6, 0, 0x06, 0x40, 0x19, 0x0b, 0x0b]; // try, catch_all, end

/** Whether this browser can run the engine. */
export function canRunEngine(): boolean {
  return (
    typeof WebAssembly === 'object' &&
    [SIMD, EXCEPTIONS].every((program) => WebAssembly.validate(new Uint8Array(program)))
  );
}
