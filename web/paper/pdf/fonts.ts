// SPDX-License-Identifier: Apache-2.0
// The fonts of papers, loaded when the first one is made. They have Latin, Greek and Cyrillic letters.
import bold from '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf?url';
import regular from '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf?url';
import { Failure } from '../../data/api.ts';
import type { Fonts } from './pen.ts';

async function fetched(address: string): Promise<Uint8Array> {
  const answer = await fetch(address).catch(() => undefined);
  if (!answer?.ok) throw new Failure('unreachable');
  return new Uint8Array(await answer.arrayBuffer());
}

export async function loadFonts(): Promise<Fonts> {
  const [one, other] = await Promise.all([fetched(regular), fetched(bold)]);
  return { regular: one, bold: other };
}
