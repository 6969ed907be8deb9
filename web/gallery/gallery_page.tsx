// SPDX-License-Identifier: Apache-2.0
// Every component in every state, for those who build pages (docs/design.md).
import './gallery.css';
import { Checkbox, Stack } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { LanguageChoice, ThemeChoice } from '../components/appearance.tsx';
import { Choices } from '../components/choices.tsx';
import { Page } from '../components/section.tsx';
import { prefer, TEXT_SIZES, usePreferences } from '../data/preferences.ts';
import { queryKeys } from '../data/query_keys.ts';
import { apiQuery } from '../data/api_query.ts';
import { Buttons } from './buttons.tsx';
import { Cards } from './cards.tsx';
import { Dialogs } from './dialogs.tsx';
import { Drawings } from './drawings.tsx';
import { Fields } from './fields.tsx';
import { Identity } from './identity.tsx';
import { Messages } from './messages.tsx';
import { showMoreContrast } from './more_contrast.ts';
import { Notices } from './notices.tsx';
import { ENROLMENT, PEOPLE, SESSIONS } from './sample.ts';
import { Values } from './values.tsx';

/** What components ask of the server is here already, so nothing is asked. */
function filled(): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  client.setQueryData(apiQuery('sessions').queryKey, SESSIONS);
  client.setQueryData(queryKeys.enrolment(), ENROLMENT);
  client.setQueryData(queryKeys.patients(), PEOPLE);
  return client;
}

export function GalleryPage() {
  const [client] = useState(filled);
  const { textSize } = usePreferences();
  const [contrast, setContrast] = useState(false);
  useEffect(() => {
    showMoreContrast(contrast);
    return () => showMoreContrast(false);
  }, [contrast]);
  return (
    <QueryClientProvider client={client}>
      <Page title="Components" lead={<span lang="en">Every component in every state. What they show is made up.</span>}>
        <div className="card">
          <Stack gap="md">
            <div className="actions">
              <LanguageChoice titled />
              <ThemeChoice titled />
            </div>
            <div lang="en">
              <Choices
                label="Text size"
                choices={TEXT_SIZES.map((size) => ({ value: String(size), label: `${size} %` }))}
                value={String(textSize)}
                onValue={(size) => prefer({ textSize: TEXT_SIZES.find((one) => String(one) === size) ?? 100 })}
              />
            </div>
            <div lang="en">
              <Checkbox
                label="More contrast"
                checked={contrast}
                onChange={({ currentTarget }) => setContrast(currentTarget.checked)}
              />
            </div>
          </Stack>
        </div>
        <Values settings={String(contrast)} />
        <Buttons />
        <Fields />
        <Notices />
        <Cards />
        <Drawings />
        <Dialogs />
        <Identity />
        <Messages />
      </Page>
    </QueryClientProvider>
  );
}
