// SPDX-License-Identifier: Apache-2.0
// What a paper is built of. Each block knows its height in a given width, and draws itself with its tags.
import { INK, type Pen, type Style, type Tag } from './pen.ts';

export interface Block {
  height: (pen: Pen, width: number) => number;
  /** Draws it on the present page, where there is room for its height. */
  draw: (pen: Pen, parent: Tag, x: number, y: number, width: number) => void;
  /** What it may be taken apart into where no page has room for the whole. */
  parts?: readonly Block[];
}

export const space = (height: number): Block => ({ height: (pen) => pen.scaled(height), draw: () => {} });

/** `tag`: H1, H2, H3, P, Caption. */
export function text(tag: string, words: string, style: Style = {}): Block {
  return {
    height: (pen, width) => pen.heightOf(pen.printable(words), style, width),
    draw: (pen, parent, x, y, width) => {
      pen.tag(parent, tag, () => pen.write(pen.printable(words), style, x, y, width)).end();
    },
  };
}

export const paragraph = (words: string, style?: Style) => text('P', words, style);

/** One below the other. */
export function stack(parts: readonly Block[], gap = 4): Block {
  return {
    height: (pen, width) =>
      parts.reduce((sum, part, i) => sum + part.height(pen, width) + (i > 0 ? pen.scaled(gap) : 0), 0),
    draw: (pen, parent, x, y, width) => {
      let at = y;
      for (const part of parts) {
        part.draw(pen, parent, x, at, width);
        at += part.height(pen, width) + pen.scaled(gap);
      }
    },
    parts,
  };
}

/** Side by side; `share` of the width each. */
export function row(parts: readonly { block: Block; share: number }[], gap = 10): Block {
  const widths = (width: number) => parts.map(({ share }) => share * (width - gap * (parts.length - 1)));
  return {
    height: (pen, width) => Math.max(0, ...parts.map(({ block }, i) => block.height(pen, widths(width)[i] ?? 0))),
    draw: (pen, parent, x, y, width) => {
      let at = x;
      for (const [i, { block }] of parts.entries()) {
        const own = widths(width)[i] ?? 0;
        block.draw(pen, parent, at, y, own);
        at += own + gap;
      }
    },
  };
}

/** A list, numbered or with dots. */
export function list(items: readonly string[], { numbered = false, style = {} as Style } = {}): Block {
  const indent = (pen: Pen) => pen.scaled(numbered ? 16 : 11);
  const one = (item: string, i: number): Block => ({
    height: (pen, width) => pen.heightOf(pen.printable(item), style, width - indent(pen)),
    draw: (pen, parent, x, y, width) => {
      const entry = pen.tag(parent, 'LI');
      pen.tag(entry, 'Lbl', () => pen.write(numbered ? `${i + 1}.` : '•', style, x, y, indent(pen)));
      pen.tag(entry, 'LBody', () => pen.write(pen.printable(item), style, x + indent(pen), y, width - indent(pen)));
      entry.end();
    },
  });
  const all = stack(items.map(one), 2);
  return {
    height: all.height,
    draw: (pen, parent, x, y, width) => {
      const whole = pen.tag(parent, 'L');
      all.draw(pen, whole, x, y, width);
      whole.end();
    },
    parts: items.map((item, i) => {
      const alone = one(item, i);
      return {
        height: alone.height,
        draw: (pen: Pen, parent: Tag, x: number, y: number, width: number) => {
          const whole = pen.tag(parent, 'L');
          alone.draw(pen, whole, x, y, width);
          whole.end();
        },
      };
    }),
  };
}

/** A framed block, kept whole if a page has room for it. */
export function card(inner: Block, { fill, rule = '#b8bec6' }: { fill?: string; rule?: string } = {}): Block {
  const pad = 9;
  return {
    height: (pen, width) => inner.height(pen, width - 2 * pad) + 2 * pad,
    draw: (pen, parent, x, y, width) => {
      const height = inner.height(pen, width - 2 * pad) + 2 * pad;
      pen.decoration(() => {
        pen.pdf.roundedRect(x, y, width, height, 6).lineWidth(0.8);
        if (fill === undefined) pen.pdf.stroke(rule);
        else pen.pdf.fillAndStroke(fill, rule);
      });
      inner.draw(pen, parent, x + pad, y + pad, width - 2 * pad);
    },
    ...(inner.parts && { parts: inner.parts }),
  };
}

/** A picture (JPEG or PNG) as wide as its place, at most `most` points. */
export function picture(bytes: Uint8Array, ratio: number, alt: string, most = Number.POSITIVE_INFINITY): Block {
  const side = (width: number) => Math.min(width, most);
  return {
    height: (_, width) => side(width) / ratio,
    draw: (pen, parent, x, y, width) => {
      const own = side(width);
      pen
        .tag(
          parent,
          'Figure',
          () => pen.pdf.image(bytes.slice().buffer, x, y, { width: own, height: own / ratio }),
          alt,
        )
        .end();
    },
  };
}

/** Empty boxes to tick, each with its label above. */
export function boxes(labels: readonly string[], alt: string): Block {
  const side = 15;
  return {
    height: (pen) => pen.scaled(side + 12),
    draw: (pen, parent, x, y, width) => {
      const step = Math.min(width / labels.length, pen.scaled(30));
      const draw = () => {
        for (const [i, label] of labels.entries()) {
          pen.write(label, { size: 8.5, align: 'center' }, x + i * step, y, step);
          pen.pdf
            .rect(x + i * step + (step - pen.scaled(side)) / 2, y + pen.scaled(12), pen.scaled(side), pen.scaled(side))
            .lineWidth(0.9)
            .stroke(INK);
        }
      };
      pen.tag(parent, 'Figure', draw, alt).end();
    },
  };
}
