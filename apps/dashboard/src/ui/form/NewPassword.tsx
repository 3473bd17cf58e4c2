import { Button, Field, makeStyles } from '@fluentui/react-components';
import { Wand20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { PasswordInput } from '../PasswordInput.tsx';
import { StateLabel } from '../StateLabel.tsx';
import { checkPassword, generatePassword, type PasswordOwner, type PasswordPolicy } from './passwordRules.ts';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '8px' },
  line: { display: 'flex', gap: '8px', flexWrap: 'wrap', alignItems: 'end' },
  field: { flexGrow: 1, flexBasis: '240px', minWidth: 0 },
  rules: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
});

interface NewPasswordProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly policy: PasswordPolicy;
  readonly owner: PasswordOwner;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

/** A new password, checked against the directory's policy while it is typed. */
export function NewPassword({ value, onChange, policy, owner, error, autoFocus = false }: NewPasswordProps) {
  const styles = useStyles();
  const { t } = useTranslation('common');
  return (
    <div className={styles.all}>
      <div className={styles.line}>
        <Field
          className={styles.field}
          label={t('newPassword.label')}
          required
          {...(error === undefined ? {} : { validationMessage: error, validationState: 'error' as const })}
        >
          <PasswordInput
            value={value}
            autoComplete="new-password"
            autoFocus={autoFocus}
            onChange={(_event, data) => onChange(data.value)}
          />
        </Field>
        <Button type="button" icon={<Wand20Regular />} onClick={() => onChange(generatePassword(policy, owner))}>
          {t('newPassword.generate')}
        </Button>
      </div>
      <ul className={styles.rules} aria-label={t('newPassword.rules')}>
        {checkPassword(value, policy, owner).map(({ rule, met }) => (
          <li key={rule}>
            <StateLabel tone={met ? 'success' : 'neutral'}>
              {t(`newPassword.rule.${rule}`, { count: policy.minimumLength })}{' '}
              {t(met ? 'newPassword.met' : 'newPassword.notMet')}
            </StateLabel>
          </li>
        ))}
      </ul>
    </div>
  );
}
