// What of LiteRT's compiled program is used (npm @litertjs/core, wasm/litert_wasm_compat_internal.js). Its own loader
// adds copies, looks for a graphics device and wants a script that is no module.

declare module '@litertjs/core/wasm/litert_wasm_compat_internal.js' {
  interface Deletable {
    delete(): void;
  }
  export interface TensorType extends Deletable {
    bytes(): number;
  }
  export interface TensorBuffer extends Deletable {
    lock(mode: unknown): number;
    unlock(): void;
    packedSize(): number;
  }
  export interface CompiledModel extends Deletable {
    run(signature: number, inputs: TensorBuffer[]): TensorBuffer[] | Promise<TensorBuffer[]>;
  }
  interface NetworkModel extends Deletable {
    getInputTensorType(signature: number, input: number): TensorType;
  }
  type Environment = Deletable;
  export interface LiteRt {
    HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    LiteRtEnvironment: { create(device: null): Environment };
    LiteRtTensorBuffer: {
      createManaged(environment: Environment, kind: unknown, type: TensorType, bytes: number): TensorBuffer;
    };
    LiteRtTensorBufferType: { HOST_MEMORY: unknown };
    LiteRtTensorBufferLockMode: { READ: unknown; WRITE: unknown };
    loadModel(environment: Environment, address: number, bytes: number): NetworkModel;
    compileModel(
      environment: Environment,
      model: NetworkModel,
      options: { accelerator: 'wasm'; cpuOptions: { numThreads: number } },
    ): CompiledModel | Promise<CompiledModel>;
  }
  type Instantiated = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;
  export default function createLiteRt(options: {
    instantiateWasm(imports: WebAssembly.Imports, done: Instantiated): object;
    print(line: string): void;
    printErr(line: string): void;
  }): Promise<LiteRt>;
}
