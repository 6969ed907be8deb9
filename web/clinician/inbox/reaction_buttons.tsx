// SPDX-License-Identifier: Apache-2.0
// One word to a patient's message. The message goes on waiting for an answer.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Communication } from 'fhir/r4';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { fhirRead, sendTransaction } from '../../data/api.ts';
import { reactionOf, REACTIONS, type Reaction, type ReactionWord } from '../../data/message_reactions.ts';
import type { Message } from '../../data/messages.ts';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { changed } from '../../data/write.ts';
import { localTime } from '../../fhir/local_time.ts';
import { onceBundle } from '../../fhir/questionnaire/response.ts';
import type { Stored } from '../../fhir/resources.ts';
import { useLanguage } from '../../translations/language.tsx';
import { takeBack } from './take_back.ts';

interface Props {
  message: Message;
  patient: string;
  simulated: boolean;
  /** To this message, of all clinicians. */
  reactions: readonly Reaction[];
}

export function ReactionButtons({ message, patient, simulated, reactions }: Props) {
  const { t } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const own = reactions.find(({ sender }) => sender === `Practitioner/${person}`);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (word: ReactionWord) => {
      if (own?.word === word) return takeBack(own.recordId);
      const id = crypto.randomUUID();
      const about = message.recordId ?? '';
      const sent = localTime(new Date());
      const before = own && (JSON.parse(await fhirRead(`Communication/${own.recordId}`)) as Stored<Communication>);
      await sendTransaction(
        onceBundle(
          id,
          reactionOf({ id, word, about, patient, practitioner: person, simulated, sent }),
          before ? [changed({ ...before, status: 'entered-in-error' as const })] : [],
        ),
      );
    },
    onSettled: () => reload(queryKeys.messages(patient)),
  });
  return (
    <>
      <div className="reactions" role="group" aria-label={t('reaction.group')}>
        {REACTIONS.map((word) => (
          <Button
            key={word}
            size="compact-sm"
            variant={own?.word === word ? 'filled' : 'default'}
            aria-pressed={own?.word === word}
            disabled={isPending}
            onClick={() => mutate(word)}
          >
            {t(`reaction.${word}`)}
          </Button>
        ))}
      </div>
      <FailureAlert failure={error} />
    </>
  );
}
