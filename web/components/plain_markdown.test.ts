// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { blocksOf } from './plain_markdown.tsx';

describe('plain Markdown', () => {
  it('of Markdown only paragraphs, lists and headings; the rest stays letters', () => {
    expect(blocksOf('One\nline\n\n## Two\n- a\n- b\n\n<b>x</b> [y](http://z)')).toStrictEqual([
      { kind: 'paragraph', text: 'One line' },
      { kind: 'heading', text: 'Two' },
      { kind: 'list', points: ['a', 'b'] },
      { kind: 'paragraph', text: '<b>x</b> [y](http://z)' },
    ]);
    expect(blocksOf(' \n\n')).toStrictEqual([]);
  });
});
