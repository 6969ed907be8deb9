// `npx vite web` serves the pages while they are written; REPRISE_SERVER is a running `reprise serve` that answers them.
import { fileURLToPath } from 'node:url';

/** @type {import('vite').UserConfig} */
export default {
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    target: 'es2022',
    // The policy of the pages lets nothing be written into them, and a small file is a file.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    proxy: { '/auth': { target: process.env.REPRISE_SERVER ?? 'https://localhost:8443', secure: false } },
  },
};
