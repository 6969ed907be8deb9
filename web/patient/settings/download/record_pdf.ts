// SPDX-License-Identifier: Apache-2.0
// The summary of a record as a PDF. This file and what it needs are loaded when the first one is wanted.
import { card, paragraph, stack, text, type Block } from '../../../paper/pdf/blocks.ts';
import { Flow } from '../../../paper/pdf/paper_pages.ts';
import { loadFonts } from '../../../paper/pdf/fonts.ts';
import { lines } from '../../../paper/pdf/lines.ts';
import { Pen } from '../../../paper/pdf/pen.ts';
import type { PaperSize } from '../../../paper/paper_size.ts';
import { PAIN_MOMENTS, type PainMoment, type Pains } from '../../progress/pain/pain.ts';
import type { PaperSection, RecordSpeech } from './record_paper.ts';

const MOST_PAIN = 10;
const timeOf = (day: string) => Date.parse(`${day}T12:00`);

/** As the page says it to who cannot see the line. */
function drawn(points: Pains[PainMoment], { t, day }: RecordSpeech): string {
  const values = points.map(({ value }) => value);
  return t('painLine.drawing', {
    count: points.length,
    from: day(points[0]?.day ?? ''),
    to: day(points.at(-1)?.day ?? ''),
    low: Math.min(...values),
    high: Math.max(...values),
  });
}

function plots(pains: Pains, speech: RecordSpeech): Block[] {
  const { t, day } = speech;
  const days = PAIN_MOMENTS.flatMap((moment) => pains[moment].map((point) => point.day)).sort();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return PAIN_MOMENTS.filter((moment) => pains[moment].length > 0).map((moment) =>
    stack(
      [
        text('H3', t(`painLine.${moment}`), { bold: true, size: 9.5 }),
        lines({
          points: pains[moment].map((point) => ({ at: timeOf(point.day), value: point.value })),
          from: timeOf(first),
          to: timeOf(last),
          least: 0,
          most: MOST_PAIN,
          alt: drawn(pains[moment], speech),
          ends: [day(first), day(last)],
        }),
      ],
      2,
    ),
  );
}

function put(flow: Flow, section: PaperSection, speech: RecordSpeech) {
  const { title, texts, table, pains } = section;
  const heading = text('H2', title, { size: 13, bold: true });
  const [first, ...rest] = [...texts.map((one) => paragraph(one)), ...(pains ? plots(pains, speech) : [])];
  const [second] = rest;
  // A heading stands with the beginning of its content.
  if (first && second) flow.addTogether(stack([heading, first]), second, 3);
  else flow.addTogether(heading, first ?? paragraph(' ', { size: 2 }), first ? 3 : 0);
  for (const one of rest.slice(1)) flow.add(one, 4);
  if (table && table.rows.length > 0) flow.table(table.head, table.rows, table.shares);
  flow.add(paragraph(' ', { size: 4 }), 0);
}

interface Made {
  sections: readonly PaperSection[];
  name: string;
  simulated: boolean;
  now: Date;
  size: PaperSize;
  /** Entries of the FHIR file. */
  entries: number;
}

export async function recordPdf(
  { sections, name, simulated, now, size, entries }: Made,
  speech: RecordSpeech,
): Promise<Uint8Array> {
  const { t, moment, counted, language } = speech;
  const pen = new Pen(await loadFonts(), {
    title: t('paper.titleFor', { title: t('paper.record.title'), name }),
    language,
    author: 'Reprise',
    size,
  });
  const flow = new Flow(pen);
  flow.add(text('H1', t('paper.record.title'), { size: 20, bold: true }));
  const made = t('paper.record.made', { when: moment(now.toISOString()) });
  flow.add(
    card(
      stack([
        paragraph(made, { bold: true }),
        ...(simulated ? [paragraph(t('simulated'), { bold: true })] : []),
        paragraph(counted('paper.record.more', entries)),
        paragraph(t('notReviewed')),
      ]),
    ),
    10,
  );
  for (const section of sections) put(flow, section, speech);
  if (pen.missing > 0) flow.add(paragraph(counted('paper.record.missing', pen.missing), { size: 9 }));
  return pen.finish((page, of) => `${t('paper.page', { page, of })} · ${name} · ${made}`);
}
