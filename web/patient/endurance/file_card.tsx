// SPDX-License-Identifier: Apache-2.0
// The heart rate of a watch, from its file, for who has no strap: chosen after the session, shown, and confirmed.
import { Button, FileButton, Progress, Stack, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { readHeartRates, type Reading } from './import_file.ts';
import type { ImportProblem } from './import_worker.ts';
import type { Marks } from './clocks.ts';
import { matched, type ImportedRates, type Match, type Span } from './imported.ts';

type State =
  | { kind: 'idle' }
  | { kind: 'reading'; share: number }
  | { kind: 'problem'; of: ImportProblem | 'failed' }
  | { kind: 'read'; match: Match; share: number };

/** `covered`: the share of the exercised time that a file's heart rates cover. */
export function FileCard({
  session,
  marks,
  covered,
  onUse,
}: {
  session: Span;
  marks: Marks;
  covered: (rates: ImportedRates) => number;
  onUse: (rates: ImportedRates) => void;
}) {
  const { t, locale, moment } = useLanguage();
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const [state, setState] = useState<State>({ kind: 'idle' });
  const reading = useRef<Reading | undefined>(undefined);
  useEffect(() => () => reading.current?.cancel(), []);
  const read = (file: File | null) => {
    if (!file) return;
    reading.current?.cancel();
    setState({ kind: 'reading', share: 0 });
    const mine = readHeartRates(file, { from_s: session.from / 1000, to_s: session.to / 1000 }, (share) => {
      if (reading.current === mine) setState({ kind: 'reading', share });
    });
    reading.current = mine;
    mine.result.then(
      (result) => {
        if (reading.current !== mine) return;
        if ('problem' in result) {
          setState({ kind: 'problem', of: result.problem });
          return;
        }
        // Judged once, and before it is shown: what the engine refuses must not take the session with it.
        try {
          const match = matched(result.found, session, marks);
          setState({ kind: 'read', match, share: 'of' in match ? covered(match.of) : 0 });
        } catch {
          setState({ kind: 'problem', of: 'failed' });
        }
      },
      () => {
        if (reading.current === mine) setState({ kind: 'problem', of: 'failed' });
      },
    );
  };
  const cancel = () => {
    reading.current?.cancel();
    reading.current = undefined;
    setState({ kind: 'idle' });
  };
  const at = (ms: number) => new Date(ms).toISOString();
  const { match, share } = state.kind === 'read' ? state : { match: undefined, share: 0 };
  return (
    <Stack gap="sm" className="card">
      <Title order={2}>{t('endurance.file')}</Title>
      <p className="small">{t('endurance.file.what')}</p>
      {state.kind === 'reading' && (
        <>
          <Progress value={100 * state.share} size="lg" aria-label={t('endurance.file.reading')} />
          <p role="status">{t('endurance.file.reading')}</p>
          <Button size="lg" variant="default" onClick={cancel}>
            {t('cancel')}
          </Button>
        </>
      )}
      {state.kind === 'problem' && (
        <Alert tone="careful" role="alert">
          {t(`endurance.file.problem.${state.of}`)}
        </Alert>
      )}
      {match && 'elsewhere' in match && (
        <Alert tone="careful" role="alert">
          {t('endurance.file.elsewhere', {
            from: moment(at(match.elsewhere.from)),
            to: moment(at(match.elsewhere.to)),
            session: moment(at(session.from)),
          })}
        </Alert>
      )}
      {match && 'of' in match && (
        <>
          <div role="status">
            <Alert tone="plain">
              {t('endurance.file.found', {
                format: match.of.format,
                from: times.format(match.span.from),
                to: times.format(match.span.to),
                sessionFrom: times.format(session.from),
                sessionTo: times.format(session.to),
                percent: Math.round(100 * share),
              })}
            </Alert>
          </div>
          <Button size="lg" onClick={() => onUse(match.of)}>
            {t('endurance.file.use')}
          </Button>
        </>
      )}
      {state.kind !== 'reading' && (
        <FileButton accept=".tcx,.fit,.xml" onChange={read} inputProps={{ 'aria-label': t('endurance.file.choose') }}>
          {(props) => (
            <Button size="lg" variant="default" {...props}>
              {t(state.kind === 'idle' ? 'endurance.file.choose' : 'endurance.file.other')}
            </Button>
          )}
        </FileButton>
      )}
    </Stack>
  );
}
