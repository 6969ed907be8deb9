// SPDX-License-Identifier: Apache-2.0
import { Table } from '@mantine/core';
import type { Bone, WorkLoad, WorkMoment, WorkPart } from 'reprise-engine';
import { StillFigure } from '../../components/figure.tsx';
import { useLanguage, type Key } from '../../translations/language.tsx';
import { drawingOf, levelOf, scoreOf, type Ends } from './model.ts';
import { useAnswerWords, useQuestionWords } from './questions.tsx';
import { useRangeWords } from './use_range_words.ts';

const endsOf = (scores: readonly number[]): Ends => [Math.min(...scores), Math.max(...scores)];

function Steps({ part: { measured, answered }, method }: { part: WorkPart; method: WorkLoad['method'] }) {
  const { t } = useLanguage();
  const question = useQuestionWords(method);
  const answer = useAnswerWords();
  if (measured.length + answered.length === 0) return null;
  return (
    <ul>
      {measured.map(({ angle, least_deg, most_deg }) => {
        const named = t(`workload.angle.${angle.replaceAll(' ', '_')}` as Key);
        return (
          <li key={angle}>
            {least_deg === null || most_deg === null
              ? t('workload.angle.notSeen', { angle: named })
              : t('workload.angle.range', { angle: named, least: Math.round(least_deg), most: Math.round(most_deg) })}
          </li>
        );
      })}
      {answered.map((one) => (
        <li key={one.question}>
          {t('workload.answered', { question: question(one.question), answer: answer(one.answer) })}
        </li>
      ))}
    </ul>
  );
}

function Parts({ parts, method }: { parts: readonly WorkPart[]; method: WorkLoad['method'] }) {
  const { t } = useLanguage();
  const words = useRangeWords();
  return (
    <details>
      <summary>{t('workload.parts')}</summary>
      <div className="scrolled">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('workload.parts.part')}</Table.Th>
              <Table.Th>{t('workload.parts.score')}</Table.Th>
              <Table.Th>{t('workload.parts.from')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parts.map((part) => (
              <Table.Tr key={part.part}>
                <Table.Td>{t(`workload.part.${part.part}`)}</Table.Td>
                <Table.Td>{words(endsOf(part.scores))}</Table.Td>
                <Table.Td>
                  <Steps part={part} method={method} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </details>
  );
}

export function Moment({ moment, load, bones }: { moment: WorkMoment; load: WorkLoad; bones: readonly Bone[] }) {
  const { t, number } = useLanguage();
  const words = useRangeWords();
  const seconds = number(moment.time_s);
  const { all, measured } = moment;
  const side = moment.side && t(`side.${moment.side}`);
  return (
    <article className="moment">
      <div className="figures">
        <StillFigure drawing={drawingOf(moment, false)} bones={bones} label={t('workload.figure', { seconds })} />
        {load.view !== 'side' && (
          <StillFigure
            drawing={drawingOf(moment, true)}
            bones={bones}
            label={t('workload.figure.turned', { seconds })}
          />
        )}
      </div>
      <div>
        <h5>
          {t('workload.moment', { seconds, measured: words(scoreOf(measured)), range: words(scoreOf(all)) })}
          {side && ` (${side})`}
        </h5>
        <p className="small">
          {t('workload.moment.level', { measured: words(levelOf(measured)), range: words(levelOf(all)) })}
        </p>
        <Parts parts={moment.parts} method={load.method} />
      </div>
    </article>
  );
}
