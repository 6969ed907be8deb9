// SPDX-License-Identifier: Apache-2.0
import {
  createTheme,
  localStorageColorSchemeManager,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { COLORS } from './colors.ts';

// Of the reports, made into ten shades. Text on any ground below has a contrast of at least 4.5.
const petrol: MantineColorsTuple = [
  '#e9f5f9',
  '#d0e8f0',
  '#a6d5e5',
  '#82cae2',
  '#63c3e2',
  '#2f97b8',
  '#147c9e',
  '#0a6a8a',
  '#08566f',
  '#064356',
];
const dark: MantineColorsTuple = [
  '#e6ebef',
  '#c8d0d7',
  '#a2adb7',
  '#87929c',
  '#3d4851',
  '#2a333b',
  '#1a2127',
  '#12171b',
  '#0d1215',
  '#090d10',
];

export const theme = createTheme({
  colors: { petrol, dark },
  primaryColor: 'petrol',
  primaryShade: 7,
  black: COLORS.text,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  defaultRadius: 'lg',
  respectReducedMotion: true,
  cursorType: 'pointer',
  // Phones enlarge the page where the text of a field is smaller.
  components: Object.fromEntries(
    ['TextInput', 'PasswordInput', 'NativeSelect', 'NumberInput', 'Textarea'].map((name) => [
      name,
      { defaultProps: { size: 'md' } },
    ]),
  ),
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: 'var(--type-title)' }, h2: { fontSize: 'var(--type-heading)' } },
  },
});

export const colors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-dimmed': 'var(--text-quiet)',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': '#87919a',
    '--mantine-color-disabled-color': 'var(--text-quiet)',
  },
  dark: {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-dimmed': 'var(--text-quiet)',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-default-border': '#6d7983',
    '--mantine-color-disabled': '#2a333b',
    '--mantine-color-disabled-color': '#a2adb7',
  },
});

export const schemes = localStorageColorSchemeManager({ key: 'reprise-theme' });
