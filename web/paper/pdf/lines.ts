// SPDX-License-Identifier: Apache-2.0
import { COLORS } from '../../design/colors.ts';
import type { Block } from './blocks.ts';

export interface LinePoint {
  /** Milliseconds. */
  at: number;
  value: number;
}

interface Plot {
  points: readonly LinePoint[];
  from: number;
  to: number;
  least: number;
  most: number;
  /** What a reader of screens says instead. */
  alt: string;
  /** Below its two ends. */
  ends: readonly [string, string];
}

const HEIGHT = 52;
const LABELS = 14;

/** Values over time on the whole scale: a dot each, joined where no more than `GAP_DAYS` lie between. */
const GAP_MS = 10 * 86_400_000;

export function lines({ points, from, to, least, most, alt, ends }: Plot): Block {
  return {
    height: () => HEIGHT + LABELS,
    draw: (pen, parent, left, y, width) => {
      const x = left + 16;
      const wide = width - 16;
      const across = (at: number) => x + (to === from ? 0.5 : (at - from) / (to - from)) * wide;
      const down = (value: number) => y + HEIGHT - ((value - least) / (most - least)) * HEIGHT;
      const draw = () => {
        const { pdf } = pen;
        pdf.rect(x, y, wide, HEIGHT).lineWidth(0.5).stroke('#b8bec6');
        points.forEach((point, i) => {
          const next = points[i + 1];
          if (next && next.at - point.at <= GAP_MS)
            pdf
              .moveTo(across(point.at), down(point.value))
              .lineTo(across(next.at), down(next.value))
              .lineWidth(0.9)
              .stroke(COLORS.accent);
        });
        for (const { at, value } of points) pdf.circle(across(at), down(value), 1.4).fill(COLORS.accent);
        pen.write(String(most), { size: 7.5, align: 'right' }, left, y - 2, 12);
        pen.write(String(least), { size: 7.5, align: 'right' }, left, y + HEIGHT - 8, 12);
        pen.write(ends[0], { size: 7.5 }, x, y + HEIGHT + 2, wide / 2);
        pen.write(ends[1], { size: 7.5, align: 'right' }, x + wide / 2, y + HEIGHT + 2, wide / 2);
      };
      pen.tag(parent, 'Figure', draw, alt).end();
    },
  };
}
