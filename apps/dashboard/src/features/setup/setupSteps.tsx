import {
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ResponseOf } from '@isthmus/api-client';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { ShortTime } from '../../ui/Time.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { authorityOf, baseDnOf, type SetupForm } from './setupForm.ts';

const useStyles = makeStyles({
  group: { border: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  fingerprint: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 8px 8px 14px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
  },
  two: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
    gap: '14px',
    alignItems: 'start',
  },
  input: { minWidth: 0 },
  command: { display: 'flex', alignItems: 'center', gap: '8px', overflowWrap: 'anywhere' },
  label: { width: '70px', flexShrink: 0 },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

export interface SetupStepProps {
  readonly form: SetupForm;
  readonly change: (next: Partial<SetupForm>) => void;
  /** Fields that were left empty or refused, with the reason. */
  readonly errors: Partial<Record<keyof SetupForm, string>>;
}

const errorOf = (message: string | undefined) =>
  message === undefined ? {} : { validationState: 'error' as const, validationMessage: message };

interface TextFieldProps extends SetupStepProps {
  readonly name: Exclude<keyof SetupForm, 'servers' | 'confirmed'>;
  readonly optional?: boolean;
  readonly hint?: string;
}

function TextField({ form, change, errors, name, optional = false, hint }: TextFieldProps) {
  const styles = useStyles();
  const { t } = useTranslation('setup');
  const Control = name === 'bindPassword' ? PasswordInput : Input;
  return (
    <Field
      label={t(`field.${name}`)}
      required={!optional}
      {...(hint === undefined ? {} : { hint })}
      {...errorOf(errors[name])}
    >
      <Control
        className={styles.input}
        value={form[name]}
        autoComplete="off"
        spellCheck={false}
        onChange={(_event, data) => change({ [name]: data.value })}
      />
    </Field>
  );
}

export function DomainStep(props: SetupStepProps) {
  const { t } = useTranslation('setup');
  return (
    <>
      <Text>{t('domain.text')}</Text>
      <TextField {...props} name="code" hint={t('domain.codeHint')} />
      <TextField {...props} name="domainName" hint={t('domain.nameHint')} />
    </>
  );
}

interface ServersStepProps extends SetupStepProps {
  readonly found: ResponseOf<'discoverDirectory'> | undefined;
}

export function ServersStep({ found, ...props }: ServersStepProps) {
  const styles = useStyles();
  const { t } = useTranslation('setup');
  const { form, change, errors } = props;
  return (
    <>
      {found?.problem && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {found.problem.message} {found.problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      <fieldset className={styles.group}>
        <legend>
          <Text>{t('servers.text', { count: found?.servers.length ?? 0 })}</Text>
        </legend>
        {found?.servers.map((server) => (
          <Checkbox
            key={server.host}
            label={
              server.latencyMs === null
                ? t('servers.noAnswer', { host: server.host })
                : t('servers.answers', { host: server.host, number: server.latencyMs.toFixed(1) })
            }
            checked={form.servers.includes(server.host)}
            onChange={(_event, { checked }) =>
              change({
                servers:
                  checked === true
                    ? [...form.servers, server.host]
                    : form.servers.filter((host) => host !== server.host),
              })
            }
          />
        ))}
      </fieldset>
      {errors.servers !== undefined && (
        <MessageBar intent="error" role="alert">
          <MessageBarBody>{errors.servers}</MessageBarBody>
        </MessageBar>
      )}
      <TextField {...props} name="otherServer" optional />
      <TextField {...props} name="port" hint={t('servers.portHint')} />
    </>
  );
}

const compareCommands = [
  { id: 'samba', command: 'openssl x509 -in /var/lib/samba/private/tls/ca.pem -noout -fingerprint -sha256' },
  { id: 'windows', command: 'certutil -store Root' },
] as const;

interface CertificateStepProps extends SetupStepProps {
  readonly chain: ResponseOf<'inspectDirectoryCertificate'>['chain'] | undefined;
}

export function CertificateStep({ chain, form, change, errors }: CertificateStepProps) {
  const styles = useStyles();
  const { t } = useTranslation('setup');
  const authority = chain === undefined ? undefined : authorityOf(chain);
  if (authority === undefined) return <Waiting />;
  return (
    <>
      <Text>{t('certificate.text')}</Text>
      <Facts
        facts={[
          { id: 'subject', label: t('certificate.subject'), value: authority.subject },
          { id: 'issuer', label: t('certificate.issuer'), value: authority.issuer },
          { id: 'to', label: t('certificate.validTo'), value: <ShortTime instant={authority.validTo} /> },
        ]}
      />
      <Text weight="semibold">{t('certificate.fingerprint')}</Text>
      <div className={styles.fingerprint}>
        <span>{authority.fingerprint}</span>
        <CopyButton text={authority.fingerprint} what={t('certificate.fingerprint')} />
      </div>
      <Text>{t('certificate.compare')}</Text>
      {compareCommands.map(({ id, command }) => (
        <div key={id} className={styles.command}>
          <Text size={200} weight="semibold" className={styles.label}>
            {t(`certificate.${id}`)}
          </Text>
          <code className={styles.code}>{command}</code>
          <CopyButton text={command} what={t('certificate.command')} />
        </div>
      ))}
      <Field {...errorOf(errors.confirmed)}>
        <Checkbox
          label={t('certificate.confirm')}
          checked={form.confirmed}
          onChange={(_event, data) => change({ confirmed: data.checked === true })}
        />
      </Field>
    </>
  );
}

export function AccountStep(props: SetupStepProps) {
  const styles = useStyles();
  const { t } = useTranslation('setup');
  const base = baseDnOf(props.form.domainName);
  return (
    <>
      <Text>{t('account.text')}</Text>
      <div className={styles.two}>
        <TextField {...props} name="bindName" hint={t('account.bindNameHint')} />
        <TextField {...props} name="bindPassword" />
      </div>
      <TextField {...props} name="managedOu" hint={t('account.managedOuHint', { example: `OU=People,${base}` })} />
      <TextField {...props} name="administratorsGroup" hint={t('account.groupHint')} />
      <div className={styles.two}>
        <TextField {...props} name="helpDeskGroup" optional />
        <TextField {...props} name="readersGroup" optional />
      </div>
    </>
  );
}
