// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = (of: string) => fileURLToPath(new URL(`../${of}/`, import.meta.url));
/** Why a component is not on the page. */
const NOT_SHOWN: Record<string, string> = {
  'proof.tsx': 'it asks only when the server refused; its dialog, form and fields are shown',
};

describe('the page of every component', () => {
  it('shows each one of web/components', () => {
    const shown = readdirSync(folder('gallery'))
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => readFileSync(folder('gallery') + file, 'utf8'))
      .join('\n');
    const missing = readdirSync(folder('components')).filter(
      (file) => file.endsWith('.tsx') && !(file in NOT_SHOWN) && !shown.includes(`'../components/${file}'`),
    );
    expect(missing).toStrictEqual([]);
  });
});
