// A recording, off the page's thread: its points at once, then both passes of the engine over it.
import { loadReprise, RepriseError } from 'reprise-engine';
import { movementOf, type Movement } from './movement.ts';
import type { SessionDocument } from './document.ts';

export interface Asked {
  bytes: Uint8Array;
  gzip: boolean;
  exercise: string | undefined;
  side: 'left' | 'right' | undefined;
  ceiling: number | undefined;
  language: string;
}
export type Told = { movement: Movement } | { document: SessionDocument } | { failure: string };

const tell = (told: Told, transfer: Transferable[] = []) => {
  self.postMessage(told, { transfer });
};

async function unpacked(bytes: Uint8Array, gzip: boolean): Promise<Uint8Array> {
  if (!gzip) return bytes;
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function review({ bytes, gzip, exercise: text, side, ceiling, language }: Asked) {
  const [reprise, packed] = await Promise.all([loadReprise(), unpacked(bytes, gzip)]);
  const { frames, simulated, width_px, height_px } = reprise.recording(packed);
  const movement = movementOf(frames, simulated);
  tell({ movement }, [movement.times.buffer, movement.points.buffer, movement.visibility.buffer]);
  if (text === undefined) return;
  const exercise = reprise.exercise(text);
  const coach = exercise.coach({ ...(side && { side }), ...(ceiling !== undefined && { ceiling }) });
  for (const frame of frames) coach.step({ ...frame, simulated });
  coach.finish();
  tell({
    document: JSON.parse(
      coach.session({ kind: simulated ? 'simulated' : 'video', name: 'recording', language, width_px, height_px }),
    ) as SessionDocument,
  });
}

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  review(data).catch((error: unknown) => {
    if (!(error instanceof RepriseError)) console.error(error);
    tell({ failure: error instanceof RepriseError ? error.found : String(error) });
  });
};
