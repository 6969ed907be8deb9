// SPDX-License-Identifier: Apache-2.0
// `npx vite web` serves the pages while they are written; REPRISE_SERVER is a running `reprise serve` that answers
// them.
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const path = (from_here) => fileURLToPath(new URL(from_here, import.meta.url));
const litert = createRequire(import.meta.url)
  .resolve('@litertjs/core')
  .replace(/dist\/index\.js$/, 'wasm/litert_wasm_compat_internal');

/** LiteRT's generated script says what it has to scripts and to node; here it is a module, in browsers alone. */
const litert_as_module = {
  name: 'litert-as-module',
  transform(code, id) {
    if (!id.endsWith('/litert_wasm_compat_internal.js')) return undefined;
    const browser_only = code
      .replace(/ENVIRONMENT_IS_NODE = [^;]+;/, 'ENVIRONMENT_IS_NODE = false;')
      .replace(/require\("node:\w+"\)/g, 'undefined')
      .replace(/\/\/ Export using a UMD style[\s\S]*$/, '');
    if (!browser_only.includes('var ModuleFactory') || browser_only.length === code.length)
      throw new Error(`${id}: LiteRT's script is another than expected`);
    return { code: `${browser_only}\nexport default ModuleFactory;\n`, map: null };
  },
};

/** @type {import('vitest/config').ViteUserConfig} */
export default {
  root: path('.'),
  cacheDir: path('../node_modules/.vite'),
  resolve: {
    alias: {
      'reprise-engine': path('../build/wasm/module/reprise.mjs'),
      'reprise-programme': path('../build/wasm/module/programme_only.mjs'),
    },
  },
  define: { LITERT_BYTES: statSync(`${litert}.wasm`).size },
  plugins: [litert_as_module],
  worker: { format: 'es', plugins: () => [litert_as_module] },
  build: {
    target: 'es2022',
    // The policy of the pages lets nothing be written into them, and a small file is a file.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
  },
  // The tests of modules that need no browser, beside them. A busy machine takes its time for 2,000 texts.
  test: { include: ['**/*.test.ts'], testTimeout: 60_000 },
  server: {
    proxy: Object.fromEntries(
      ['/auth', '/fhir'].map((place) => [
        place,
        { target: process.env.REPRISE_SERVER ?? 'https://localhost:8443', secure: false },
      ]),
    ),
  },
};
