// SPDX-License-Identifier: Apache-2.0
// Reads the heart rates of a file off the page's thread: an export of Apple Health may have hundreds of megabytes.

import { expose } from 'comlink';
import { loadReprise, type HeartRatesOfFile } from 'reprise-engine';

const PIECE_BYTES = 4 << 20;
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** `archive`: a ZIP file, as a phone exports it. `unreadable`: the file is gone. Others as the engine says. */
export type ImportProblem = 'archive' | 'unsupported' | 'corrupt' | 'nothing_measured' | 'unreadable';
export type Imported = { found: HeartRatesOfFile } | { problem: ImportProblem };

const codeOf = (error: unknown) => (error as { code?: unknown } | undefined)?.code;

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += PIECE_BYTES)
    yield new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
}

const importWorker = {
  /** `onProgress`: the share that is read. Throws where the engine cannot be loaded or fails. */
  async read(
    file: Blob,
    range: { from_s: number; to_s: number },
    onProgress: (share: number) => void,
  ): Promise<Imported> {
    const reprise = await loadReprise();
    const reader = reprise.heartRateFile(range);
    let done = 0;
    try {
      for await (const piece of piecesOf(file)) {
        if (done === 0 && ZIP.every((byte, i) => piece[i] === byte)) return { problem: 'archive' };
        reader.take(piece);
        done += piece.length;
        onProgress(done / file.size);
      }
      return { found: reader.finish() };
    } catch (error) {
      if (error instanceof DOMException) return { problem: 'unreadable' };
      const code = codeOf(error);
      if (code === 'unsupported' || code === 'corrupt' || code === 'nothing_measured') return { problem: code };
      throw error;
    } finally {
      reader.release();
    }
  },
};
export type ImportWorker = typeof importWorker;

expose(importWorker);
