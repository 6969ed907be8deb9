// SPDX-License-Identifier: Apache-2.0
import { Button, Stack, Title } from '@mantine/core';
import { useEarlyFiles } from '../../coach/early_files.ts';
import { wakeVoice } from '../../coach/voice.ts';
import { preferences } from '../../data/preferences.ts';
import { doseOf, useDose } from '../../exercises/dose.ts';
import { Demonstration } from '../../body/demonstration.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { WithClinicFilm } from './clinic_film.tsx';
import { useConfirmations } from './confirmations.tsx';
import type { By } from './flow.ts';
import { ChooseGame } from './games/choose_game.tsx';
import type { Games } from './games/use_games.ts';
import { isHold, mirrored, wantsSupport, type Prescribed } from '../../exercises/prescribed.ts';
import { GestureCard } from './hands_free/gesture_hints.tsx';
import { OtherWays } from './other_ways.tsx';
import { SpokenSteps } from './spoken/spoken_steps.tsx';
import { useWornWords } from './sensors/words.ts';

/** Of seconds, as they are said. */
const shown = (seconds: number) => Math.round(10 * seconds) / 10;

interface Props {
  prescribed: Prescribed;
  games: Games;
  /** What can watch it, besides counting by hand. */
  ways: Readonly<Record<Exclude<By, 'hand'>, boolean>>;
  onStart: (by: By) => void;
  onSkip: () => void;
  onStop: () => void;
}

/** What to do, with which side, how often, and what has to stand ready. */
export function Introduce({ prescribed, games, ways, onStart, onSkip, onStop }: Props) {
  const { t, language } = useLanguage();
  const dose = useDose();
  const { order, exercise, facts, file } = prescribed;
  const { out_s, hold_s, back_s } = facts.pace;
  const words = exerciseWords(file, language);
  const wornWords = useWornWords();
  const watched = Object.values(ways).includes(true);
  const leg = order.side && facts.standing_leg[order.side];
  const { check, boxes } = useConfirmations([
    ...(order.side ? [{ id: 'side', label: t(leg ? `introduce.leg.${leg}` : `introduce.side.${order.side}`) }] : []),
    ...(wantsSupport(prescribed) ? [{ id: 'support', label: t('introduce.support') }] : []),
    ...(order.helper ? [{ id: 'helper', label: t('introduce.helper') }] : []),
  ]);

  useEarlyFiles(ways.camera, preferences().coach);

  const start = (by: By) => {
    if (!check()) return;
    wakeVoice();
    onStart(by);
  };
  return (
    <Page title={words.name} lead={words.goal}>
      <p className="facts-line">
        {order.side && <Badge tone="careful">{t(`side.${order.side}`)}</Badge>}{' '}
        <Badge tone="plain">{dose(doseOf(prescribed, false))}</Badge>
      </p>
      <div className="card introduced">
        <WithClinicFilm key={order.id} prescribed={prescribed} name={words.name}>
          <Demonstration
            exercise={exercise}
            mirror={mirrored(prescribed)}
            label={t('introduce.figure', { name: words.name })}
            limited={facts.ceiling !== null}
          />
        </WithClinicFilm>
        <div>
          {leg && (
            <Alert tone="plain">
              <strong>{t(`introduce.leg.${leg}`)}</strong>
            </Alert>
          )}
          <Title order={2}>{t('introduce.steps')}</Title>
          <SpokenSteps file={file} />
          {!isHold(prescribed) && order.camera && (
            <p className="note">
              {t(hold_s >= 0.5 ? 'introduce.tempoHold' : 'introduce.tempo', {
                out: shown(out_s),
                hold: shown(hold_s),
                back: shown(back_s),
              })}
            </p>
          )}
          {words.equipment.map(({ item, use }) => (
            <p key={item} className="note">
              {use}
            </p>
          ))}
          {order.instruction && (
            <Alert tone="plain">
              {t('introduce.fromClinic')} <bdi>{order.instruction}</bdi>
            </Alert>
          )}
        </div>
      </div>
      {order.muscle && (
        <Alert tone="plain">
          {t('worn.aim', {
            muscle: wornWords.muscle(prescribed),
            share: order.muscle.share,
            seconds: order.muscle.hold,
          })}{' '}
          {!ways.muscle && t('worn.needsBluetooth')}
        </Alert>
      )}
      {order.ceiling !== null && <Alert tone="careful">{t('introduce.ceiling')}</Alert>}
      {words.stop && <p className="note">{words.stop}</p>}
      {boxes.length > 0 && (
        <Stack gap="sm" className="card">
          {boxes}
        </Stack>
      )}
      {ways.camera && <GestureCard prescribed={prescribed} />}
      {games.choice && <ChooseGame {...games.choice} />}
      <div className="actions">
        {ways.camera && (
          <Button size="lg" onClick={() => start('camera')}>
            {t('introduce.camera')}
          </Button>
        )}
        {ways.sensors && (
          <Button size="lg" variant={ways.camera ? 'default' : 'filled'} onClick={() => start('sensors')}>
            {t('worn.with')}
          </Button>
        )}
        {ways.muscle && (
          <Button size="lg" variant={ways.camera ? 'default' : 'filled'} onClick={() => start('muscle')}>
            {t('worn.withMuscle')}
          </Button>
        )}
        <OtherWays first={!watched} onByHand={() => start('hand')} onSkip={onSkip} onStop={onStop} />
      </div>
      <p className="small">{t('introduce.private')}</p>
    </Page>
  );
}
