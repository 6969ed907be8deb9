// SPDX-License-Identifier: Apache-2.0
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/VisuallyHidden.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Group.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Text.css';
import '@mantine/core/styles/Title.css';
import '@mantine/core/styles/Anchor.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Stack.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/PasswordInput.css';
import '@mantine/core/styles/Radio.css';
import '@mantine/core/styles/Skeleton.css';
import '@mantine/core/styles/Checkbox.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Switch.css';
import '@mantine/core/styles/Table.css';
import '../design/tokens.css';
import '../design/pictures.css';
import './styles.css';
import './exercise.css';
import './games.css';
import '../design/right_to_left.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { App } from './app.tsx';
import { LanguageProvider, loadFirstLanguage } from '../translations/language.tsx';
import { colors, schemes, theme } from '../design/theme.ts';
import { pollOnlyInUse, queryClient } from '../data/query_client.ts';

// The server writes it anew into each answer; the styles that Mantine makes at run time carry it.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const place = document.getElementById('app');
if (!place) throw new Error('index.html has no #app');

pollOnlyInUse();

const root = createRoot(place);

// Not awaited at the top level: vite would then link twice as many scripts in index.html.
void loadFirstLanguage().then((language) =>
  root.render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={colors}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <LanguageProvider first={language}>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>,
  ),
);
