// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Programme } from 'reprise-engine';
import { keptReadings, readingsIn } from '../../data/education.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { useLanguage } from '../../translations/language.tsx';
import '../learn/learn.css';
import { Piece } from '../learn/piece.tsx';
import { dayNow, pieceOfDay } from '../learn/pieces.ts';
import { useMarks } from '../learn/use_marks.ts';
import { useHistory } from '../progress/use_history.ts';
import { holdsOfAll } from '../session/hold_card.tsx';
import { lastSession } from '../session/remembered.ts';

/** Whether the patient has exercised before, as far as this device or the record knows. */
function useBegun() {
  const { id } = useAccount().account;
  const { data } = useHistory();
  const [here, setHere] = useState(false);
  useEffect(() => {
    void lastSession(id).then((last) => setHere(last !== undefined));
  }, [id]);
  return here || (data?.value.length ?? 0) > 0;
}

function Today() {
  const { t, language } = useLanguage();
  const { id } = useAccount().account;
  const { data } = useQuery({ queryKey: queryKeys.keptReadings(id), queryFn: () => keptReadings(id) });
  const { marks, onRead } = useMarks();
  if (!data || !marks) return null;
  const readings = readingsIn(data.value, language);
  const urls = readings.map(({ url }) => url);
  const url = pieceOfDay(urls, marks, dayNow());
  const reading = readings.find((one) => one.url === url);
  if (!reading) return null;
  const read = marks.read.includes(reading.url);
  return <Piece key={url} reading={reading} read={read} onRead={onRead} heading="h2" label={t('piece.today')} />;
}

/**
 * One short text a day, from the second session on. Absent while an exercise is on hold or a warning sign was answered:
 * that is to be read first.
 */
export function PieceCard({ programme }: { programme: Programme }) {
  const begun = useBegun();
  const held = holdsOfAll(programme).length > 0 || programme.exercises.some((one) => one.held);
  return begun && !held ? <Today /> : null;
}
