import { Button, Tooltip } from '@fluentui/react-components';
import { Checkmark20Regular, Copy20Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const CONFIRMED_MS = 2000;

/** Copies a text; the button itself confirms it. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { t } = useTranslation('common');
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <Tooltip content={t(`copy.${state}`, { what })} relationship="label">
      <Button
        type="button"
        appearance="subtle"
        icon={state === 'copied' ? <Checkmark20Regular /> : <Copy20Regular />}
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setState('copied'),
            () => setState('failed'),
          )
        }
      />
    </Tooltip>
  );
}
