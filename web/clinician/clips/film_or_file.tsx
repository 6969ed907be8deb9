// SPDX-License-Identifier: Apache-2.0
import { Button, FileButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../../translations/language.tsx';

interface Props {
  /** Of the camera's button. */
  film?: 'camtest.film' | 'watch.open';
  disabled?: boolean;
  /** More than one clip counts. */
  several?: boolean;
  onFilm: () => void;
  onFiles: (files: File[]) => void;
  children?: ReactNode;
}

/** Where a clip comes from. */
export function FilmOrFile({
  film = 'camtest.film',
  disabled = false,
  several = false,
  onFilm,
  onFiles,
  children,
}: Props) {
  const { t } = useLanguage();
  return (
    <div className="actions">
      <Button size="md" disabled={disabled} onClick={onFilm}>
        {t(film)}
      </Button>
      <FileButton
        accept="video/*"
        multiple={several}
        onChange={(files: File | File[] | null) => {
          const all = files instanceof File ? [files] : (files ?? []);
          if (all.length > 0) onFiles(all);
        }}
      >
        {(props) => (
          <Button size="md" variant="default" disabled={disabled} {...props}>
            {t(several ? 'camtest.files' : 'camtest.file')}
          </Button>
        )}
      </FileButton>
      {children}
    </div>
  );
}
