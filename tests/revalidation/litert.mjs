// LiteRT.js in Debian's Chromium: what the native networks are compared with.

import {createReadStream, existsSync} from 'node:fs';
import {mkdtemp, rm, stat} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The file of each network inside the npm package. */
export const modelFiles = {
  detector: 'pose_solution_packed_assets.data',
  lite: 'pose_landmark_lite.tflite',
  full: 'pose_landmark_full.tflite',
  heavy: 'pose_landmark_heavy.tflite',
};
export const inputSides = {detector: 224, lite: 256, full: 256, heavy: 256};

const page = `<!doctype html><title>LiteRT</title>
<script type="importmap">{"imports": {
  "@litertjs/core": "/@litertjs/core/dist/index.js",
  "@litertjs/wasm-utils": "/@litertjs/wasm-utils/dist/index.js"}}</script>
<script type="module">
import {loadLiteRt, loadAndCompile, Tensor} from '@litertjs/core';
const models = {};
window.prepare = async (name, file) => {
  window.litert ??= await loadLiteRt('/@litertjs/core/wasm/', {threads: false});
  models[name] ??= await loadAndCompile('/@mediapipe/pose/' + file, {accelerator: 'wasm'});
};
// Raw outputs, one behind the other in the order of the model's own list of outputs.
window.outputs = async (name, side) => {
  const values = new Float32Array(await (await fetch('/input')).arrayBuffer());
  const input = new Tensor(values, [1, side, side, 3]);
  const results = await models[name].run(input);
  const parts = results.map((tensor) => ({shape: [...tensor.type.layout.dimensions],
                                          values: Array.from(tensor.toTypedArray())}));
  input.delete();
  results.forEach((tensor) => tensor.delete());
  return parts;
};
// The same work as one run of the native program: input copied in, network, outputs copied out.
window.times = async (name, side, runs) => {
  const values = new Float32Array(side * side * 3).fill(0.5);
  const all = [];
  for (let i = 0; i < runs; ++i) {
    const start = performance.now();
    const input = new Tensor(values, [1, side, side, 3]);
    const results = await models[name].run(input);
    for (const tensor of results) tensor.toTypedArray();
    all.push(performance.now() - start);
    input.delete();
    results.forEach((tensor) => tensor.delete());
  }
  return all;
};
window.ready = true;
</script>`;

const types = {'.js': 'text/javascript', '.wasm': 'application/wasm'};

/** Serves the page, the npm packages it needs and the current input, to this machine only. */
async function serve(state) {
  const server = createServer(async (request, response) => {
    // Isolation gives the page's clock its full resolution.
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (name === '/') return response.setHeader('Content-Type', 'text/html').end(page);
    if (name === '/input') return response.end(state.input);
    const modules = path.join(root, 'node_modules');
    const file = path.join(modules, name);
    const allowed = file.startsWith(modules + path.sep) && (await stat(file).catch(() => null))?.isFile();
    if (!allowed) return response.writeHead(404).end();
    response.setHeader('Content-Type', types[path.extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The path of a program in the build folder (option --build, else build/release); ends with a clear text without it. */
export function builtProgram(name) {
  const at = process.argv.indexOf('--build');
  const program = path.resolve(root, at < 0 ? 'build/release' : process.argv[at + 1] ?? '', name);
  if (existsSync(program)) return program;
  console.error(`${program} is missing: run \`cmake --preset release && cmake --build --preset release\` first`);
  process.exit(2);
}

/** Starts the browser. `outputs` and `times` run a network in it; `close` ends it and removes its profile. */
export async function startLitert() {
  const state = {input: Buffer.alloc(0)};
  const server = await serve(state);
  const profile = await mkdtemp(path.join(tmpdir(), 'reprise-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.REPRISE_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
           '--disable-component-update', '--disable-sync'],
  });
  const close = async () => {
    await browser.close();
    server.close();
    await rm(profile, {recursive: true, force: true});
  };
  try {
    const tab = await browser.newPage();
    tab.on('pageerror', (error) => console.error('in the page:', error.message));
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.waitForFunction('window.ready');
    const prepare = (name) => tab.evaluate(([n, f]) => window.prepare(n, f), [name, modelFiles[name]]);
    return {
      version: browser.browser()?.version() ?? await tab.evaluate('navigator.userAgent'),
      close,
      async outputs(name, input) {
        state.input = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
        await prepare(name);
        return tab.evaluate(([n, side]) => window.outputs(n, side), [name, inputSides[name]]);
      },
      async times(name, runs) {
        await prepare(name);
        return tab.evaluate(([n, side, r]) => window.times(n, side, r), [name, inputSides[name], runs]);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
