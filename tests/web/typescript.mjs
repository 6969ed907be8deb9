// Loads a module of the pages that needs no browser, as vite compiles it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const web = fileURLToPath(new URL('../../web/', import.meta.url));

export async function load(path) {
  const folder = mkdtempSync(join(tmpdir(), 'reprise-web-'));
  try {
    await build({
      root: web,
      configFile: false,
      logLevel: 'warn',
      build: {
        outDir: folder,
        emptyOutDir: false,
        minify: false,
        lib: { entry: join(web, path), formats: ['es'], fileName: () => 'module.mjs' },
      },
    });
    return await import(pathToFileURL(join(folder, 'module.mjs')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
