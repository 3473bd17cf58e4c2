import { Button, Input, type InputProps, Tooltip } from '@fluentui/react-components';
import { Eye20Regular, EyeOff20Regular } from '@fluentui/react-icons';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fluentRef } from './fluentRef.ts';

type PasswordInputProps = Omit<InputProps, 'type' | 'contentAfter' | 'ref'> & { readonly ref?: Ref<HTMLInputElement> };

/** A password field that can be shown; pasting is allowed. */
export function PasswordInput({ ref, ...props }: PasswordInputProps) {
  const { t } = useTranslation('common');
  const [shown, setShown] = useState(false);
  const label = shown ? t('password.hide') : t('password.show');
  return (
    <Input
      {...props}
      ref={fluentRef(ref)}
      type={shown ? 'text' : 'password'}
      spellCheck={false}
      autoCapitalize="none"
      contentAfter={
        <Tooltip content={label} relationship="label">
          <Button
            appearance="transparent"
            size="small"
            type="button"
            aria-pressed={shown}
            icon={shown ? <EyeOff20Regular /> : <Eye20Regular />}
            onClick={() => setShown(!shown)}
          />
        </Tooltip>
      }
    />
  );
}
