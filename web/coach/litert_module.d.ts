// SPDX-License-Identifier: Apache-2.0
// LiteRT's compiled program as vite.config.mjs makes a module of it. Its own loader adds copies, looks for a graphics
// device and wants a script that is no module; the types of what the program exports are its own.

declare module '@litertjs/core/wasm/litert_wasm_compat_internal.js' {
  import type { LiteRt } from '@litertjs/core';
  export type LiteRtWasm = LiteRt['liteRtWasm'];
  export type TensorBuffer = ReturnType<LiteRtWasm['LiteRtTensorBuffer']['createManaged']>;
  type Instantiated = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;
  export default function createLiteRt(options: {
    instantiateWasm(imports: WebAssembly.Imports, done: Instantiated): object;
    print(line: string): void;
    printErr(line: string): void;
  }): Promise<LiteRtWasm>;
}
