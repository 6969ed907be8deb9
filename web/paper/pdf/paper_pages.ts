// SPDX-License-Identifier: Apache-2.0
// Puts blocks onto pages, one below the other. A block stays whole; one that no page has room for is taken apart.
import type { Block } from './blocks.ts';
import { MARGIN, type Pen, type Tag } from './pen.ts';

export class Flow {
  #y = MARGIN;
  readonly #pen: Pen;

  constructor(pen: Pen) {
    this.#pen = pen;
  }

  get #room(): number {
    return this.#pen.bottom - MARGIN;
  }

  newPage() {
    this.#pen.pdf.addPage();
    this.#y = MARGIN;
  }

  /** `gap`: below it. */
  add(block: Block, gap = 6, parent: Tag = this.#pen.root) {
    const height = block.height(this.#pen, this.#pen.width);
    if (height > this.#room && block.parts) {
      for (const part of block.parts) this.add(part, 4, parent);
      this.#y += this.#pen.scaled(gap);
      return;
    }
    if (this.#y + height > this.#pen.bottom && this.#y > MARGIN) this.newPage();
    block.draw(this.#pen, parent, MARGIN, this.#y, this.#pen.width);
    this.#y += height + this.#pen.scaled(gap);
  }

  /** A heading never stands alone at the end of a page. */
  addTogether(heading: Block, first: Block, gap = 6) {
    const needed = heading.height(this.#pen, this.#pen.width) + first.height(this.#pen, this.#pen.width) + gap;
    if (this.#y + Math.min(needed, this.#room) > this.#pen.bottom && this.#y > MARGIN) this.newPage();
    this.add(heading, 3);
    this.add(first, gap);
  }

  /** A table whose head stands on each of its pages. */
  table(head: readonly string[], rows: readonly (readonly string[])[], shares: readonly number[], gap = 8) {
    const pen = this.#pen;
    const whole = pen.tag(pen.root, 'Table');
    const line = (cells: readonly string[], bold: boolean): Block => {
      const style = { size: 9, bold };
      const widths = shares.map((share) => share * pen.width - 6);
      const clean = cells.map((cell) => pen.printable(cell));
      const high = Math.max(...clean.map((cell, i) => pen.heightOf(cell || ' ', style, widths[i] ?? 10))) + 4;
      const at = (i: number) => MARGIN + shares.slice(0, i).reduce((sum, share) => sum + share * pen.width, 0);
      const rule = (y: number) =>
        pen.decoration(() => {
          pen.pdf
            .moveTo(MARGIN, y)
            .lineTo(MARGIN + pen.width, y)
            .lineWidth(bold ? 0.9 : 0.4)
            .stroke('#b8bec6');
        });
      return {
        height: () => high,
        draw: (_, parent, __, y) => {
          const tagged = pen.tag(parent, 'TR');
          clean.forEach((cell, i) => {
            pen.tag(tagged, bold ? 'TH' : 'TD', () => pen.write(cell, style, at(i), y + 1, widths[i] ?? 10));
          });
          tagged.end();
          rule(y + high - 1);
        },
      };
    };
    const top = line(head, true);
    const repeated: Block = {
      height: top.height,
      draw: (_, __, ___, y) => {
        pen.decoration(() => {
          head.forEach((cell, i) => {
            const x = MARGIN + shares.slice(0, i).reduce((sum, share) => sum + share * pen.width, 0);
            pen.write(pen.printable(cell), { size: 9, bold: true }, x, y + 1, (shares[i] ?? 0) * pen.width - 6);
          });
        });
      },
    };
    const rowBlocks = rows.map((cells) => line(cells, false));
    const first = rowBlocks[0]?.height(pen, pen.width) ?? 0;
    if (this.#y + top.height(pen, pen.width) + first > pen.bottom) this.newPage();
    this.add(top, 0, whole);
    for (const one of rowBlocks) {
      if (this.#y + one.height(pen, pen.width) > pen.bottom) {
        this.newPage();
        this.add(repeated, 0, whole);
      }
      this.add(one, 0, whole);
    }
    whole.end();
    this.#y += pen.scaled(gap);
  }
}
