// SPDX-License-Identifier: Apache-2.0
// LiteRT, which runs the pose networks on the processor. Used below its own JavaScript, so that numbers are copied
// once.

import type { CompileOptions } from '@litertjs/core';
import createLiteRt from '@litertjs/core/wasm/litert_wasm_compat_internal.js';
import type { LiteRtWasm, TensorBuffer } from '@litertjs/core/wasm/litert_wasm_compat_internal.js';
import programUrl from '@litertjs/core/wasm/litert_wasm_compat_internal.wasm?url';
import { count, fetchFile, type Came } from './files.ts';
import { CoachFailure } from './types.ts';

/** A network that is ready to run. */
export interface Network {
  /** Runs it on `input`; what it says is copied into `outputs`, in the network's order. */
  run(input: Float32Array, outputs: readonly Float32Array[]): Promise<void>;
  release(): void;
}

export interface Runtime {
  /** Makes a network of the bytes of its file. */
  network(file: Uint8Array): Promise<Network>;
}

/** Loads LiteRT's program. */
export async function loadRuntime(came: Came): Promise<Runtime> {
  const response = await fetchFile(programUrl);
  count(response.clone(), came).catch(() => {}); // the compiler hears of it
  const litert = await new Promise<LiteRtWasm>((resolve, reject) => {
    createLiteRt({
      instantiateWasm(imports, done) {
        WebAssembly.instantiateStreaming(response, imports).then(({ instance, module }) => {
          done(instance, module);
        }, reject);
        return {};
      },
      // It tells at length of accelerators that are not there.
      print() {},
      printErr() {},
    }).then(resolve, reject);
  });
  const environment = litert.LiteRtEnvironment.create(null);
  return { network: (file) => makeNetwork(litert, environment, file) };
}

type Environment = ReturnType<LiteRtWasm['LiteRtEnvironment']['create']>;

type LockMode = Parameters<TensorBuffer['lock']>[0];

/** A tensor's memory. It moves when memory grows, so that it is looked at only here. */
function withNumbers<T>(
  litert: LiteRtWasm,
  tensor: TensorBuffer,
  mode: LockMode,
  use: (numbers: Float32Array) => T,
): T {
  const address = tensor.lock(mode);
  try {
    return use(new Float32Array(litert.HEAPU8.buffer, address, tensor.packedSize() / Float32Array.BYTES_PER_ELEMENT));
  } finally {
    tensor.unlock();
  }
}

async function makeNetwork(litert: LiteRtWasm, environment: Environment, file: Uint8Array): Promise<Network> {
  const { READ, WRITE } = litert.LiteRtTensorBufferLockMode;
  const address = litert._malloc(file.byteLength);
  if (address === 0) throw new CoachFailure('memory', 'no memory for a network');
  litert.HEAPU8.set(file, address);
  const model = litert.loadModel(environment, address, file.byteLength);
  const options: CompileOptions = { accelerator: 'wasm', cpuOptions: { numThreads: 1 } };
  const compiled = await litert.compileModel(environment, model, options);
  const type = model.getInputTensorType(0, 0);
  const tensor = litert.LiteRtTensorBuffer.createManaged(
    environment,
    litert.LiteRtTensorBufferType.HOST_MEMORY,
    type,
    type.bytes(),
  );
  type.delete();
  return {
    async run(input, outputs) {
      withNumbers(litert, tensor, WRITE, (numbers) => {
        numbers.set(input);
      });
      const results = await compiled.run(0, [tensor]);
      try {
        if (results.length !== outputs.length)
          throw new CoachFailure('damaged', `a network with ${results.length} outputs`);
        results.forEach((result, i) => {
          withNumbers(litert, result, READ, (numbers) => {
            outputs[i]?.set(numbers);
          });
        });
      } finally {
        for (const result of results) result.delete();
      }
    },
    release() {
      tensor.delete();
      compiled.delete();
      model.delete();
      litert._free(address);
    },
  };
}
