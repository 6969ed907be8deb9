// SPDX-License-Identifier: Apache-2.0
import type { Reaction } from '../data/message_reactions.ts';
import { withoutProfession } from '../fhir/people.ts';
import { useLanguage } from '../translations/language.tsx';
import { Badge } from './badge.tsx';

/** The clinicians' words to one message, with their names. */
export function MessageReactions({ reactions }: { reactions: readonly Reaction[] }) {
  const { t } = useLanguage();
  if (reactions.length === 0) return null;
  return (
    <p className="reactions">
      {reactions.map(({ recordId, word, by }) => (
        <Badge key={recordId} tone="good">
          {t(`reaction.by.${word}`, { name: by === undefined ? t('messages.clinic') : withoutProfession(by) })}
        </Badge>
      ))}
    </p>
  );
}
