// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../translations/language.tsx';

/** Copies a text. Browsers offer that to pages over HTTPS only; elsewhere the text is selected by hand. */
export function Copy({ text, label }: { text: string; label: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Button
      variant="default"
      onClick={() => {
        void copy();
      }}
    >
      <span aria-live="polite">{copied ? t('copied') : label}</span>
    </Button>
  );
}

/** A text to take elsewhere. */
export function CopyableText({ text, label }: { text: string; label: string }) {
  return (
    <div className="taken">
      <code>{text}</code>
      <Copy text={text} label={label} />
    </div>
  );
}

/** A QR code as the server drew it. */
export function Qr({ svg, label }: { svg: string; label: string }) {
  return <img className="qr" alt={label} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />;
}
