// SPDX-License-Identifier: Apache-2.0
import '../patient/progress/pain/pain.css';
import { DayRing } from '../patient/today/day_ring.tsx';
import { Calendar } from '../patient/progress/calendar.tsx';
import { RangeArc } from '../patient/progress/arc/range_arc.tsx';
import { DEEDS } from '../patient/progress/deeds/deeds.ts';
import { DeedList } from '../patient/progress/deeds/deed_badge.tsx';
import { ScoreLine } from '../patient/progress/function/score_line.tsx';
import { QuestionnaireCard, TestCard } from '../patient/progress/function/score_card.tsx';
import { PainLine } from '../patient/progress/pain/pain_line.tsx';
import { Trend } from '../patient/progress/trend.tsx';
import { RangeBar } from '../patient/session/range_bar.tsx';
import { useLanguage } from '../translations/language.tsx';
import { FIRST_DAY, POINTS, SCORES, WEEKS } from './sample.ts';
import { Example, Group } from './example.tsx';

const BAR = { progress: 0.6, target: 1, ceiling: null, atCeiling: false, star: false, pace: null };
const BARS = [
  ['on the way', BAR],
  ['at the target, a good one', { ...BAR, progress: 1, star: true }],
  ['with a pace', { ...BAR, pace: 0.4 }],
  ['at a limit', { ...BAR, progress: 0.8, ceiling: 0.8, atCeiling: true }],
] as const;

export function Drawings() {
  const { t } = useLanguage();
  const last = POINTS.at(-1);
  return (
    <Group id="drawings" title="Rings, lines, arcs, bars">
      {[0, 2, 5].map((done) => (
        <Example key={done} of="DayRing" state={`${done} of 5`}>
          <DayRing done={done} of={5} label={t('today.ring', { done, of: 5 })} />
        </Example>
      ))}
      <Example of="Calendar" state="two weeks">
        <Calendar weeks={WEEKS} />
      </Example>
      <Example of="Trend" state="of some days" wide>
        <Trend title={t('progress.day')} words={t('painLine.same')} points={POINTS} unit="°" />
      </Example>
      <Example of="Trend" state="of one day" wide>
        <Trend title={t('progress.day')} words={t('painLine.same')} points={last ? [last] : []} unit="°" />
      </Example>
      <Example of="PainLine" state="of some days" wide>
        <div className="pain-line">
          <PainLine points={POINTS} from={FIRST_DAY} />
        </div>
      </Example>
      {SCORES.map(([state, score]) => (
        <Example key={state} of="TestCard" state={state} wide>
          <TestCard score={score} />
        </Example>
      ))}
      <Example of="QuestionnaireCard" state="of some days" wide>
        <QuestionnaireCard name="Walking and stairs" points={SCORES[0][1].points} />
      </Example>
      <Example of="ScoreLine" state="without a band" wide>
        <ScoreLine points={SCORES[0][1].points} />
      </Example>
      <Example of="RangeArc" state="of two days">
        <RangeArc arc={{ start: 60, now: 95, uncertainty: 6 }} />
      </Example>
      <Example of="RangeArc" state="where there is no change beyond the error">
        <RangeArc arc={{ now: 95, uncertainty: 6 }} />
      </Example>
      {BARS.map(([state, bar]) => (
        <Example key={state} of="RangeBar" state={state}>
          <div className="gallery-bar">
            <RangeBar {...bar} />
          </div>
        </Example>
      ))}
      <Example of="DeedList" state="all of them" wide>
        <DeedList deeds={DEEDS} />
      </Example>
    </Group>
  );
}
