import { Field, Input, makeStyles, Select, Text, Textarea } from '@fluentui/react-components';
import { type DnsProviderView, dnsProviderKinds, type NewDnsProvider } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { DomainDialog } from './DomainDialog.tsx';

const useStyles = makeStyles({ select: { maxWidth: '100%', '& select': { minWidth: 0, width: '100%' } } });

type Kind = DnsProviderView['kind'];
interface Form {
  readonly kind: Kind;
  readonly name: string;
  readonly server: string;
  readonly url: string;
  readonly secret: string;
}

const EMPTY: Form = { kind: 'rfc2136', name: '', server: '', url: '', secret: '' };

function requestOf({ kind, name, server, url, secret }: Form): NewDnsProvider {
  switch (kind) {
    case 'rfc2136':
      return { kind, name, server, key: secret };
    case 'powerdns':
      return { kind, name, url, apiKey: secret };
    case 'cloudflare':
      return { kind, name, apiToken: secret };
  }
}

function isFilled({ kind, name, server, url, secret }: Form): boolean {
  const where = { rfc2136: server, powerdns: url, cloudflare: 'known' };
  return [name, secret, where[kind]].every((text) => text.trim() !== '');
}

interface FieldsProps {
  readonly form: Form;
  readonly onChange: (form: Form) => void;
  /** What the server says about a field, by the name that field has there. */
  readonly message: (...names: readonly string[]) => { readonly validationMessage?: string };
}

function KindFields({ form, onChange, message }: FieldsProps) {
  const { t } = useTranslation('domains');
  const set = (changes: Partial<Form>): void => onChange({ ...form, ...changes });
  if (form.kind === 'rfc2136') {
    return (
      <>
        <Field label={t('provider.server')} hint={t('provider.serverHint')} required {...message('server')}>
          <Input value={form.server} spellCheck={false} onChange={(_event, { value }) => set({ server: value })} />
        </Field>
        <Field label={t('provider.key')} hint={t('provider.keyHint')} required {...message('key')}>
          <Textarea
            value={form.secret}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            onChange={(_event, { value }) => set({ secret: value })}
          />
        </Field>
      </>
    );
  }
  const isPowerDns = form.kind === 'powerdns';
  return (
    <>
      {isPowerDns && (
        <Field label={t('provider.url')} hint={t('provider.urlHint')} required {...message('url', 'provider.url')}>
          <Input value={form.url} spellCheck={false} onChange={(_event, { value }) => set({ url: value })} />
        </Field>
      )}
      <Field
        label={t(isPowerDns ? 'provider.apiKey' : 'provider.apiToken')}
        {...(isPowerDns ? {} : { hint: t('provider.apiTokenHint') })}
        required
      >
        <PasswordInput
          autoComplete="off"
          value={form.secret}
          onChange={(_event, { value }) => set({ secret: value })}
        />
      </Field>
    </>
  );
}

interface AddProviderDialogProps {
  /** The domain to try the provider with. */
  readonly domain: string;
  readonly onClose: () => void;
}

/** Who lets us write: kept only after a trial; the secret is never shown again. */
export function AddProviderDialog({ domain, onClose }: AddProviderDialogProps) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  const { announce } = useVoice();
  const queryClient = useQueryClient();
  const [form, setForm] = useState(EMPTY);
  const add = useCall('addDnsProvider');
  const field = isProblem(add.error) ? add.error.problem.field : undefined;
  const message: FieldsProps['message'] = (...names) =>
    isProblem(add.error) && field !== undefined && names.includes(field)
      ? { validationMessage: `${add.error.problem.detail} ${add.error.problem.remedy ?? ''}` }
      : {};
  const run = (): void =>
    add.mutate(
      { body: { provider: requestOf(form), domain } },
      {
        onSuccess: ({ name }) => {
          void queryClient.invalidateQueries({ queryKey: ['listDnsProviders'] });
          announce(t('provider.kept', { name }));
          onClose();
        },
      },
    );
  const change = (changed: Form): void => {
    setForm(changed);
    add.reset();
  };
  return (
    <DomainDialog
      title={t('provider.title')}
      verb={add.isPending ? t('provider.trying') : t('provider.verb')}
      ready={isFilled(form)}
      busy={add.isPending}
      error={field === undefined ? add.error : null}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('provider.text', { name: domain })}</Text>
      <Field label={t('provider.kind')}>
        <Select
          className={styles.select}
          value={form.kind}
          onChange={(_event, { value }) =>
            change({ ...form, kind: dnsProviderKinds.find((kind) => kind === value) ?? 'rfc2136', secret: '' })
          }
        >
          {dnsProviderKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`provider.kinds.${kind}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('provider.name')} required {...message('name')}>
        <Input value={form.name} onChange={(_event, { value }) => change({ ...form, name: value })} />
      </Field>
      <KindFields form={form} onChange={change} message={message} />
    </DomainDialog>
  );
}
