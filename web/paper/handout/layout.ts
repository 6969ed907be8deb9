// SPDX-License-Identifier: Apache-2.0
// A handout as a PDF: each exercise whole on a page, large enough to read from the floor.
import { COLORS } from '../../design/colors.ts';
import { boxes, card, list, paragraph, picture, row, space, stack, text, type Block } from '../pdf/blocks.ts';
import { Flow } from '../pdf/paper_pages.ts';
import { Pen, type Fonts } from '../pdf/pen.ts';
import { qr } from '../pdf/qr.ts';
import type { Handout, HandoutExercise, Speech } from './contents.ts';
import type { Posters } from './posters.ts';

/** For people who see little. */
export const LARGE = 1.4;
const DAYS = 7;
const WEEKS = 2;
/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5, 12);
const DAY_MS = 86_400_000;

export interface HandoutOptions {
  size: 'A4' | 'LETTER';
  large: boolean;
  /** As it shall stand on the paper; empty: none. */
  name: string;
  simulated: boolean;
  /** YYYY-MM-DD. */
  today: string;
  /** Of the CarePlan: its version and the day of its last change; undefined: not known without a network. */
  version: { number: string; day: string } | undefined;
  /** Opens the app. */
  address: string;
}

export interface Drawn {
  /** By request. */
  posters: ReadonlyMap<string, Posters>;
  /** Width by height. */
  ratio: number;
}

function weekLetters({ weekday }: Speech): string[] {
  return Array.from({ length: DAYS }, (_, i) =>
    weekday(new Date(MONDAY + i * DAY_MS).toISOString().slice(0, 10), 'narrow'),
  );
}

function pictures(one: HandoutExercise, { posters, ratio }: Drawn, { t }: Speech): Block | undefined {
  const drawn = posters.get(one.request);
  if (!drawn) return undefined;
  const captioned = (bytes: Uint8Array, caption: string) => ({
    share: 0.5,
    block: stack(
      [
        text('Caption', caption, { size: 9, bold: true, align: 'center' }),
        picture(bytes, ratio, `${one.name}: ${caption}`),
      ],
      1,
    ),
  });
  return row(
    [captioned(drawn.start, t('paper.start')), captioned(drawn.end, t(one.endIsHeld ? 'paper.hold' : 'paper.end'))],
    6,
  );
}

function ticks(speech: Speech): Block {
  const { t } = speech;
  const letters = weekLetters(speech);
  const week = (number: number) => ({
    share: 1 / WEEKS,
    block: stack(
      [paragraph(t('paper.week', { number }), { size: 8.5 }), boxes(letters, t('paper.boxes', { number }))],
      1,
    ),
  });
  return stack(
    [paragraph(t('paper.tick'), { size: 9.5, bold: true }), row(Array.from({ length: WEEKS }, (_, i) => week(i + 1)))],
    2,
  );
}

function exercise(one: HandoutExercise, number: number, drawn: Drawn, speech: Speech): Block {
  const shown = pictures(one, drawn, speech);
  const said = stack(
    [
      text('H2', `${number}. ${one.name}`, { size: 14, bold: true }),
      ...(one.side ? [paragraph(one.side, { size: 11.5, bold: true, color: COLORS.bad })] : []),
      ...one.facts.map((fact, i) => paragraph(fact, { bold: i === 0 })),
      space(1),
      list(one.steps, { numbered: true }),
    ],
    3,
  );
  return card(
    stack(
      [
        shown
          ? row([
              { share: 0.53, block: said },
              { share: 0.47, block: shown },
            ])
          : said,
        ...(one.careful.length > 0
          ? [
              card(stack(one.careful.map((each) => paragraph(each, { bold: true }))), {
                fill: COLORS.carefulGround,
                rule: '#c9a227',
              }),
            ]
          : []),
        ...one.notes.map((note) => paragraph(note, { size: 9.5 })),
        ticks(speech),
      ],
      5,
    ),
  );
}

function head(handout: Handout, options: HandoutOptions, speech: Speech): Block {
  const { t, day } = speech;
  const { name, version, today, address, simulated } = options;
  return row([
    {
      share: 0.78,
      block: stack(
        [
          text('H1', handout.title, { size: 20, bold: true }),
          ...(name ? [paragraph(t('paper.for', { name }), { size: 13 })] : []),
          ...(simulated ? [paragraph(t('simulated'), { bold: true, color: COLORS.bad })] : []),
          paragraph(
            [
              version && t('paper.version', { number: version.number, day: day(version.day) }),
              t('paper.printed', { day: day(today) }),
              t('paper.newer'),
            ]
              .filter(Boolean)
              .join(' '),
            { size: 9.5 },
          ),
          ...handout.binds.map((one) => paragraph(one, { bold: true, color: COLORS.bad })),
          ...handout.notes.map((one) => paragraph(one)),
        ],
        4,
      ),
    },
    {
      share: 0.22,
      block: stack([qr(address, t('paper.qr', { address })), paragraph(t('paper.scan'), { size: 8.5 })], 1),
    },
  ]);
}

function safety(handout: Handout, { t }: Speech): Block {
  return card(
    stack(
      [
        text('H2', t('paper.stop.title'), { size: 13, bold: true, color: COLORS.bad }),
        paragraph(t('paper.stop.lead'), { bold: true }),
        list(handout.signs),
        paragraph(handout.pain, { bold: true }),
        ...handout.calls.map((one) => paragraph(one, { size: 13, bold: true })),
        paragraph(t('nobodyWatches')),
      ],
      4,
    ),
    { fill: COLORS.badGround, rule: COLORS.bad },
  );
}

export async function handoutPdf(
  fonts: Fonts,
  handout: Handout,
  options: HandoutOptions,
  drawn: Drawn,
  speech: Speech,
  author: string,
): Promise<Uint8Array> {
  const { t, language } = speech;
  const pen = new Pen(fonts, {
    title: options.name ? t('paper.titleFor', { title: handout.title, name: options.name }) : handout.title,
    language,
    author,
    size: options.size,
    scale: options.large ? LARGE : 1,
  });
  const flow = new Flow(pen);
  flow.add(head(handout, options, speech), 8);
  flow.add(safety(handout, speech), 8);
  if (handout.paused.length > 0)
    flow.add(paragraph(t('paper.paused', { names: handout.paused.join(', ') }), { bold: true, color: COLORS.bad }), 8);
  handout.exercises.forEach((one, i) => {
    flow.add(exercise(one, i + 1, drawn, speech), 8);
  });
  flow.add(paragraph(t('notReviewed'), { size: 8.5 }));
  const owner = [options.name, t('paper.printed', { day: speech.day(options.today) })].filter(Boolean).join(' · ');
  return pen.finish((page, of) => `${t('paper.page', { page, of })} · ${owner}`);
}
