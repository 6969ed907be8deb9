// SPDX-License-Identifier: Apache-2.0
// Draws a card. The size suits what people send each other: 4 by 5, upright.
import { COLORS } from '../../../design/colors.ts';
import type { Card } from './week_card.ts';

export const WIDTH = 1080;
export const HEIGHT = 1350;
const EDGE = 90;
const INK = '#1f2a30';
const { textQuiet: QUIET, good: GREEN } = COLORS;
const FONT = 'system-ui, sans-serif';
const MOST_LINES = 4;
/** The last ones; fewer where other things want the room. */
const MOST_DEEDS = 5;
const FEW_DEEDS = 3;

export interface CardLabels {
  soFar: string;
  goal: string;
  /** Of the seven days, from Monday on. */
  letters: readonly string[];
  /** Below; empty of a person. */
  simulated: string;
}

/** A text in lines that fit, at most `most`; the last one ends in an ellipsis where there is more. */
export function wrapped(text: string, most: number, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  let last = lines[most - 1] ?? '';
  while (last && !fits(`${last} …`)) last = last.slice(0, -1);
  return [...lines.slice(0, most - 1), `${last.trimEnd()} …`];
}

export function drawCard(canvas: HTMLCanvasElement, card: Card, labels: CardLabels) {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const back = pen.createLinearGradient(0, 0, 0, HEIGHT);
  back.addColorStop(0, '#fbf3e4');
  back.addColorStop(1, '#e3f1ea');
  pen.fillStyle = back;
  pen.fillRect(0, 0, WIDTH, HEIGHT);

  let y = 60;
  const write = (text: string, size: number, { bold = false, color = INK, most = 1 } = {}) => {
    pen.font = `${bold ? 700 : 400} ${size}px ${FONT}`;
    pen.fillStyle = color;
    pen.textAlign = 'left';
    // A single line is drawn narrower where it is too long: its number must not be cut.
    const fits = (line: string) => pen.measureText(line).width <= WIDTH - 2 * EDGE;
    for (const line of most > 1 ? wrapped(text, most, fits) : [text]) {
      y += size * 1.25;
      pen.fillText(line, EDGE, y, WIDTH - 2 * EDGE);
    }
  };
  write(card.title, 80, { bold: true });
  write(card.period, 38, { color: QUIET });

  y += 60;
  const step = (WIDTH - 2 * EDGE) / 7;
  card.days.forEach(({ done }, i) => {
    const x = EDGE + (i + 0.5) * step;
    pen.beginPath();
    pen.arc(x, y + 48, 46, 0, 2 * Math.PI);
    pen.lineWidth = 5;
    pen.strokeStyle = done ? GREEN : '#c9c3b6';
    pen.fillStyle = done ? GREEN : 'transparent';
    pen.fill();
    pen.stroke();
    pen.textAlign = 'center';
    pen.font = `700 60px ${FONT}`;
    pen.fillStyle = '#fff';
    if (done) pen.fillText('✓', x, y + 70);
    pen.font = `400 34px ${FONT}`;
    pen.fillStyle = QUIET;
    pen.fillText(labels.letters[i] ?? '', x, y + 136);
  });
  y += 165;
  for (const count of card.counts) write(count, 62, { bold: true, color: GREEN });
  y += 16;
  for (const line of card.lines.slice(0, MOST_LINES)) write(line, 38);
  if (card.deeds.length > 0) {
    y += 24;
    write(labels.soFar, 34, { color: QUIET });
    for (const deed of card.deeds.slice(-(card.goal || card.lines.length > 0 ? FEW_DEEDS : MOST_DEEDS)))
      write(`★ ${deed}`, 38);
  }
  if (card.goal) {
    y += 24;
    write(labels.goal, 34, { color: QUIET });
    write(card.goal, 44, { bold: true, most: 3 });
  }
  y = HEIGHT - 90;
  if (labels.simulated) write(labels.simulated, 26, { color: QUIET, most: 2 });
}
